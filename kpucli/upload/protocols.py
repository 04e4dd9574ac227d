"""Which module speaks which protocol; each is imported only when a target needs it."""

from __future__ import annotations

from contextlib import ExitStack

from kpucli.upload.connection import Connection
from kpucli.upload.target import Target


def open_connection(target: Target, stack: ExitStack) -> Connection:
    """A new connection to a target, closed with the stack. Raises `LostError`, `KpuError`."""
    connection = _open(target)
    stack.callback(connection.close)
    return connection


def _open(target: Target) -> Connection:
    if target.scheme == "sftp":
        from kpucli.upload.sftp import SftpConnection

        return SftpConnection(target)
    if target.scheme in {"ftp", "ftps"}:
        from kpucli.upload.ftp import FtpConnection

        return FtpConnection(target)
    if target.scheme == "s3":
        from kpucli.upload.s3 import S3Connection

        return S3Connection(target)
    if target.scheme in {"http", "https"}:
        from kpucli.upload.webdav import WebdavConnection

        return WebdavConnection(target)
    from kpucli.upload.folder import FolderConnection

    return FolderConnection(target)
