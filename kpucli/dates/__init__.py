"""Indonesian dates: say them, recognise them in a text, read what a user types.

Every command says dates, few look for them: the modules with patterns to compile, which take
some 20 ms, are imported when one of their functions is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kpucli.dates.saying import MONTHS, WEEKDAYS, ZONES, say_date, say_day, say_month, say_time

if TYPE_CHECKING:
    from kpucli.dates.guessing import nearest_year, slips
    from kpucli.dates.reading import read_date, read_period
    from kpucli.dates.recognising import DateSpan, find_dates
else:

    def __getattr__(name):
        """The name from the module that has it."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


_HOMES = {
    "DateSpan": "recognising",
    "find_dates": "recognising",
    "nearest_year": "guessing",
    "read_date": "reading",
    "read_period": "reading",
    "slips": "guessing",
}
__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "ZONES",
    "DateSpan",
    "find_dates",
    "nearest_year",
    "read_date",
    "read_period",
    "say_date",
    "say_day",
    "say_month",
    "say_time",
    "slips",
]
