"""FTP over TLS (RFC 4217) by the standard library; plain FTP only for a target that says so."""

from __future__ import annotations

import ftplib
import re
import secrets
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any

from kpucli.upload.connection import STAGING, Found, Parcel, login_failed, lost, refused
from kpucli.upload.target import Target

_TIMEOUT = 60.0  # seconds without a sign of life
# `drwxr-xr-x 2 user group 4096 Nov 24 18:41 berita`, as servers list that do not know MLSD.
_LINE = re.compile(r"([-d])\S+\s+\d+\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+\S+\s(.+)")


class _ResumingTls(ftplib.FTP_TLS):
    """Many servers take a data connection only in the TLS session of the control connection."""

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - wrapped below
        assert isinstance(self.sock, ssl.SSLSocket)
        try:
            wrapped = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session
            )
        except BaseException:
            connection.close()
            raise
        return wrapped, size


class FtpConnection:
    """A session with an FTP server, in the target's folder."""

    def __init__(self, target: Target) -> None:
        self._staged = f"{STAGING}/{secrets.token_hex(4)}"
        self._ftp: ftplib.FTP
        if target.scheme == "ftps":
            self._ftp = _ResumingTls(timeout=_TIMEOUT, context=ssl.create_default_context())
        else:
            self._ftp = ftplib.FTP(timeout=_TIMEOUT)  # noqa: S321 - the target says so
        try:
            with _worded(target.host):
                self._ftp.connect(target.host, target.port or ftplib.FTP_PORT)
                self._log_in(target)
                self._ftp.cwd(target.folder.removeprefix("/~").lstrip("/") or ".")
        except BaseException:
            self._ftp.close()
            raise

    def _log_in(self, target: Target) -> None:
        secret = target.secret
        try:
            self._ftp.login(*((secret.user, secret.password) if secret else (target.user, "")))
        except ftplib.error_perm as error:
            raise login_failed(error) from None
        if isinstance(self._ftp, ftplib.FTP_TLS):
            self._ftp.prot_p()

    def read(self, path: str) -> bytes | None:
        content = BytesIO()
        with _worded(path):
            try:
                self._ftp.retrbinary(f"RETR {path}", content.write)
            except ftplib.error_perm as error:
                if not _is_missing(error):
                    raise
                return None
        return content.getvalue()

    def write(self, path: str, content: bytes) -> None:
        with _worded(path):
            self._ftp.storbinary(f"STOR {self._staged}", BytesIO(content))
            try:
                self._ftp.rename(self._staged, path)
            except ftplib.error_perm:  # some servers do not replace
                self._ftp.delete(path)
                self._ftp.rename(self._staged, path)

    def create(self, path: str, content: bytes) -> bool:
        # FTP knows no condition; what stands there in the end decides.
        if self.read(path) is not None:
            return False
        self.write(path, content)
        return self.read(path) == content

    def send(self, parcels: Iterator[Parcel], sent: Callable[[str], None]) -> None:
        for parcel in parcels:
            self.write(parcel.path, parcel.content)
            sent(parcel.path)

    def make_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            # That it is there is said as any other refusal is; then the files in it fail.
            with _worded(folder), suppress(ftplib.error_perm):
                self._ftp.mkd(folder)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            with _worded(path):
                try:
                    self._ftp.delete(path)
                except ftplib.error_perm:
                    if self.read(path) is not None:  # one number stands for many reasons
                        raise

    def remove_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            with _worded(folder), suppress(ftplib.error_perm):  # something else is in it
                self._ftp.rmd(folder)

    def drop_staging(self) -> None:
        for name, _size in self._list(STAGING):
            self.remove([f"{STAGING}/{name}"])
        self.remove_folders([STAGING])

    def find_files(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for name, size in self._list(folder):
                path = f"{folder}/{name}" if folder else name
                if size is None:
                    folders.append(path)
                else:
                    found[path] = Found(size)
        return found

    def close(self) -> None:
        with suppress(*ftplib.all_errors):
            self._ftp.quit()
        self._ftp.close()

    def _list(self, folder: str) -> list[tuple[str, int | None]]:
        """What is in a folder, if it is there: the size of a file, None for a folder."""
        with _worded(folder):
            try:
                return list(self._list_by_facts(folder))
            except ftplib.error_perm as error:
                if _is_missing(error):
                    return []
            try:
                return list(self._list_by_lines(folder))
            except ftplib.error_perm as error:
                if not _is_missing(error):
                    raise
                return []

    def _list_by_facts(self, folder: str) -> Iterator[tuple[str, int | None]]:
        for name, facts in self._ftp.mlsd(folder, ["type", "size"]):
            kind = facts.get("type", "").lower()
            if kind in ("file", "dir"):
                yield name, None if kind == "dir" else int(facts.get("size", 0))

    def _list_by_lines(self, folder: str) -> Iterator[tuple[str, int | None]]:
        lines: list[Any] = []
        self._ftp.retrlines(f"LIST -a {folder}", lines.append)
        for line in lines:
            found = _LINE.fullmatch(line)
            if found and found[3] not in (".", ".."):
                yield found[3], None if found[1] == "d" else int(found[2])


def _is_missing(error: ftplib.error_perm) -> bool:
    return str(error).startswith("550")


@contextmanager
def _worded(path: str) -> Iterator[None]:
    try:
        yield
    except ftplib.error_perm as error:
        raise refused(path, error) from error
    except ssl.SSLCertVerificationError as error:
        raise login_failed(error.verify_message) from error
    except ftplib.all_errors as error:
        raise lost(error or type(error).__name__) from error
