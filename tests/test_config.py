"""The configuration: found by walking upward, checked option by option."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from kpucli.config import Colors, Config, Contact, Link, LintConfig, is_site_address, load_config
from kpucli.dates import ZONES
from kpucli.errors import ConfigError
from tests.conftest import Office
from tests.unprivileged import run_unprivileged

BOM = b"\xef\xbb\xbf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str | bytes, name: str = "kpucli.toml") -> Config:
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config()


def test_without_a_file_everything_has_its_default() -> None:
    config = load_config()
    assert config == Config(root=Path(), source=None)
    assert (config.articles, config.output) == (Path("articles"), Path("public"))
    assert config.zone.utcoffset(None) == timedelta(hours=7)


def test_a_file_sets_what_it_says() -> None:
    config = load(
        'name = "KPU"\nlong_name = "Komisi"\ndescription = "Kabar."\nauthor = "Humas"\n'
        'base_url = "https://kpu.contoh.go.id/situs/"\ntimezone = "WIT"\ncategory = "kabar"\n'
        'articles = "berita/semua"\noutput = "situs"\npage_size = 5\n'
        '[tag_labels]\nsop = "SOP"\n[lint]\nselect = ["TBC"]\nignore = ["TBC002"]\n'
    )
    assert config == Config(
        root=Path(),
        source=Path("kpucli.toml"),
        name="KPU",
        long_name="Komisi",
        description="Kabar.",
        base_url="https://kpu.contoh.go.id/situs",
        author="Humas",
        category="kabar",
        timezone="WIT",
        articles=Path("berita/semua"),
        output=Path("situs"),
        page_size=5,
        tag_labels={"sop": "SOP"},
        lint=LintConfig(("TBC",), ("TBC002",)),
    )
    assert config.zone == ZONES["WIT"]


LAYOUTS = {
    "BOM": BOM + b'name = "A"\n',
    "CRLF": b'name = "A"\r\n',
    "no line end": b'name = "A"',
    "inline lint": b'name = "A"\nlint = { select = ["TBC"] }\n',
}


@pytest.mark.parametrize("content", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(content: bytes) -> None:
    assert load(content).name == "A"


def test_an_empty_file_is_a_configuration() -> None:
    assert load("").source == Path("kpucli.toml")


def test_the_nearest_file_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a/b/c").mkdir(parents=True)
    load('name = "atas"\n')
    load('[tool.kpucli]\nname = "proyek"\n', "a/pyproject.toml")
    load("[tool.ruff]\nline-length = 100\n# kpucli\n", "a/b/pyproject.toml")
    for start, source, name in (
        (".", "kpucli.toml", "atas"),
        ("a", "pyproject.toml", "proyek"),
        ("a/b/c", "../../pyproject.toml", "proyek"),
    ):
        monkeypatch.chdir(folder / start)
        config = load_config()
        assert (config.name, config.source) == (name, Path(source))
        assert config.root == Path(source).parent
        assert config.articles == config.root / "articles"
        assert config.articles.resolve() == config.root.resolve() / "articles"
    load('name = "sendiri"\n', "../../kpucli.toml")
    assert load_config().name == "sendiri"  # before the pyproject.toml beside it
    assert load_config(folder / "a").source == Path("../../kpucli.toml")


def test_commands_run_from_a_subfolder(office: Office) -> None:
    office.add("2022/rapat")
    folder = office.folder / "articles/2022"
    result = Office(folder).run("list", "--format", "plain")
    assert result.out == "rapat.md\n" or result.out.endswith("/2022/rapat.md\n")


IGNORED = {
    "no table": "[tool.ruff]\n# kpucli\n",
    "tool is none": 'tool = "kpucli"\n',
    "broken, not ours": "[tool.ruff\nx = \n",
    "not UTF-8, not ours": b"[tool]\nx = '\xe9'\n",
    "UTF-16, not ours": "[tool]\n".encode("utf-16"),
}


@pytest.mark.parametrize("content", IGNORED.values(), ids=IGNORED)
def test_somebody_elses_pyproject_is_passed_over(content: str | bytes) -> None:
    assert load(content, "pyproject.toml").source is None


def test_what_is_no_file_is_passed_over() -> None:
    Path("kpucli.toml").mkdir()
    os.mkfifo("pyproject.toml")
    assert load_config().source is None


TEXT = "harus teks satu baris di antara tanda kutip, tidak kosong."
FOLDER = "harus nama folder di bawah folder konfigurasi."
ADDRESS = 'harus alamat situs, misalnya "https://kpu.malangkota.go.id".'
CODES = 'harus daftar kode, misalnya ["TBC"].'
WRONG = {
    "unknown": ('name = "a"\n\nwarna = "merah"\n', 3, "Setelan `warna` tidak dikenal."),
    "typo": ('nama = "a"\n', 1, "Setelan `nama` tidak dikenal; mungkin maksudnya `name`."),
    "typo in a table": (
        '# lint\nname = "select"\n[lint]\nselct = ["TBC"]\n',
        4,
        "Setelan `selct` tidak dikenal; mungkin maksudnya `select`.",
    ),
    "typo of a table": (
        '[lnt]\nselect = ["TBC"]\n',
        1,
        "Setelan `lnt` tidak dikenal; mungkin maksudnya `lint`.",
    ),
    "ours alone": ('source = "x"\n', 1, "Setelan `source` tidak dikenal."),
    "root": ('root = "x"\n', 1, "Setelan `root` tidak dikenal; mungkin maksudnya `footer`."),
    "a dash": ("page-size = 5\n", 1,
               "Setelan `page-size` tidak dikenal; mungkin maksudnya `page_size`."),
    "as in pyproject": ("[tool.kpucli]\n", 1, "Setelan `tool` tidak dikenal."),
    "text is a number": ("name = 1\n", 1, f"`name` {TEXT}"),
    "text is empty": ('author = " "\n', 1, f"`author` {TEXT}"),
    "text over lines": ('description = """\na\nb"""\n', 1, f"`description` {TEXT}"),
    "quoted key": ('# name\n"name" = 1\n', 2, f"`name` {TEXT}"),
    "not the text that looks so": (
        'description = "page_size"\n# page_size\npage_size = 0\n',
        3,
        "`page_size` harus bilangan 1 sampai 200.",
    ),
    "page size": ("page_size = 201\n", 1, "`page_size` harus bilangan 1 sampai 200."),
    "page size is true": ("page_size = true\n", 1, "`page_size` harus bilangan 1 sampai 200."),
    "zone": ('timezone = "WITA "\n', 1, '`timezone` harus "WIB", "WITA", atau "WIT".'),
    "zone is a list": ('timezone = ["WIB"]\n', 1, '`timezone` harus "WIB", "WITA", atau "WIT".'),
    "no scheme": ('base_url = "kpu.go.id"\n', 1, f"`base_url` {ADDRESS}"),
    "upwards": ('articles = "../berita"\n', 1, f"`articles` {FOLDER}"),
    "absolute": ('output = "/var/www"\n', 1, f"`output` {FOLDER}"),
    "itself": ('output = "."\n', 1, f"`output` {FOLDER}"),
    "no folder": ('output = ""\n', 1, f"`output` {FOLDER}"),
    "NUL": ('output = "a\\u0000"\n', 1, f"`output` {FOLDER}"),
    "labels": ("name = 'a'\n[tag_labels]\nsop = 1\n", 2,
               '`tag_labels` harus tabel tag = "Label".'),
    "lint is a list": ('name = "a"\nlint = ["TBC"]\n', 2, "`lint` harus tabel."),
    "codes are a text": ('[lint]\n\nignore = "TBC"\n', 3, f"`ignore` {CODES}"),
    "codes are numbers": ("[lint]\nselect = [\n 1,\n]\n", 2, f"`select` {CODES}"),
    "lint, dotted": ('name = "a"\nlint.select = "TBC"\n', 2, f"`select` {CODES}"),
    "a category's key": ("[categories]\nOpini = 'Opini'\n", 1,
                         "`categories` harus tabel kategori"),
    "a link without address": ("menu = [{ label = 'PPID' }]\n", 1, "`menu` harus daftar tautan"),
    "a link that runs": ("footer = [{ label = 'X', url = 'javascript:alert(1)' }]\n", 1,
                         "`footer` harus daftar tautan"),
    "a link to another host": ("menu = [{ label = 'X', url = '//contoh.id/' }]\n", 1,
                               "`menu` harus daftar tautan"),
    "an account": ("[social]\nInstagram = '@kpu'\n", 1, "`social` harus tabel nama = alamat"),
    "no surel": ("[contact]\nemail = 'kpu'\n", 2, "`email` harus alamat surel."),
    "a logo elsewhere": ("logo = '../logo.svg'\n", 1, "`logo` harus nama berkas"),
    "no colour": ("[colors]\nheader = 'red'\n", 2, "`header` harus warna seperti"),
    "too light below white": ("[colors]\nheader = '#ff6600'\n", 2, "`header` harus warna seperti"),
    "too light on white": ("[colors]\nlink = '#c06010'\n", 2, "`link` harus warna seperti"),
    "too dark on dark": ("[colors]\nlink_dark = '#8a1418'\n", 2, "`link_dark` harus warna"),
    "too dark below black": ("[colors]\naccent = '#7a1014'\n", 2, "`accent` harus warna"),
    "not TOML": ('name = "a"\nauthor = Humas\n', 2, "Konfigurasi tidak terbaca: nilainya tidak"),
    "twice": ('name = "a"\nname = "b"\n', 2, "Konfigurasi tidak terbaca: nama ini ditulis dua"),
    "deep": (f"x = 1\ny = {'[' * 5000}\n", 2, "Konfigurasi tidak terbaca: isinya bersarang"),
    "not UTF-8": (b'name = "a"\nauthor = "\xe9"\n', 2, "Bita ke-22 bukan UTF-8."),
    "UTF-16": ("name = 1\n".encode("utf-16"), 1, "Berkas ini UTF-16."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_line(content: str | bytes, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(content)
    error = caught.value
    assert (error.path, error.line, error.exit_code) == (Path("kpucli.toml"), line, 2)
    assert error.message.startswith(message)


SHARED_WRONG = {
    "in its table": ('[tool.ruff]\nname = 1\n[tool.kpucli]\n\nname = 1\n', 5, "`name`"),
    "below": ("[tool.kpucli]\n[tool.x]\nselect = 1\n[tool.kpucli.lint]\nselect = 1\n", 5,
              "`select`"),
    "inline": ('[tool]\nkpucli = { name = 1 }\n', 2, "`name`"),
    "dotted": ('x = 1\ntool.kpucli.name = 1\n', 2, "`name`"),
    "no table": ('[tool]\nkpucli = 1\n', 2, "`tool.kpucli` harus tabel."),
    "a list of tables": ("[[tool.kpucli]]\n", 1, "`tool.kpucli` harus tabel."),
    "unknown": ('[tool.kpucli]\nname = "a"\nnama = "b"\n', 3, "Setelan `nama` tidak dikenal"),
    "broken": ('[tool.kpucli]\nname = \n', 2, "Konfigurasi tidak terbaca"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "message"), SHARED_WRONG.values(), ids=SHARED_WRONG)
def test_what_is_wrong_in_a_shared_file(content: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(content, "pyproject.toml")
    assert (caught.value.path, caught.value.line) == (Path("pyproject.toml"), line)
    assert caught.value.message.startswith(message)


def test_a_file_of_another_folder_is_named_as_seen_from_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a/b").mkdir(parents=True)
    Path("kpucli.toml").write_text("name = 1\n")
    monkeypatch.chdir("a/b")
    with pytest.raises(ConfigError, match=r"^\.\./\.\./kpucli\.toml:1: `name` harus"):
        load_config()


def test_a_large_file_is_refused() -> None:
    Path("kpucli.toml").touch()
    os.truncate("kpucli.toml", 1024**3)
    with pytest.raises(ConfigError, match="lebih dari 1 MiB"):
        load_config()


LOAD = """
try:
    print(load_config().source)
