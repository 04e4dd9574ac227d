"""XML from strangers, one element at a time: no DTD, no entities, no depth, bounded memory.

expat reads it; a document type, without which there are no entities to expand or to fetch, is
refused before anything in it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kpucli.errors import KpuError
from kpucli.i18n import N_, _

MAX_ELEMENT = 8 * 1024 * 1024  # characters of one item
_DEEPEST = 100
# Not allowed in XML, but written by programs that do not look: what a keyboard cannot type.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def read_elements(
    chunks: Iterable[bytes], path: Path, wanted: frozenset[str], roots: frozenset[str]
) -> Iterator[Element]:
    """Each element of a name in `wanted` (`{namespace}name`), whole, in the document's order.

    Raises `KpuError` naming `path` and the line where the document is not sound, has a document
    type, is deeper than 100 elements, or has a root that is none of `roots`.
    """
    reader = _Reader(path, wanted, roots)
    is_wide = None
    for chunk in chunks:
        if is_wide is None:
            is_wide = chunk.startswith(_WIDE)
        yield from reader.feed(chunk if is_wide else _CONTROLS.sub(b"", chunk))
    yield from reader.close()


class _Reader:
    """expat with a tree builder that is at work only inside wanted elements."""

    def __init__(self, path: Path, wanted: frozenset[str], roots: frozenset[str]) -> None:
        self._path = path
        self._wanted = wanted
        self._roots = roots
        self._depth = 0
        self._size = 0
        self._builder: TreeBuilder | None = None
        self._started = 0  # the depth at which the builder began
        self._done: list[Element] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._refuse_type

    def feed(self, chunk: bytes) -> list[Element]:
        """The elements that a piece of the document completes."""
        return self._parse(chunk, is_last=False)

    def close(self) -> list[Element]:
        """Those that its end completes."""
        return self._parse(b"", is_last=True)

    def _parse(self, chunk: bytes, *, is_last: bool) -> list[Element]:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise KpuError(
                _("XML-nya rusak: {reason}.").format(reason=_say(error.code)),
                _("Ekspor ulang dari situs lama."),
                path=self._path,
                line=error.lineno,
            ) from error
        except (ValueError, LookupError, UnicodeError) as error:  # an encoding that none knows
            raise self._error(_("Pengodean hurufnya tidak dikenal.")) from error
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        name = _full(name)
        if self._depth == 1 and name not in self._roots:
            raise self._error(
                _("Isinya bukan {names}.").format(names=_(" atau ").join(map(_local, self._roots)))
            )
        if self._depth > _DEEPEST:
            raise self._error(_("XML-nya bersarang lebih dari {count} tingkat.").format(count=100))
        if self._builder is None and name in self._wanted:
            self._builder, self._started, self._size = TreeBuilder(), self._depth, 0
        if self._builder is not None:
            self._count(name, *attributes.values())
            self._builder.start(name, {_full(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(_full(name))
            if self._depth == self._started:
                self._done.append(self._builder.close())
                self._builder = None
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._builder is not None:
            self._count(text)
            self._builder.data(text)

    def _count(self, *texts: str) -> None:
        self._size += sum(map(len, texts))
        if self._size > MAX_ELEMENT:
            raise self._error(_("Satu butirnya lebih dari 8 MiB."))

    def _refuse_type(self, *_arguments: object) -> None:
        raise self._error(_("XML dengan DOCTYPE tidak dibaca."))

    def _error(self, message: str) -> KpuError:
        return KpuError(message, path=self._path, line=self._parser.CurrentLineNumber)


def _full(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _local(name: str) -> str:
    return f"<{name.rpartition('}')[2]}>"


_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: N_("kosong"),
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: N_("terpotong"),
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: N_("tag penutupnya tidak cocok"),
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: N_(
        "memakai entitas yang tidak ada"
    ),
}


def _say(code: int) -> str:
    known = _REASONS.get(code)
    return _(known) if known else expat.errors.messages.get(code, str(code))
