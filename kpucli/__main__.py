"""The entry: language, then the commands, and every error worded once, at this edge."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _, choose_language, language_from_environment

# Archives are many small objects that stay: looking through them for garbage again and again took
# a fifth of the time of a publish, and found none.
_COLLECT_AFTER = (500_000, 50, 50)


def main() -> None:
    """Run kpucli with the arguments of the process and exit with its code."""
    try:
        gc.set_threshold(*_COLLECT_AFTER)
        _prepare_streams()
        choose_language(language_from_environment())
        sys.exit(_run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


def _run(arguments: list[str]) -> int:
    """Do what the arguments say; the exit code, unless Typer exits with it."""
    try:
        if arguments == ["--version"]:  # answered before Typer is imported
            _print_version()
        else:
            _refuse_windows()
            _check_arguments(arguments)
            from kpucli.cli import make_command

            make_command(_name_command(arguments))(arguments, prog_name="kpucli")
    except KpuError as error:
        return _fail(error)
    except BrokenPipeError:  # the reader went away (`kpucli list | head`): nobody is left to tell
        _drop_output()
        return 1
    except OSError as error:  # a full disk behind `>`, for instance
        _drop_output()
        message = _("Tidak dapat diteruskan: {reason}.").format(reason=describe_os_error(error))
        return _fail(KpuError(message, path=error.filename))
    return 0


def _name_command(arguments: list[str]) -> str | None:
    """The command that will be used; while a shell completes, the one that it has already."""
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    words = arguments or typed.split()[1:]
    # The word that is being completed may be the beginning of others: `re` of `rename`.
    return words[0] if arguments or len(words) > 1 else None


def _prepare_streams() -> None:
    """Streams that the caller closed (`>&-`) lead nowhere; whatever the locale, data is UTF-8."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _print_version() -> None:
    from kpucli import __version__

    sys.stdout.write(f"kpucli {__version__}\n")
    sys.stdout.flush()


def _refuse_windows() -> None:
    """Locks, folders and links are used as POSIX has them."""
    if sys.platform == "win32":
        raise KpuError(
            _("kpucli tidak dapat dijalankan langsung di Windows."),
            _("Pasang WSL dengan `wsl --install`, lalu pasang dan jalankan kpucli di dalamnya."),
        )


def _check_arguments(arguments: list[str]) -> None:
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise KpuError(
                _("Argumen “{argument}” bukan UTF-8.").format(argument=argument),
                _("Ketik ulang, atau ganti nama berkasnya."),
            ) from None


def _fail(error: KpuError) -> int:
    from kpucli.cli.terminal import report_error

    report_error(error)
    return error.exit_code


def _drop_output() -> None:
    """Forget what is left to write: Python would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
