"""GitHub's cmark, called so that it gives back its memory.

`cmarkgfm.markdown_to_html_with_extensions` frees neither the tree nor the text that it has made,
some 12 kB an article: a gigabyte for a large archive, or for a preview that runs all day.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from cmarkgfm import _cmark
from cmarkgfm.cmark import Options, core_extensions_ensure_registered, find_syntax_extension

_EXTENSIONS = ("table", "autolink", "strikethrough", "tasklist")
_OPTIONS = Options.CMARK_OPT_FOOTNOTES


def render_markdown(text: str) -> str:
    """GitHub-flavoured Markdown with footnotes as cmark's HTML, raw HTML left out."""
    library, source = _cmark.lib, text.encode()
    extensions = _find_extensions()
    parser = library.cmark_parser_new(_OPTIONS)
    try:
        for extension in extensions:
            library.cmark_parser_attach_syntax_extension(parser, extension)
        library.cmark_parser_feed(parser, source, len(source))
        root = library.cmark_parser_finish(parser)
        try:
            markup = library.cmark_render_html(
                root, _OPTIONS, library.cmark_parser_get_syntax_extensions(parser)
            )
            found: bytes = _cmark.ffi.string(markup)
            _release(_find_functions()[1], markup)
        finally:
            _release(_find_functions()[0], root)
    finally:
        library.cmark_parser_free(parser)
    return found.decode()


@cache
def _find_extensions() -> tuple[Any, ...]:
    core_extensions_ensure_registered()
    return tuple(map(find_syntax_extension, _EXTENSIONS))


@cache
def _find_functions() -> tuple[Callable[[int], None] | None, Callable[[int], None] | None]:
    """What frees a tree, and a text; None where the library does not show it (Windows)."""
    try:
        free_tree = ctypes.CDLL(_cmark.__file__).cmark_node_free
        free_text = ctypes.CDLL(None).free
    except (AttributeError, OSError, TypeError):
        return None, None
    for function in (free_tree, free_text):
        function.argtypes, function.restype = [ctypes.c_void_p], None
    return free_tree, free_text


def _release(function: Callable[[int], None] | None, pointer: Any) -> None:
    if function is not None:
        function(int(_cmark.ffi.cast("uintptr_t", pointer)))
