"""The items as CSV (RFC 4180) for programs; dates are ISO 8601, headings do not change.

No cell can be a formula or command a terminal.
"""

from __future__ import annotations

import csv
import io

from kpucli.printable import defuse_cell
from kpucli.recap.columns import chosen_columns, read_rows
from kpucli.recap.model import Recap


def format_csv(recap: Recap) -> bytes:
    """The report's items with the columns chosen."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in chosen_columns(recap))
    writer.writerows([defuse_cell(cell) for cell in row] for row in read_rows(recap))
    return out.getvalue().encode()
