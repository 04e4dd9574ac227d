"""Starting costs no more than the command needs: what is imported, and what is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Office, make_environment

HEAVY = {"PIL", "dateparser", "minijinja", "cmarkgfm", "nh3", "tomlkit", "tomli_w", "sqlite3"}
HEAVY |= {"bs4", "mammoth", "markdownify", "openpyxl", "selectolax", "yaml"}
PROBE = """\
import sys
from kpucli.__main__ import main
try:
    main()
except SystemExit as end:
    code = end.code
print(code, *sorted(sys.modules), file=sys.stderr)
"""


def _modules(office: Office, *arguments: str) -> set[str]:
    """The modules that are there in the end."""
    process = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=office.folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = process.stderr.splitlines()[-1].split()
    assert code in ("0", "None"), process.stderr
    return set(modules)


@pytest.mark.parametrize(
    ("arguments", "light"),
    [
        (["--version"], {"rich", "typer", "click", "tomli"}),
        (["--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["new", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["import", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["publish", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["lint", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["recap", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["caption", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["recap", "--month", "2022-04", "--format", "csv"], {"rich", "xlsxwriter"}),
        (["doctor", "--help"], {"rich", "tomli", "slugify", "kpucli.archive"}),
        (["list"], {"slugify", "kpucli.dates.recognising"}),
        (["list", "--format", "json"], {"rich", "slugify", "kpucli.dates.recognising"}),
        (["list", "--format", "plain"], {"rich", "slugify", "kpucli.dates.recognising"}),
        (["tag", "list", "--format", "plain"], {"rich", "kpucli.dates.recognising"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_nothing_heavy_is_imported(office: Office, arguments: list[str], light: set[str]) -> None:
    office.add("2022/apel", 'tags = ["apel"]')
    modules = _modules(office, *arguments)
    assert not modules & (HEAVY | light)


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["tag", "add", "sop", "apel"], {"tomli_w"}),
        (["new", "Rapat", "--date", "20 April 2022"], {"tomli_w"}),
        (["list", "--since", "20 April 2022"], set()),
        (["show", "apel"], {"rich"}),
        (["recap", "--month", "2022-04", "--format", "html"], {"minijinja"}),
        (["recap", "--month", "2022-04", "-o", "r.xlsx"], {"xlsxwriter"}),
        (["caption", "apel"], {"cmarkgfm"}),
        ([], {"sqlite3"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_needed_is_imported_and_no_more(
    office: Office, arguments: list[str], needed: set[str]
) -> None:
    office.add("2022/apel")
    modules = _modules(office, *arguments)
    assert needed <= modules
    assert not modules & (HEAVY - needed)
