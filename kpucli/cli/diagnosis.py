"""The checks of `kpucli doctor`, put together with what the other features know."""

from __future__ import annotations

import locale
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from kpucli.archive import Archive, read_file
from kpucli.cli.context import open_archive, read_clock
from kpucli.cli.new import choose_editor
from kpucli.cli.progress import follow
from kpucli.cli.publish import check_output
from kpucli.config import Config
from kpucli.counted import FILE as VIEWS_FILE
from kpucli.doctor import computer, folders, reach, repository
from kpucli.doctor.databases import check_index, check_views
from kpucli.doctor.result import Result, Standing, advise, describe_error, fine, mend
from kpucli.errors import ArticleError, ConfigError, KpuError
from kpucli.i18n import _
from kpucli.index import FILE, FOLDER


def examine(*, with_network: bool) -> Iterator[Result]:
    """Every check's result, one by one; without a usable configuration those of the computer."""
    yield computer.check_python(sys.version_info[:3])
    yield computer.check_encoding(locale.getencoding())
    yield _check_editor()
    try:
        config, archive = open_archive()
    except ConfigError as error:
        yield describe_error("config", error)
        return
    if config.source is None:
        yield mend(
            "config",
            _("Tidak ada konfigurasi di folder ini atau di atasnya."),
            _("Pindahlah ke folder kantor Anda, atau mulai dengan `kpucli init`."),
        )
        return
    yield _check_config(config)
    yield from _check_office(config, archive)
    yield from _check_extras(config)
    yield from _check_targets(config, with_network=with_network)


def _check_editor() -> Result:
    try:
        return computer.check_editor(choose_editor())
    except KpuError as error:
        return describe_error("editor", error, Standing.ADVICE)


def _check_config(config: Config) -> Result:
    if config.base_url == Config(root=config.root, source=None).base_url:
        return advise(
            "config",
            _("Alamat situs masih {address}.").format(address=config.base_url),
            _("Isi `base_url` di {path} sebelum situsnya ditaruh di internet.").format(
                path=config.source
            ),
        )
    return fine("config", _("{path} dapat dipakai.").format(path=config.source))


def _check_office(config: Config, archive: Archive) -> Iterator[Result]:
    from kpucli.publish.commit import refuse_foreign
    from kpucli.publish.generation import MARKER
    from kpucli.publish.render import read_setting
    from kpucli.publish.site import make_site

    yield _attempt(
        "theme", lambda: read_setting(make_site(config)), _("Templat, logo, dan gambarnya ada.")
    )
    try:
        paths, misplaced = archive.paths()
    except KpuError as error:
        yield describe_error("articles", error)
        paths, misplaced = [], []
    else:
        broken, conflicts = _read(paths, misplaced)
        yield folders.check_articles(archive.root, len(paths), broken)
        yield repository.check_conflicts(conflicts)

    def refuse_output() -> None:
        refuse_foreign(check_output(None, config).resolve())

    yield folders.check_output(config.output, refuse_output)
    yield folders.check_disk(config.output)
    memory = config.root / FOLDER
    yield folders.check_memory(memory)
    yield check_index(memory / FILE)
    yield check_views(memory / VIEWS_FILE)
    yield repository.check_git(config.root)
    now = read_clock(config)
    yield computer.check_clock(now, _find_times([*paths, config.output / MARKER]))
    yield computer.check_zone(now, datetime.now().astimezone().utcoffset())


def _read(
    paths: list[Path], misplaced: list[ArticleError]
) -> tuple[list[Path], list[repository.Conflict]]:
    """The files that cannot be read or stand where no article can, and the conflicts in others."""
    broken = [Path(error.path) for error in misplaced if error.path is not None]
    conflicts: list[repository.Conflict] = []
    for path in follow(_("Membaca artikel"), paths, len(paths)):
        try:
            conflict = repository.find_conflict(path, read_file(path))
        except ArticleError:
            broken.append(path)
        else:
            conflicts += [conflict] if conflict else []
    return broken, conflicts


def _find_times(paths: Iterable[Path]) -> Iterator[tuple[Path, float]]:
    for path in paths:
        try:
            yield path, path.lstat().st_mtime
        except OSError:
            continue


def _check_extras(config: Config) -> Iterator[Result]:
    """What the site can do without."""
    from PIL import features

    from kpucli.publish.search import find_pagefind

    if config.search.enabled:
        words = _("Pagefind ada untuk halaman Cari.")
        yield _attempt("search", find_pagefind, words, Standing.ADVICE)
    if features.check("avif"):
        yield fine("photos", _("Foto dibuat sebagai AVIF dan JPEG."))
    else:
        yield advise(
            "photos",
            _("Pillow di komputer ini tidak dapat membuat AVIF; foto dibuat sebagai WebP."),
            _("Pasang ulang dengan `pip install --upgrade pillow`."),
        )


def _attempt(
    check: str, work: Callable[[], object], words: str, standing: Standing = Standing.WRONG
) -> Result:
    """What comes of work that raises `KpuError` where something is wrong."""
    try:
        work()
    except KpuError as error:
        return describe_error(check, error, standing)
    return fine(check, words)


def _check_targets(config: Config, *, with_network: bool) -> Iterator[Result]:
    from kpucli.upload.endpoint import find_endpoint, refuse_lacking
    from kpucli.upload.target import find_target

    endpoints: dict[str, reach.Endpoint | None] = {}
    for name in config.upload:
        try:
            target = find_target(config, name)
            refuse_lacking(target)
        except KpuError as error:
            yield describe_error("upload", error)
        else:
            endpoints[name] = find_endpoint(target)
    tried = {name: endpoint for name, endpoint in endpoints.items() if endpoint and with_network}
    reasons = reach.find_unreachable(tried)
    for name, endpoint in endpoints.items():
        yield _judge_reach(name, endpoint, reasons, is_tried=name in tried)


def _judge_reach(
    name: str, endpoint: reach.Endpoint | None, reasons: Mapping[str, str], *, is_tried: bool
) -> Result:
    host, port = endpoint or ("", 0)
    if name in reasons:
        return mend(
            "upload",
            _("Tujuan “{name}” ({host}:{port}) tidak terjangkau: {reason}.").format(
                name=name, host=host, port=port, reason=reasons[name]
            ),
            _("Periksa sambungan internet, dinding api, dan alamatnya di konfigurasi."),
        )
    words = (
        _("Tujuan “{name}” ({host}:{port}) lengkap dan terjangkau.")
        if is_tried
        else _("Tujuan “{name}” lengkap; sambungannya tidak dicoba.")
    )
    return fine("upload", words.format(name=name, host=host, port=port))
