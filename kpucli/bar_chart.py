"""Charts of columns, drawn in characters."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"
ROWS = 6


def draw_columns(values: Sequence[int], *, rows: int = ROWS, width: int = 1) -> list[str]:
    """Columns of characters, top row first; the greatest value fills all `rows`.

    What is more than nothing is never drawn as nothing. A column of more than one character has
    a blank at its end.
    """
    top = max(values, default=0)
    eighths = [max(round(value * rows * 8 / top), 1) if value else 0 for value in values]
    wide, gap = (width - 1, " ") if width > 1 else (1, "")
    return [
        "".join(_EIGHTHS[min(max(eighth - row * 8, 0), 8)] * wide + gap for eighth in eighths)
        for row in reversed(range(rows))
    ]
