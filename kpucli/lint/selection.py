"""Which rules run: by code (`TBC001`), by group (`TBC`) or by name (`extra-space`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.lint.rule import REGISTERED, Rule


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    import kpucli.lint.rules  # noqa: F401 - registers them

    return tuple(REGISTERED[code] for code in sorted(REGISTERED))


def match_rules(pattern: str) -> tuple[Rule, ...]:
    """The rules that a code, group or name means, in whatever case; () if it means none."""
    wanted = pattern.strip().upper()
    return tuple(
        rule for rule in all_rules() if wanted in (rule.code, rule.group, rule.name.upper())
    )


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules in `select` (none: all) but those in `ignore`.

    A rule that is off by default runs only where its own code or name is selected. Raises
    `KpuError` for a pattern that means no rule.
    """
    chosen = set(_matching(select)) if select else {rule.code for rule in all_rules() if rule.on}
    chosen -= set(_matching(ignore, with_off=True))
    return tuple(rule for rule in all_rules() if rule.code in chosen)


def find_rule(pattern: str) -> Rule:
    """The one rule with this code or name. Raises `KpuError` if there is none."""
    rules = match_rules(pattern)
    if len(rules) != 1:
        raise unknown_rule(pattern)
    return rules[0]


def suggest_rule(pattern: str) -> str | None:
    """The code, group or name nearest to a pattern that means no rule."""
    from difflib import get_close_matches  # only where something is wrong

    rules = all_rules()
    known = {*(rule.code for rule in rules), *(rule.group for rule in rules)}
    near = get_close_matches(pattern.strip().upper(), sorted(known), n=1, cutoff=0.5)
    if near and near[0][:2] == pattern.strip().upper()[:2]:
        return near[0]
    near = get_close_matches(pattern.strip().lower(), [rule.name for rule in rules], n=1)
    return near[0] if near else None


def _matching(patterns: Iterable[str], *, with_off: bool = False) -> Iterable[str]:
    for pattern in patterns:
        rules = match_rules(pattern)
        if not rules:
            raise unknown_rule(pattern)
        is_group = pattern.strip().upper() == rules[0].group
        for rule in rules:
            if rule.on or with_off or not is_group:
                yield rule.code


def unknown_rule(pattern: str) -> KpuError:
    """The error for a pattern that means no rule, with the nearest that does."""
    near = suggest_rule(pattern)
    hint = (
        _("Mungkin maksudnya {near}.").format(near=near)
        if near
        else _("Tulis kode (TBC001), kelompok (TBC), atau nama aturan (extra-space).")
    )
    return KpuError(_("Aturan “{name}” tidak ada.").format(name=pattern), hint)
