"""Indonesian numbers: in words, in digits with dots and a comma, and from one to the other."""

from __future__ import annotations

import re

_UNITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_WORD_VALUES = {word: number for number, word in enumerate(_UNITS)} | {"se": 1}
_MULTIPLIERS = {"ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_JOINED = re.compile(r"se(belas|puluh|ratus|ribu|juta)\Z")

NUMERAL = "|".join([*_UNITS[1:], "seratus", "seribu"])
# For patterns: a word of a number, a number in words.
NUMERAL_WORD = rf"{NUMERAL}|nol|belas|puluh|ratus|ribu|juta|miliar|triliun|sejuta"
IN_WORDS = rf"(?:{NUMERAL_WORD})(?:[ ](?:{NUMERAL_WORD})){{0,11}}"
IN_DIGITS = r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,15}"  # a whole number in digits, for a pattern
# A number that stands alone: no part of a date, a time, a range, a decimal or a percentage.
ALONE = rf"(?<![\w.,/–-])(?:{IN_DIGITS}|{IN_WORDS})(?![\w]|[.,:/–-]\d| ?%)"

_LARGEST_IN_WORDS = 9


def read_words(words: str) -> int | None:
    """The number that words say ("dua puluh delapan"), or None where they say none."""
    total = group = 0
    last = ""
    for word in words.lower().split():
        last = word
        if joined := _JOINED.match(word):
            if joined[1] in ("belas", "puluh"):
                group += 11 if joined[1] == "belas" else 10
                continue
            group, word = group + (joined[1] != "ratus"), joined[1]
            if word == "ratus":
                group += 100
                continue
        if word in _WORD_VALUES:
            group += _WORD_VALUES[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += 9 * (group % 10)
        elif word == "ratus":
            group += 99 * (group % 10)
        elif word in _MULTIPLIERS:
            total += (group or 1) * _MULTIPLIERS[word]
            group = 0
        else:
            return None
    return total + group if last else None


def read_digits(digits: str) -> int:
    """The number that `1.234.567` or `1234567` says."""
    return int(digits.replace(".", ""))


def read_number(text: str) -> int | None:
    """The whole number that a text says, in digits or in words."""
    return read_digits(text) if text[:1].isdigit() else read_words(text)


def say_small(number: int) -> str | None:
    """A number below ten in words, as prose writes it; None for the others."""
    return _UNITS[number] if 0 < number <= _LARGEST_IN_WORDS else None


def say_whole(number: int) -> str:
    """A whole number in digits, with dots between the thousands."""
    return f"{number:,}".replace(",", ".")
