"""The system's OpenSSH as the way to an SFTP server, with the server's key pinned.

The user's own configuration, agent and keys work as with `ssh`; what a target pins goes before it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.upload.connection import LostError, login_failed, lost
from kpucli.upload.target import Target

_PASSWORD = "KPUCLI_ASKPASS"  # noqa: S105 - a variable's name
# ssh asks a program for the password where it may not ask a terminal. This one holds no secret.
_ASKPASS = f'#!/bin/sh\nprintf "%s\\n" "${_PASSWORD}"\n'
_OPTIONS = (
    "StrictHostKeyChecking=yes",
    "UpdateHostKeys=no",
    "ControlMaster=no",
    "ControlPath=none",  # a connection that is shared was made without the pinned key
    "ClearAllForwardings=yes",
    "ForwardAgent=no",
    "PermitLocalCommand=no",
    "RequestTTY=no",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
    "NumberOfPasswordPrompts=1",
)


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A running `ssh` that speaks to a server's SFTP subsystem, and its folder for small files."""

    process: subprocess.Popen[bytes]
    folder: tempfile.TemporaryDirectory[str]
    messages: IO[bytes]

    def why(self) -> LostError | KpuError:
        """Why it ended, by what ssh said."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.messages.seek(0)
        said = self.messages.read().decode(errors="replace").strip()
        last = said.splitlines()[-1] if said else _("ssh berhenti")
        if "Host key verification failed" in said or "IDENTIFICATION HAS CHANGED" in said:
            return KpuError(
                _("Kunci peladen SFTP tidak dikenal atau berubah; sambungan ditolak."),
                _(
                    "Bandingkan keluaran `ssh-keyscan` dengan keterangan penyedia hosting, lalu"
                    " tulis kuncinya di `host_key`."
                ),
            )
        if "Permission denied" in last or "Too many authentication failures" in said:
            return login_failed(last)
        return lost(last)

    def close(self) -> None:
        """End it."""
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.messages.close()
        self.folder.cleanup()


def open_tunnel(target: Target) -> Tunnel:
    """Start ssh. Raises `KpuError` where there is none; what else fails shows when it is used."""
    program = shutil.which("ssh")
    if program is None:
        raise KpuError(
            _("Program ssh tidak ada."), _("Pasang OpenSSH (apt install openssh-client).")
        )
    folder = tempfile.TemporaryDirectory(prefix="kpucli-")
    messages = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the tunnel
    process = subprocess.Popen(
        [program, *_make_arguments(target, Path(folder.name))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=messages,
        env=_make_environment(target, Path(folder.name)),
        bufsize=0,
        start_new_session=True,  # Ctrl-C is for us: what is under way is finished first
    )
    return Tunnel(process, folder, messages)


def _make_arguments(target: Target, folder: Path) -> list[str]:
    options = [*_OPTIONS]
    if target.settings.host_key:
        name = f"[{target.host}]:{target.port}" if target.port not in (None, 22) else target.host
        pinned = folder / "known_hosts"
        pinned.write_text("".join(f"{name} {key}\n" for key in target.settings.host_key))
        options += [
            f"UserKnownHostsFile={pinned}",
            "GlobalKnownHostsFile=none",
            "CheckHostIP=no",
            "VerifyHostKeyDNS=no",
            f"HostKeyAlias={name}",
        ]
    if target.settings.key_file:
        options += [f"IdentityFile={Path(target.settings.key_file).expanduser()}"]
        options += ["IdentitiesOnly=yes"]
    if target.secret is None:
        options.append("BatchMode=yes")
    arguments = ["-x", "-a", *(part for option in options for part in ("-o", option))]
    if target.port is not None:
        arguments += ["-p", str(target.port)]
    if target.user:
        arguments += ["-l", target.user]
    return [*arguments, "-s", "--", target.host, "sftp"]


def _make_environment(target: Target, folder: Path) -> dict[str, str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("KPUCLI_PASSWORD_")
    }
    environment["LC_ALL"] = "C"  # its messages are read
    if target.secret is not None:
        script = folder / "askpass"
        script.write_text(_ASKPASS)
        script.chmod(0o700)
        environment |= {
            "SSH_ASKPASS": str(script),
            "SSH_ASKPASS_REQUIRE": "force",
            "DISPLAY": environment.get("DISPLAY", "-"),  # without it, before 8.4, nobody is asked
            _PASSWORD: target.secret.password,
        }
    return environment
