"""The clipboard of the desktop, through the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess

from kpucli.errors import KpuError
from kpucli.i18n import _

# The program, the variable that tells of its desktop ("" if it needs none), its encoding.
_PROGRAMS = (
    (("wl-copy",), "WAYLAND_DISPLAY", "utf-8"),
    (("xclip", "-selection", "clipboard"), "DISPLAY", "utf-8"),
    (("xsel", "--clipboard", "--input"), "DISPLAY", "utf-8"),
    (("pbcopy",), "", "utf-8"),
    (("clip.exe",), "", "utf-16"),  # of Windows, and of Linux in it; needs the byte order mark
)
_PATIENCE = 10  # seconds; a desktop that is gone can keep its program waiting


def copy_text(text: str) -> None:
    """Put a text on the clipboard. Raises `KpuError` where there is none, or it refuses."""
    for command, desktop, encoding in _PROGRAMS:
        if (not desktop or os.environ.get(desktop)) and shutil.which(command[0]):
            return _give(text.encode(encoding), command)
    raise KpuError(
        _("Papan klip tidak ditemukan."),
        _("Pasang wl-clipboard atau xclip, atau salin teksnya dari terminal."),
    )


def _give(content: bytes, command: tuple[str, ...]) -> None:
    try:
        process = subprocess.run(
            command,
            input=content,
            # These programs stay behind to serve the clipboard, and would keep a pipe open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
        is_done = process.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        is_done = False
    if not is_done:
        raise KpuError(
            _("Teks tidak dapat disalin: {program} gagal.").format(program=command[0]),
            _("Salin teksnya dari terminal."),
        )
