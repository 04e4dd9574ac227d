"""The schemas say what kpucli says: what it takes they let pass, what it refuses they refuse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.config import Config
from kpucli.dates import ZONES
from kpucli.front_matter import FIELDS, check_fields
from kpucli.json_schema import DATE, Schema
from kpucli.schemas import make_config_schema, make_front_matter_schema
from tests.conftest import CONFIG, Office
from tests.documentation import README
from tests.properties import relaxed
from tests.test_config import WRONG
from tests.test_front_matter import BAD, GOOD, cases

ROOT = Path(__file__).parent.parent
SOUND = {"title": "x", "date": date(2022, 4, 20)}
TAPLO = Path(sys.executable).with_name("taplo")
# What no pattern can say: that text of a colour can be read.
COLOURS = {"header", "link", "link_dark", "accent"}


def _match(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterable[jsonschema.ValidationError]:
    """As in the standard: `$` is the very end, while Python's also stands before a line end."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
    # 1.0 is an integer to JSON, but not to TOML.
    "integer", lambda _checker, value: isinstance(value, int) and not isinstance(value, bool)
)  # fmt: skip
Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"pattern": _match}, type_checker=_types
)


def passes(schema: Schema, value: object) -> bool:
    """Whether a value of TOML passes, its dates as texts."""
    plain = json.loads(json.dumps(value, default=lambda item: item.isoformat()))
    return bool(Validator(schema).is_valid(plain))


CONFIG_SCHEMA, FRONT_MATTER_SCHEMA = make_config_schema(), make_front_matter_schema()


@pytest.mark.parametrize("schema", [CONFIG_SCHEMA, FRONT_MATTER_SCHEMA], ids=["config", "article"])
def test_schemas_are_schemas(schema: Schema) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("kind", "schema"), [("config", CONFIG_SCHEMA), ("front-matter", FRONT_MATTER_SCHEMA)]
)
def test_the_command_prints_them(office: Office, kind: str, schema: Schema) -> None:
    assert json.loads(office.run("schema", kind).out) == schema
    office.run("schema", "lain", code=2)


def _options(kind: type, place: str = "") -> dict[str, Mapping[str, Any]]:
    """What all options know, by their places; those of a table of tables too."""
    found: dict[str, Mapping[str, Any]] = {}
    for item in fields(kind):
        below = item.metadata.get("table") or item.metadata.get("tables")
        if below is not None:
            found |= _options(below, f"{place}{item.name}.")
        if item.metadata and "table" not in item.metadata:
            found[place + item.name] = item.metadata
    return found


OPTIONS = _options(Config)


def test_every_option_and_field_is_in_its_schema() -> None:
    def names(schema: Schema, place: str = "") -> set[str]:
        found: set[str] = set()
        for name, below in schema["properties"].items():
            inner = below if "properties" in below else below.get("additionalProperties")
            has_options = isinstance(inner, dict) and "properties" in inner
            found |= names(inner, f"{place}{name}.") if has_options else {place + name}
        return found

    tables = {name for name, known in OPTIONS.items() if "tables" in known}
    assert names(CONFIG_SCHEMA) == set(OPTIONS) - tables
    assert list(FRONT_MATTER_SCHEMA["properties"])[:2] == ["title", "date"]
    assert set(FRONT_MATTER_SCHEMA["properties"]) == set(FIELDS)


def test_defaults_pass() -> None:
    def find(schema: Schema) -> Iterable[Schema]:
        yield schema
        for below in schema.get("properties", {}).values():
            yield from find(below)

    told = [item for item in find(CONFIG_SCHEMA) if "default" in item]
    assert len(told) > 40
    assert all(passes(item, item["default"]) for item in told)


