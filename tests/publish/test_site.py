"""What the site takes from articles: which are shown, in what order, with what words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from kpucli.article import Article, Status
from kpucli.errors import ArticleError
from kpucli.labels import make_tags
from kpucli.publish.site import Entry, make_entry, make_site
from tests.publish.builds import BASE, CONFIG, NOW, WIB, article, items_of

SITE = make_site(CONFIG)


def entry(found: Article) -> Entry:
    return make_entry(found, SITE, Status.PUBLISHED)


def urls(articles: list[Article], *, preview: int | None = None) -> list[str]:
    site = make_site(CONFIG, preview=preview)
    return [found.url.split("/")[3] for found in items_of(articles, site)]


ADDRESSES = {
    "at the root": ("https://kpu.go.id", "https://kpu.go.id", ""),
    "with a slash": ("https://kpu.go.id/", "https://kpu.go.id", ""),
    "below a path": ("https://kpu.go.id/kota/x/", "https://kpu.go.id/kota/x", "/kota/x"),
    "with a port": ("http://localhost:8000", "http://localhost:8000", ""),
    "half a bracket": ("http://[kpu/x", "http://[kpu/x", "/x"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "base", "prefix"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_site_knows_its_address_and_path(given: str, base: str, prefix: str) -> None:
    site = make_site(CONFIG, given)
    assert (site.base_url, site.prefix) == (base, prefix)
    assert site.absolute("/tag/") == f"{base}/tag/"
    assert site.link("/tag/") == f"{prefix}/tag/"


def test_without_an_address_the_configured_one_holds() -> None:
    assert make_site(CONFIG).base_url == BASE


def test_only_published_articles_are_shown() -> None:
    later = NOW + timedelta(seconds=1)
    articles = [
        article("terbit"),
        article("sekarang", date=NOW),
        article("draf", draft=True),
        article("terjadwal", date=later),
        article("ditarik", withdrawn={"date": NOW, "reason": "salah"}),
    ]
    assert urls(articles) == ["sekarang", "terbit"]
    assert urls(articles, preview=1) == ["terjadwal", "sekarang", "terbit", "draf"]


def test_newest_first_by_the_moment_and_then_by_the_address() -> None:
    moment = datetime(2022, 4, 20, 15, tzinfo=WIB)
    wita = moment.astimezone(timezone(timedelta(hours=8))) + timedelta(minutes=30)
    articles = [
        article("a", date=moment),
        article("c", date=moment),
        article("b", date=moment),
        article("wita", date=wita),  # 16.30 on the clock, yet the newest by only half an hour
        article("sore", date=moment + timedelta(minutes=45)),
    ]
    assert urls(articles) == urls(articles[::-1]) == ["sore", "wita", "c", "b", "a"]


LEADS = {
    "the summary": ({"summary": "Ringkasan  ini."}, "Isi.", "Ringkasan ini."),
    "the first paragraph": ({}, "Isi yang cukup  untuk lead.", "Isi yang cukup untuk lead."),
    "the title": ({"title": "Judul"}, "- daftar\n", "Judul"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "body", "lead"), LEADS.values(), ids=LEADS)
def test_lead_and_description_are(fields: dict[str, str], body: str, lead: str) -> None:
    found = entry(article("x", body, **fields))
    assert (found.lead, found.description) == (lead, lead)


def test_a_long_lead_is_cut_and_the_description_shorter() -> None:
    found = entry(article("x", "Kata " * 100))
    assert len(found.lead) <= 220
    assert 140 < len(found.description) <= 155
    assert found.description.endswith("Kata…")


def test_author_is_the_office_where_none_is_named() -> None:
    assert entry(article("x")).author == "Humas KPU Kota Contoh"
    assert entry(article("x", author="Sri")).author == "Sri"


def test_updated_is_the_latest_correction() -> None:
    corrected = datetime(2022, 4, 22, tzinfo=WIB)
    corrections = [
        {"date": corrected, "text": "dua"},
        {"date": datetime(2022, 4, 21, tzinfo=WIB), "text": "satu"},
    ]
    found = entry(article("x", corrections=corrections))
    assert found.updated == corrected
    assert [correction.text for correction in found.corrections] == ["satu", "dua"]
    assert entry(article("x")).updated == entry(article("x")).date


def test_tags_that_differ_only_in_form_are_one() -> None:
    tags = make_tags(["SOP", "sop", "S.O.P", "media sosial", "Media-Sosial", "!"], SITE.labels)
    assert [(tag.key, tag.label) for tag in tags] == [
        ("sop", "SOP"),
        ("media-sosial", "Media Sosial"),
    ]


def test_labels_are_found_in_whatever_form_they_are_configured() -> None:
    site = make_site(replace(CONFIG, tag_labels={"Jum'at Bersih": "Jumat Bersih"}))
    assert make_tags(["jumat-bersih"], site.labels)[0].label == "Jumat Bersih"


def test_a_tag_is_never_longer_than_a_folder_name_may_be() -> None:
    (tag,) = make_tags(["panjang " * 60], SITE.labels)
    assert len(tag.key) <= 80
    assert not tag.key.endswith("-")


def test_no_text_keeps_a_control_character() -> None:
    esc = "\x1b[31m"
    found = entry(
        article(
            "x",
            f"Isi {esc}berita",
            title=f"Judul {esc}",
            summary=f"Ringkasan {esc}",
            author=f"Sri {esc}",
            corrections=[{"date": NOW, "text": f"Ralat {esc}"}],
        )
    )
    assert "\x1b" not in repr(found).replace("\\x1b", "\x1b")
    config = replace(CONFIG, name=f"KPU {esc}", tag_labels={"sop": f"SOP {esc}"})
    assert "\x1b" not in make_site(config).config.name + make_site(config).labels["sop"]


def test_a_text_that_explodes_is_refused_by_name() -> None:
    with pytest.raises(ArticleError) as caught:
        entry(article("bom", "[^1]" * 250_000 + "\n\n[^1]: x"))
    assert "bom.md" in str(caught.value)
