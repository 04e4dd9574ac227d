"""The findings as JUnit's XML, which most build servers show as failed tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kpucli.i18n import _
from kpucli.lint.finding import Finding
from kpucli.printable import printable

# What `printable` lets stand and XML 1.0 does not allow.
_NO_XML = re.compile("[\ufffe\uffff]")


def format(findings: Iterable[Finding]) -> str:  # noqa: A001 - every format is called so
    """A suite for each article, a test case for each finding; information passes."""
    by_article = groupby(findings, key=lambda finding: finding.path.as_posix())
    suites = [(path, list(group)) for path, group in by_article]
    every = [finding for _path, group in suites for finding in group]
    body = [line for path, group in suites for line in _suite(path, group)]
    if not suites:  # some servers take a report without any test for a broken one
        body = ['<testsuite name="kpucli lint" tests="1" failures="0">',
                f'<testcase name={_quoted(_("tidak ada temuan"))} classname="kpucli.lint"/>',
                "</testsuite>"]  # fmt: skip
    head = ['<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="kpucli lint" {_counts(every)}>']  # fmt: skip
    return "\n".join([*head, *body, "</testsuites>"]) + "\n"


def _suite(path: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"<testsuite name={_quoted(path)} {_counts(findings)}>"
    for finding in findings:
        place = f"{finding.line}:{finding.column}"
        name = _quoted(f"{finding.code} {finding.name} {place}")
        message = _quoted(finding.message)
        said = escape(_clean(f"{path}:{place}: {finding.message}"))
        yield f'<testcase name={name} classname={_quoted(path)} line="{finding.line}">'
        if finding.fails:
            yield f'<failure type="{finding.severity}" message={message}>{said}</failure>'
        else:
            yield f"<system-out>{said}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _counts(findings: Sequence[Finding]) -> str:
    failures = sum(finding.fails for finding in findings)
    return f'tests="{max(1, len(findings))}" failures="{failures}"'


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", printable(text))
