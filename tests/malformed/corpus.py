"""All malformed articles."""

from __future__ import annotations

from tests.malformed.case import Case
from tests.malformed.fields import find_field_cases
from tests.malformed.places import find_place_cases
from tests.malformed.texts import find_text_cases


def find_cases(size: int = 10) -> list[Case]:
    """All cases; `size` is 10 for the largest that a file can hold, 1 for a tenth of that.

    Their names, and those of their files, are their own.
    """
    return [*find_text_cases(size), *find_field_cases(), *find_place_cases()]
