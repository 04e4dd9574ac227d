"""Where the site is sent to, and with which secrets.

Secrets come from the environment (`KPUCLI_PASSWORD_NAME`; for S3 `AWS_ACCESS_KEY_ID`,
`AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`) or from the file that such programs share (`~/.netrc`,
`~/.aws/credentials`), never from the configuration or the command line.
"""

from __future__ import annotations

import configparser
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kpucli.config import Config, UploadConfig
from kpucli.errors import ConfigError, KpuError
from kpucli.i18n import _

_PLAIN = {"ftp", "http"}
_CONNECTIONS = {"sftp": 2, "ftp": 4, "ftps": 4, "file": 1}
_MOST = 8  # connections over HTTP


@dataclass(frozen=True, slots=True)
class Secret:
    """A user's name and password, or an access key and its parts; never shown."""

    user: str = field(repr=False)
    password: str = field(repr=False)
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A place for the site.

    `host` is the bucket of an S3 address; `folder` has no slash at its end.
    """

    name: str
    url: str
    scheme: str
    host: str
    port: int | None
    user: str
    folder: str
    settings: UploadConfig
    secret: Secret | None = None

    @property
    def connections(self) -> int:
        """How many connections are used at once."""
        return self.settings.connections or _CONNECTIONS.get(self.scheme, _MOST)

    def hide(self, text: str) -> str:
        """A text, for instance a server's answer, without the secrets."""
        for part in (self.secret.password, self.secret.session) if self.secret else ():
            text = text.replace(part, "***") if part else text
        return text


def find_target(
    config: Config, name: str | None, environment: Mapping[str, str] = os.environ
) -> Target:
    """The target of that name, or the only one. Raises `ConfigError`."""
    targets = config.upload
    if name is None:
        if len(targets) != 1:
            raise _ask_for_name(config)
        (name,) = targets
    if name not in targets:
        raise _ask_for_name(config, name)
    return _make_target(name, targets[name], config.source, environment)


def _ask_for_name(config: Config, name: str | None = None) -> ConfigError:
    known = ", ".join(sorted(config.upload))
    if not known:
        return ConfigError(
            _("Belum ada tujuan unggahan."),
            _('Tambahkan [upload.utama] dengan url = "sftp://…" di konfigurasi.'),
            path=config.source,
        )
    message = (
        _("Sebutkan tujuannya.")
        if name is None
        else _("Tujuan “{name}” tidak ada di konfigurasi.").format(name=name)
    )
    return ConfigError(message, _("Yang ada: {known}.").format(known=known), path=config.source)


def _make_target(
    name: str, settings: UploadConfig, source: Path | None, environment: Mapping[str, str]
) -> Target:
    if not settings.url:
        message = _("Tujuan “{name}” belum mempunyai `url`.").format(name=name)
        raise ConfigError(message, path=source)
    parts = urlsplit(settings.url)
    if parts.scheme in _PLAIN and not settings.plaintext:
        raise ConfigError(
            _("Tujuan “{name}” mengirim sandi dan isi tanpa enkripsi; ditolak.").format(name=name),
            _("Pakai sftp, ftps, atau https; bila memang terpaksa, tulis `plaintext = true`."),
            path=source,
        )
    if settings.compress == "encoded" and parts.scheme != "s3":
        raise ConfigError(
            _('`compress = "encoded"` hanya untuk tujuan S3.'),
            _('Pakai "beside": berkas .gz di samping aslinya.'),
            path=source,
        )
    user = unquote(parts.username or "")
    return Target(
        name=name,
        url=settings.url,
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port,
        user=user,
        folder=unquote(parts.path).rstrip("/"),
        settings=settings,
        secret=_find_secret(name, parts.scheme, parts.hostname or "", user, environment),
    )


def _find_secret(
    name: str, scheme: str, host: str, user: str, environment: Mapping[str, str]
) -> Secret | None:
    if scheme == "s3":
        return _find_keys(environment)
    password = environment.get(name_variable(name))
    if password:
        return Secret(user, password)
    return _ask_netrc(host, user) if scheme not in {"sftp", "file"} else None


def name_variable(name: str) -> str:
    """The variable of the environment that a target's password is in."""
    return f"KPUCLI_PASSWORD_{name.upper().replace('-', '_')}"


def _ask_netrc(host: str, user: str) -> Secret | None:
    try:
        found = netrc.netrc().authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise KpuError(
            _("Berkas .netrc tidak dapat dipakai: {reason}.").format(reason=_first_line(error)),
            _("Hanya pemiliknya yang boleh membacanya (chmod 600)."),
        ) from None
    if found is None or (user and found[0] != user):
        return None
    return Secret(found[0], found[2] or "")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _find_keys(environment: Mapping[str, str]) -> Secret | None:
    key, secret = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    if key and secret:
        return Secret(key, secret, environment.get("AWS_SESSION_TOKEN", ""))
    place = environment.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials"
    # Access keys may hold a percent sign, which means nothing here.
    parser = configparser.RawConfigParser()
    try:
        parser.read(Path(place).expanduser(), "utf-8")
        profile = dict(parser[environment.get("AWS_PROFILE") or "default"])
        return Secret(
            profile["aws_access_key_id"],
            profile["aws_secret_access_key"],
            profile.get("aws_session_token", ""),
        )
    except (KeyError, UnicodeDecodeError, configparser.Error):
        return None
