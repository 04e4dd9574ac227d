"""Where the connection to a target goes, and what it lacks to be made, without making it."""

from __future__ import annotations

import ftplib
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.upload.target import Target, name_variable

_PORTS = {"ftp": ftplib.FTP_PORT, "ftps": ftplib.FTP_PORT, "http": 80, "https": 443}
_SSH_PORT = 22
_SSH_SECONDS = 5  # that ssh may take to read its own configuration


def find_endpoint(target: Target) -> tuple[str, int] | None:
    """Host and port of a target; None for a folder, or where ssh goes through another program."""
    if target.scheme == "file":
        return None
    if target.scheme == "sftp":
        return _ask_ssh(target)
    if target.scheme == "s3":
        endpoint = f"https://s3.{target.settings.region}.amazonaws.com"
        parts = urlsplit(target.settings.endpoint or endpoint)
        return parts.hostname or "", parts.port or _PORTS[parts.scheme]
    return target.host, target.port or _PORTS[target.scheme]


def refuse_lacking(target: Target) -> None:
    """Raises `KpuError` where a password, a key or a folder is missing that sending needs."""
    if target.scheme == "sftp":
        _refuse_keyless(target)
    elif target.scheme == "file":
        _refuse_folder(Path(target.folder))
    elif target.scheme == "s3" and target.secret is None:
        raise KpuError(
            _("Kunci S3 untuk tujuan “{name}” tidak ada di lingkungan.").format(name=target.name),
            _("Isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY, atau ~/.aws/credentials."),
        )
    elif target.user and target.secret is None:
        raise KpuError(
            _("Sandi untuk tujuan “{name}” tidak ada di lingkungan.").format(name=target.name),
            _("Isi peubah lingkungan {variable}, atau ~/.netrc.").format(
                variable=name_variable(target.name)
            ),
        )


def _refuse_keyless(target: Target) -> None:
    if shutil.which("ssh") is None:
        raise KpuError(
            _("Program ssh tidak ada."), _("Pasang OpenSSH (apt install openssh-client).")
        )
    key = target.settings.key_file
    if key is not None and not os.access(Path(key).expanduser(), os.R_OK):
        raise KpuError(
            _("Kunci {path} untuk tujuan “{name}” tidak dapat dibaca.").format(
                path=key, name=target.name
            ),
            _("Buat dengan `ssh-keygen`, atau perbaiki `key_file` di konfigurasi."),
        )


def _refuse_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise KpuError(
            _("Folder tujuan tidak ada."), _("Buat dahulu, atau pasang disknya."), path=folder
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise KpuError(
            _("Folder tujuan tidak dapat ditulis."), _("Perbaiki pemilik dan izinnya."), path=folder
        )


def _ask_ssh(target: Target) -> tuple[str, int] | None:
    """What the user's configuration of OpenSSH makes of a host; ssh reads it and connects to none.

    Where ssh does not say, what the target's address says.
    """
    port = ["-p", str(target.port)] if target.port is not None else []
    try:
        said = subprocess.run(
            ["ssh", *port, "-G", "--", target.host],
            capture_output=True, text=True, check=True, timeout=_SSH_SECONDS,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return target.host, target.port or _SSH_PORT
    settings = dict(line.split(" ", 1) for line in said.splitlines() if " " in line)
    if {"proxycommand", "proxyjump"} & {
        name for name, value in settings.items() if value != "none"
    }:
        return None
    return settings.get("hostname", target.host), int(settings.get("port", _SSH_PORT))
