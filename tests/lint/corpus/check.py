"""Does the set still hold together? `python -m tests.lint.corpus.check` names what does not."""

import datetime
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kpucli.dates import MONTHS, WEEKDAYS

HERE = Path(__file__).parent
FULL_DATE = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})(?: \w+)?(?:,| tanggal)? \(?(\d{{1,2}})"
    rf"(?:/(\d{{1,2}})/| ({'|'.join(MONTHS)}) )(\d{{4}})\b"
)
SPACING = re.compile(r"(?<=\S)(?:  +|[\u00a0\t])| [,.;:!?](?=\s|[”\"]|$)")


def covered(labels: list[dict[str, Any]], line: int, start: int, rules: str) -> bool:
    """Whether a label of one of these rules covers this place."""
    return any(
        label["line"] == line
        and label["rule"] in rules
        and label["column"] - 1 <= start < label["column"] - 1 + len(label["text"])
        for label in labels
    )


def prose(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines below the front matter, without code and tables."""
    code = False
    for number, line in enumerate(lines[lines.index("+++", 1) + 1 :], lines.index("+++", 1) + 2):
        code ^= line.startswith("```")
        if not code and not line.startswith("|"):
            yield number, line


def faults(name: str, text: str, labels: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with one file and its labels."""
    lines = text.splitlines()
    tomllib.loads(text.split("+++")[1])
    for label in labels:
        start = label["column"] - 1
        found = lines[label["line"] - 1][start : start + len(label["text"])]
        if found != label["text"]:
            yield f"{name}:{label['line']}: {label['text']!r} is labelled, {found!r} stands there"
    for number, line in prose(lines):
        for match in SPACING.finditer(line):
            if not covered(labels, number, match.start(), "TBC001 TBC002"):
                yield f"{name}:{number}: space not labelled at column {match.start() + 1}"
        for match in FULL_DATE.finditer(line):
            day, date, figure, month, year = match.groups()
            number_of_month = int(figure) if figure else MONTHS.index(month) + 1
            try:
                right = (
                    WEEKDAYS[datetime.date(int(year), number_of_month, int(date)).weekday()] == day
                )
            except ValueError:
                right = covered(labels, number, match.start(), "TGL002")
            if right == covered(labels, number, match.start(), "TGL001"):
                yield f"{name}:{number}: weekday and label disagree: {match.group()}"


def main() -> int:
    """Print every fault; 1 if there are any."""
    labels = [json.loads(line) for line in (HERE / "labels.jsonl").read_text().splitlines()]
    split = json.loads((HERE / "split.json").read_text())
    names = sorted(path.name for path in HERE.glob("[0-9]*.md"))
    found = [
        fault
        for name in names
        for fault in faults(
            name,
            (HERE / name).read_text(encoding="utf-8"),
            [label for label in labels if label["file"] == name],
        )
    ]
    if sorted(split["tuned"] + split["held_out"]) != names:
        found.append("split.json and the folder do not name the same files")
    if strays := {label["file"] for label in labels} - set(names):
        found.append(f"labels for files that are not there: {sorted(strays)}")
    print("\n".join(found) or f"{len(names)} files, {len(labels)} labels, nothing wrong")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
