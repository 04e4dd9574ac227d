"""What most commands start from: the configuration, its archive, the clock."""

from __future__ import annotations

from datetime import datetime

from kpucli.archive import Archive
from kpucli.cli.terminal import notice
from kpucli.config import Config, load_config
from kpucli.errors import KpuError
from kpucli.i18n import _


def open_archive() -> tuple[Config, Archive]:
    """The configuration that holds here, and its archive (whose folder may not exist yet)."""
    try:
        config = load_config()
    except FileNotFoundError:
        raise KpuError(
            _("Folder tempat Anda berada sudah tidak ada."), _("Pindahlah ke folder kantor Anda.")
        ) from None
    return config, Archive(config.articles, config.zone)


def say_unconfigured(config: Config) -> None:
    """Say so where no configuration was found: here may not be the office's folder."""
    if config.source is None:
        notice(_("Belum ada konfigurasi; setelan bawaan dipakai. Jalankan `kpucli init`."))


def read_clock(config: Config) -> datetime:
    """Now, in the office's zone, to the second."""
    return datetime.now(config.zone).replace(microsecond=0)
