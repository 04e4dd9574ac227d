"""Who may see what: pinned hosts, no plaintext, and passwords that nobody is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpucli.config import load_config
from kpucli.errors import ConfigError
from kpucli.upload.target import find_target
from tests.upload.conftest import MakePlace
from tests.upload.places import Place, make_site
from tests.upload.servers import PASSWORD, read_key

SITE = make_site("satu")


def configure(place: Place, **changes: str) -> None:
    """Change options of the target."""
    file = place.office.folder / "kpucli.toml"
    lines = [line for line in file.read_text().splitlines() if line.split(" ")[0] not in changes]
    file.write_text("\n".join([*lines, *(f"{key} = {value}" for key, value in changes.items())]))


def test_a_host_with_another_key_is_not_spoken_to(make_place: MakePlace) -> None:
    place = make_place("sftp")
    place.publish(SITE)
    other = read_key(place.server.beside("kunci") / "other.pub")
    configure(place, host_key=f'["{other}"]')
    result = place.upload(code=2)
    assert "Kunci peladen SFTP tidak dikenal atau berubah" in result.err
    assert place.read() == {}


def test_an_unknown_host_is_not_spoken_to(make_place: MakePlace) -> None:
    place = make_place("sftp")
    place.publish(SITE)
    configure(place, host_key="[]")
    assert "host_key" in place.upload(code=2).err
    assert place.read() == {}


@pytest.mark.parametrize("kind", ["sftp-password", "ftps", "webdav"])
def test_a_wrong_password_is_refused_and_not_shown(kind: str, make_place: MakePlace) -> None:
    place = make_place(kind)
    place.publish(SITE)
    result = place.upload(code=2, KPUCLI_PASSWORD_UTAMA="canary-salah-9")
    assert "menolak masuk" in result.err
    assert "canary" not in result.err + result.out


@pytest.mark.parametrize("kind", ["sftp-password", "ftps", "webdav", "s3"])
def test_a_secret_is_in_no_argument_file_or_message(kind: str, make_place: MakePlace) -> None:
    place = make_place(kind)
    place.publish(make_site("satu", 60))
    process = place.begin()
    seen = set()
    while process.poll() is None:
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                status = (file.parent / "stat").read_text().rpartition(")")[2].split()
                if int(status[1]) == process.pid or int(file.parent.name) == process.pid:
                    seen.add(file.read_bytes())
            except OSError:
                continue
    out, err = process.communicate()
    assert process.returncode == 0
    assert seen
    assert not [line for line in seen if PASSWORD.encode() in line]
    assert PASSWORD.encode() not in out + err
    for path in (*place.office.folder.rglob("*"), *place.server.place.rglob("*")):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


@pytest.mark.parametrize("url", ["ftp://humas@x.example/a", "http://humas@x.example/a"])
def test_plaintext_only_where_the_target_says_so(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "kpucli.toml"
    file.write_text(f'[upload.utama]\nurl = "{url}"\n')
    with pytest.raises(ConfigError, match="tanpa enkripsi"):
        find_target(load_config(), "utama", {})
    file.write_text(f'[upload.utama]\nurl = "{url}"\nplaintext = true\n')
    assert find_target(load_config(), None, {}).host == "x.example"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('url = "sftp://humas:rahasia@x.example/a"', "tanpa sandi"),
        ('url = "gopher://x.example/"', "tanpa sandi"),
        ('url = "sftp://-oProxyCommand=x/"', "tanpa sandi"),
        ('password = "rahasia"', "tidak dikenal"),
        ('host_key = ["x\\nssh-ed25519 AAAA"]', "daftar kunci"),
        ("connections = 0", "1 sampai 32"),
        ('compress = "zip"', "encoded"),
    ],
)
def test_the_configuration_holds_no_secret_and_no_trick(
    line: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kpucli.toml").write_text(f'name = "KPU"\n[upload.utama]\n{line}\n')
    with pytest.raises(ConfigError, match=words) as caught:
        load_config()
    assert caught.value.line == 3
    assert "rahasia" not in str(caught.value)


def test_secrets_are_read_from_the_files_that_programs_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text("machine x.example login humas password kenari\n")
    (tmp_path / ".netrc").chmod(0o600)
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text(
        "[default]\naws_access_key_id = AK\naws_secret_access_key = a%b\n"
    )
    (tmp_path / "kpucli.toml").write_text(
        '[upload.awan]\nurl = "https://humas@x.example/a"\n[upload.cdn]\nurl = "s3://kpu"\n'
    )
    cloud = find_target(load_config(), "awan", {}).secret
    bucket = find_target(load_config(), "cdn", {}).secret
    assert cloud is not None
    assert bucket is not None
    assert (cloud.password, bucket.password) == ("kenari", "a%b")
    assert "kenari" not in repr(find_target(load_config(), "awan", {}))
    given = find_target(load_config(), "awan", {"KPUCLI_PASSWORD_AWAN": "lain"}).secret
    assert given is not None
    assert given.password == "lain"
