"""The translations: `python -m tests.catalogues` brings them up to date after messages changed.

It adds new messages to `en.po` (empty: translate them), drops those that are gone, and compiles
every catalogue.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "kpucli"
LOCALE = PACKAGE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "kpucli.po"
FRAMEWORK = LOCALE / "id" / "LC_MESSAGES" / "messages.po"
_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # else Babel writes the minute, and no build is alike
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extract_messages() -> Catalog:
    """Every message of the code, without line numbers (they would change with each edit)."""
    catalog = Catalog(project="kpucli", charset="utf-8", fuzzy=False)
    found = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, _comments, _context in found:
        catalog.add(message, locations=[(Path(file).name, 0)])
    return catalog


def read_catalogue(path: Path) -> Catalog:
    """A .po file."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.creation_date = catalog.revision_date = _DATE
    return catalog


def compile_catalogue(path: Path) -> bytes:
    """The .mo file that belongs to a .po file."""
    out = io.BytesIO()
    write_mo(out, read_catalogue(path))
    return out.getvalue()


def main() -> None:
    """Update en.po from the code and write all .mo files."""
    if ENGLISH.exists():
        catalog = read_catalogue(ENGLISH)
    else:
        ENGLISH.parent.mkdir(parents=True)
        catalog = Catalog(locale="en", project="kpucli", charset="utf-8", fuzzy=False)
    catalog.update(extract_messages(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with ENGLISH.open("wb") as file:
        write_po(
            file, catalog, width=100, sort_output=True, omit_header=False, include_lineno=False
        )
    for path in (ENGLISH, FRAMEWORK):
        path.with_suffix(".mo").write_bytes(compile_catalogue(path))
    missing = sum(
        not message.string or message.string == ("", "") for message in catalog if message.id
    )
    print(f"{len(catalog)} pesan, {missing} belum diterjemahkan")


if __name__ == "__main__":
    main()