except KpuError as error:
    print(error)
"""


def test_what_may_not_be_read_is_named(folder: Path) -> None:
    for name in ("kpucli.toml", "pyproject.toml"):
        Path(name).touch()
        Path(name).chmod(0)
        assert run_unprivileged(folder, LOAD) == [
            f"{name}: Berkas tidak dapat dibaca: tidak ada izin."
        ]
        Path(name).unlink()


ADDRESSES = {
    "https://kpu.go.id": True, "http://localhost:8000": True, "https://kpu.go.id/situs/": True,
    "http://[::1]:8000": True, "https://kpu.go.id/~humas/a_b-c.d": True, "kpu.go.id": False,
    "ftp://kpu.go.id": False, "https://": False, "https://kpu.go.id/?a=b": False,
    "https://kpu.go.id/#a": False, "https://a:b@kpu.go.id": False, "https://kpu.go.id\n": False,
    "https://kpu.go.id/<b>": False, "javascript:alert(1)": False, "": False,
}  # fmt: skip


@pytest.mark.parametrize(("address", "is_one"), ADDRESSES.items(), ids=repr)
def test_site_addresses(address: str, is_one: bool) -> None:
    assert is_site_address(address) == is_one


def test_a_site_address_is_text() -> None:
    assert not is_site_address(None)


def test_links_and_colours_are_read() -> None:
    config = load(
        'menu = [{ label = "PPID", url = "https://ppid.contoh.go.id/?a=b" }]\n'
        'logo = "gambar/logo.png"\ntemplates = "templat"\n'
        '[colors]\nheader = "#0B3D91"\n[contact]\nphone = "(0341) 123456"\n'
    )
    assert config.menu == (Link("PPID", "https://ppid.contoh.go.id/?a=b"),)
    assert (config.logo, config.templates) == (Path("gambar/logo.png"), Path("templat"))
    assert config.colors == Colors(header="#0B3D91")
    assert config.contact == Contact(phone="(0341) 123456")
