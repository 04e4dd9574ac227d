"""A program that publishes in children of its own and disturbs them: killed, or two at once.

`python -m tests.publish.disturb FOLDER ROUNDS kill|race exchange|files` prints what it saw as JSON.
It is a program so that children can be made by fork, without pytest's threads, and die for good.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from kpucli.errors import KpuError
from kpucli.publish import trees
from kpucli.publish.build import Publisher, stock_articles
from kpucli.publish.commit import lock_output
from kpucli.publish.generation import MARKER
from kpucli.publish.site import make_site
from kpucli.publish.store import INSIDE
from tests.publish.builds import CONFIG, NOW, build, series

ARTICLES = series(80)
NAMES = ("KPU Kota Lama", "KPU Kota Baru")  # on every page, so that every page changes


class Disturber:
    """Publishes two versions of a site in turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "public"
        self.versions = [build(ARTICLES, config=replace(CONFIG, name=name)) for name in NAMES]
        self.random = Random(2022)

    def publish(self, version: int) -> None:
        site = make_site(replace(CONFIG, name=NAMES[version]))
        with lock_output(self.output):
            Publisher(site, NOW, self.output).publish(stock_articles(ARTICLES))

    def start(self, version: int) -> int:
        """Publish in a child; its process number."""
        child = os.fork()
        if child:
            return child
        try:
            self.publish(version)
        except KpuError as error:
            os._exit(error.exit_code)
        os._exit(0)

    def look(self) -> str:
        """What is in the output folder."""
        found = {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file() and path.name != MARKER and INSIDE not in path.parts
        }
        for number, version in enumerate(self.versions):
            if found == version:
                return str(number)
        old, new = self.versions
        torn = [path for path, text in found.items() if text not in (old.get(path), new.get(path))]
        lost = [path for path in old.keys() & new.keys() if path not in found]
        return "torn" if torn or lost else "mixed"

    def kill(self, rounds: int) -> dict[str, object]:
        """Kill a publish that changes everything at random moments; what is there then."""
        self.publish(0)
        started = time.monotonic()
        os.waitpid(self.start(1), 0)
        duration = time.monotonic() - started
        seen: Counter[str] = Counter()
        version = 1
        for _round in range(rounds):
            before, after = version, 1 - version
            child = self.start(after)
            time.sleep(self.random.uniform(0, duration * 1.1))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found = self.look()
            seen["old" if found == str(before) else "new" if found == str(after) else found] += 1
            version = after if found == str(after) else before
        self.publish(1 - version)
        return {"seen": seen, "finished": self.look() == str(1 - version)}

    def race(self, rounds: int) -> dict[str, object]:
        """Two publishes of different versions at once; the site and the exit codes."""
        seen: Counter[str] = Counter()
        for _round in range(rounds):
            children = [self.start(version) for version in (0, 1)]
            codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
            found = self.look()
            fine = found in {"0", "1"} and codes[int(found)] == 0 and set(codes) <= {0, 2}
            seen["fine" if fine else f"{found} {codes}"] += 1
        return {"seen": seen}


def refuse_exchange(first: str, second: str) -> None:
    raise OSError(errno.EINVAL, "tidak dapat", second)


def main(folder: str, rounds: str, how: str, way: str) -> None:
    if way == "files":
        vars(trees)["exchange"] = refuse_exchange
    disturber = Disturber(Path(folder))
    result = disturber.kill(int(rounds)) if how == "kill" else disturber.race(int(rounds))
    print(json.dumps(result | {"left": sorted(os.listdir(folder))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