CONFIGURATIONS = {
    "tests": CONFIG,
    "benchmark": (ROOT / "tests/bench/sites/kpucli/kpucli.toml").read_text(),
    **{
        f"README {number}": text
        for number, text in enumerate(
            re.findall(r"^```toml\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        )
    },
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_sound_configurations_pass(text: str) -> None:
    assert passes(CONFIG_SCHEMA, tomli.loads(text.replace("…", "x")))


def test_this_offices_own_configuration_passes(empty_folder: Office) -> None:
    shared = tomli.loads((ROOT / "pyproject.toml").read_text())
    assert passes(CONFIG_SCHEMA, shared["tool"]["kpucli"])
    empty_folder.run("init", "--name", "KPU Kota Batu")
    written = (empty_folder.folder / "kpucli.toml").read_text()
    assert passes(CONFIG_SCHEMA, tomli.loads(written))
    # What stands there as an example can be used as it is.
    example = re.sub(r"(?m)^# (?=\w+ = |\[)", "", written).replace("…", "x.id")
    assert len(tomli.loads(example)) > len(tomli.loads(written))
    assert passes(CONFIG_SCHEMA, tomli.loads(example))


def _parse(text: str | bytes) -> dict[str, Any] | None:
    """None where there is nothing that a schema could be asked about."""
    try:
        return tomli.loads(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError):
        return None


_CONTRASTS = {name for name in WRONG if name.startswith("too ")}  # as no schema knows them
_PARSED = {name: _parse(str(row[0])) for name, row in WRONG.items() if name not in _CONTRASTS}
REFUSED = {name: data for name, data in _PARSED.items() if data is not None}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_the_configuration_refuses_is_refused(data: dict[str, Any]) -> None:
    assert not passes(CONFIG_SCHEMA, data)


@pytest.mark.parametrize("folder", ["articles", "tests/browser/articles"])
def test_all_articles_pass(folder: str) -> None:
    articles = list(Archive(ROOT / folder, ZONES["WIB"]).articles([]))
    assert articles
    assert all(passes(FRONT_MATTER_SCHEMA, article.data) for article in articles)


@pytest.mark.parametrize(("name", "value"), cases(GOOD))
def test_good_fields_pass(name: str, value: object) -> None:
    assert passes(FRONT_MATTER_SCHEMA, {**SOUND, name: value})


@pytest.mark.parametrize(("name", "value"), cases(BAD))
def test_bad_fields_are_refused(name: str, value: object) -> None:
    assert not passes(FRONT_MATTER_SCHEMA, {**SOUND, name: value}) or _has_date(value)


def _has_date(value: object) -> bool:
    """Whether there is a date, quoted or not, which is all the same in JSON."""
    values = value.values() if isinstance(value, dict) else [value]
    return any(
        isinstance(item, date) or (isinstance(item, str) and re.match(DATE["pattern"], item))
        for item in values
    )


ALPHABET = st.sampled_from("ab1A.#@:/-_+ [](){}=,\"'\\\n\r\t\x1f\x7fé~")
# Beyond ASCII, patterns for editors tell no letters from signs: letters are enough here.
LETTERS = st.characters(max_codepoint=0x7F, include_characters="éÉ")
JUNK = st.recursive(
    st.booleans() | st.integers(-3, 300) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(ALPHABET, max_size=6),
    lambda below: st.lists(below, max_size=2)
    | st.dictionaries(st.text(ALPHABET, max_size=4), below, max_size=2),
    max_leaves=4,
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text in which something was put in or left out, perhaps."""
    text = draw(texts)
    if draw(st.booleans()):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.text(ALPHABET, max_size=1)) + text[place + 1 :]
    return text


def fitting(schema: Schema) -> st.SearchStrategy[Any]:
    """Values that nearly fit a schema."""
    if schema.get("pattern") == DATE["pattern"]:
        days = st.dates(date(1880, 1, 1), date(2220, 1, 1))
        zones = st.sampled_from([ZONES["WIT"], UTC, None])
        return days | st.builds(datetime.combine, days, st.times(), zones)
    if "pattern" in schema:
        pattern = re.compile(schema["pattern"])
        return spoilt(st.from_regex(pattern, alphabet=LETTERS))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "array":
        return st.lists(fitting(schema["items"]), max_size=3)
    if "properties" in schema:
        known = {name: fitting(below) for name, below in schema["properties"].items()}
        return st.fixed_dictionaries({}, optional=known)
    if "additionalProperties" in schema:
        names = fitting(schema["propertyNames"]) if "propertyNames" in schema else st.text(ALPHABET)
        return st.dictionaries(names, fitting(schema["additionalProperties"]), max_size=3)
    if schema.get("type") == "integer":
        least = schema["minimum"]
        return st.integers(least - 2, schema.get("maximum", least + 9) + 2)
    return {"boolean": st.booleans(), "object": st.just({})}.get(schema.get("type", ""), JUNK)


# Options that are checked alike need to be tried once.
ALIKE = {known["check"]: (name, known) for name, known in OPTIONS.items()}.values()


@pytest.mark.parametrize(("name", "known"), ALIKE, ids=[name for name, _known in ALIKE])
@given(data=st.data())
@settings(relaxed, max_examples=25)
def test_options_are_checked_alike(
    name: str, known: Mapping[str, Any], data: st.DataObject
) -> None:
    value = data.draw(fitting(known["schema"]) | JUNK)
    is_taken = known["check"](value)
    if name.rpartition(".")[2] in COLOURS:
        assert passes(known["schema"], value) or not is_taken
    else:
        assert passes(known["schema"], value) == is_taken


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{name: fitting(field.schema) for name, field in FIELDS.items()},
            "tajuk": st.just("x"),
        },
    )
)
@settings(relaxed, max_examples=60)
def test_front_matter_is_checked_alike(data: dict[str, Any]) -> None:
    whole = {**SOUND, **data} if len(data) % 4 else data
    assert passes(FRONT_MATTER_SCHEMA, whole) == (not list(check_fields(whole)))


@given(st.sampled_from(sorted(FIELDS)), JUNK)
@settings(relaxed, max_examples=50)
def test_fields_of_wrong_types_are_refused_alike(name: str, value: object) -> None:
    data = {**SOUND, name: value}
    assert passes(FRONT_MATTER_SCHEMA, data) == (not list(check_fields(data)))


@pytest.mark.skipif(not TAPLO.exists(), reason="needs taplo")
def test_the_readmes_recipe_makes_an_editors_checker_find_mistakes(office: Office) -> None:
    schema = office.folder / "kpucli.schema.json"
    schema.write_text(office.run("schema", "config").out)
    path = office.folder / "kpucli.toml"
    sound = (
        f"#:schema ./kpucli.schema.json\n{CONFIG}"
        'logo = "gambar/logo.svg"\n[upload.utama]\nurl = "s3://kpu"\n[social]\nX = "https://x.com/a"\n'
        '[caption]\nhouse_hashtags = ["KPUMelayani", "#KpuÉ"]\n[contact]\nemail = "a.b@kpu.go.id"\n'
    )
    path.write_text(sound)
    assert _run_taplo(path) == ""
    for wrong in ('logo = "../x"', "page_size = 0", 'nama = "x"', 'base_url = "ftp://x"'):
        line = wrong.split(" ")[0]
        path.write_text(
            re.sub(rf"(?m)^{line} = .*\n", "", sound).replace("\nlong", f"\n{wrong}\nlong")
        )
        said = _run_taplo(path)
        assert line in said
        assert "error:" in said


def _run_taplo(path: Path) -> str:
    """What taplo finds wrong."""
    process = subprocess.run(
        [TAPLO, "lint", path], capture_output=True, text=True, check=False, cwd=path.parent
    )
    return process.stderr if process.returncode else ""
