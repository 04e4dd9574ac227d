"""The language of messages: Indonesian as written in the code, English through gettext.

The language is chosen once, by `choose_language`, before any command is imported: help texts
are made while modules load.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Mapping
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent / "locale"

_language = "id"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def language_from_environment(environment: Mapping[str, str] = os.environ) -> str:
    """`"en"` or `"id"`: from KPUCLI_LANG, else from the locale; Indonesian where neither says."""
    for name in ("KPUCLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").strip().lower()
        if value:
            return "en" if value.startswith("en") else "id"
    return "id"


def choose_language(language: str) -> None:
    """Make `_` and `ngettext`, and the command-line framework's own words, speak `language`."""
    global _language, _translations  # chosen once at start, read by every message
    _language = language
    _translations = _catalogue("kpucli", language)
    # Click and Typer do `from gettext import gettext` when they are imported. Giving them our
    # catalogue here leaves LANGUAGE alone, which an editor or git started by us would inherit.
    framework = _catalogue("messages", language)
    _gettext.gettext = framework.gettext
    _gettext.ngettext = framework.ngettext


def chosen_language() -> str:
    """The language that messages have now."""
    return _language


def _catalogue(domain: str, language: str) -> _gettext.NullTranslations:
    return _gettext.translation(domain, LOCALE_FOLDER, languages=[language], fallback=True)


def _(message: str) -> str:
    """The message in the chosen language."""
    return _translations.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark a message for translation where it is not yet shown."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for `number` things; Indonesian uses `singular` and `plural` as written."""
    return _translations.ngettext(singular, plural, number)
