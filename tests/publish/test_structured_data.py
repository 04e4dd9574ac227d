"""What machines read on pages, by the parsers of others: JSON-LD against schema.org's own
vocabulary, OpenGraph as crawlers extract it."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import extruct
import pytest
from pyld import jsonld

from tests.publish.builds import BASE, NOW, article, build, series
from tests.publish.web import Page, read_pages

SCHEMA = "https://schema.org/"
LITERALS = {"Text", "URL", "Date", "DateTime", "Integer", "Number", "Boolean"}
ARTICLES = [
    *series(3),
    article(
        "ralat",
        title="Judul & “Ralat” </script>",
        tags=["sop"],
        views=7,
        corrections=[{"date": NOW, "text": "Tiga <orang>."}],
    ),
]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return read_pages(build(ARTICLES))


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """schema.org's terms by name, as schema.org publishes them."""
    text = (importlib.resources.files("rocrate") / "data" / "schema.jsonld").read_text()
    return {term["@id"].removeprefix("schema:"): term for term in json.loads(text)["@graph"]}


def names(term: dict[str, Any], relation: str) -> set[str]:
    found = term.get(relation, [])
    items = found if isinstance(found, list) else [found]
    return {item["@id"].removeprefix("schema:") for item in items}


def lineage(kind: str) -> set[str]:
    """A type and all that it is a kind of."""
    parents = names(vocabulary()[kind], "rdfs:subClassOf") & vocabulary().keys()
    return {kind}.union(*(lineage(parent) for parent in parents))


def load_context(_url: str, _options: object) -> dict[str, Any]:
    """What schema.org's context comes to for the terms used here, without the network."""
    context = {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in ("url", "item")}}
    return {"contextUrl": None, "documentUrl": SCHEMA, "document": {"@context": context}}


def expand(data: dict[str, Any]) -> dict[str, Any]:
    (node,) = jsonld.expand(data, {"documentLoader": load_context, "base": ""})
    return node  # type: ignore[no-any-return]


def find_faults(node: dict[str, Any]) -> Iterator[str]:
    """What schema.org does not know of: types, properties, their domains and ranges."""
    kinds = [kind.removeprefix(SCHEMA) for kind in node.get("@type", [])]
    unknown = [kind for kind in kinds if kind not in vocabulary()]
    if unknown:
        yield f"types {unknown}"
        return
    known = set().union(*map(lineage, kinds)) if kinds else set()
    for iri, values in node.items():
        if iri.startswith("@"):
            continue
        name = iri.removeprefix(SCHEMA)
        term = vocabulary().get(name)
        if term is None:
            yield f"property {name}"
            continue
        if kinds and not names(term, "schema:domainIncludes") & known:
            yield f"{name} of {kinds}"
        for value in values:
            yield from find_faults_of_value(name, names(term, "schema:rangeIncludes"), value)


def find_faults_of_value(name: str, ranges: set[str], value: dict[str, Any]) -> Iterator[str]:
    if "@value" in value:
        is_moment = not ranges & (LITERALS - {"Date", "DateTime"})
        if not ranges & LITERALS:
            yield f"{name} is no {ranges}"
        elif is_moment and datetime.fromisoformat(value["@value"]).tzinfo is None:
            yield f"{name} has no offset"
        return
    for kind in value.get("@type", []):
        if not ranges & lineage(kind.removeprefix(SCHEMA)):
            yield f"{name} is a {kind}, not {ranges}"
    yield from find_faults(value)


def extract(page: Page) -> Any:
    return extruct.extract(
        page.text, base_url=BASE, syntaxes=["json-ld", "opengraph"], uniform=False
    )


def test_all_structured_data_is_schema_org_s(pages: dict[str, Page]) -> None:
    found = set()
    for page in pages.values():
        scripts = extract(page)["json-ld"]
        assert scripts == page.json_ld
        for data in scripts:
            node = expand(data)
            found |= set(node["@type"])
            assert list(find_faults(node)) == []
    assert found == {
        f"{SCHEMA}{kind}"
        for kind in ("NewsArticle", "BreadcrumbList", "GovernmentOrganization", "WebSite")
    }


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "NewsArtikel"},
        {"@type": "NewsArticle", "judul": "x"},
        {"@type": "NewsArticle", "itemListElement": "x"},
        {"@type": "NewsArticle", "author": {"@type": "ImageObject"}},
        {"@type": "NewsArticle", "datePublished": "2022-04-20T15:00:00"},
        {"@type": "InteractionCounter", "interactionType": "baca"},
    ],
)
def test_the_vocabulary_finds_what_is_wrong(data: dict[str, Any]) -> None:
    assert list(find_faults(expand({"@context": "https://schema.org", **data})))


def test_crawlers_find_all_of_open_graph(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if page.meta("robots") == "noindex,follow":
            continue
        (found,) = extract(page)["opengraph"]
        values = dict(found["properties"])
        assert values["og:url"] == page.link("canonical")
        assert values["og:title"] == page.heading
        assert values["og:description"] == page.meta("description")
        assert values["og:image"].startswith(f"{BASE}/bagikan.")
        for name in ("og:site_name", "og:locale", "og:type", "og:image:alt"):
            assert values[name], name


def test_an_article_s_image_is_the_same_for_all(pages: dict[str, Page]) -> None:
    page = pages["berita/2022/ralat/index.html"]
    (data,) = [item for item in page.json_ld if item["@type"] == "NewsArticle"]
    assert data["image"] == {"@type": "ImageObject", "url": page.meta("og:image")}
    assert data["dateModified"] == data["correction"][0]["datePublished"] == NOW.isoformat()
