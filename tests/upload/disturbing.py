"""Uploads that are killed somewhere on the way, or whose server is; and what was seen then."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from random import Random

from kpucli.upload.record import CLAIM
from tests.upload.places import Place, find_faults, make_site

VERSIONS = [make_site("satu", 40), make_site("dua", 40)]


def kill_clients(place: Place, kills: int) -> Counter[str]:
    """Kill so many uploads of two sites in turn, each while it writes, and finish each.

    Counts what was there after the kill (`old`, `mixed` or `new`), and the faults.
    """
    seen: Counter[str] = Counter()
    most, random = _measure(place), Random(place.server.kind)
    for number in range(kills):
        process = _begin(place, number % 2)
        time.sleep(random.uniform(0, most))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        time.sleep(0.05)  # what is on the way arrives
        _look(place, number % 2, seen)
        _finish(place, number % 2, seen)
    return seen


def kill_servers(place: Place, kills: int) -> Counter[str]:
    """As `kill_clients`, but for servers, which are started again at once."""
    seen: Counter[str] = Counter()
    most, random = _measure(place), Random(place.server.kind)
    for number in range(kills):
        process = _begin(place, number % 2)
        time.sleep(random.uniform(0, most))
        place.server.kill()
        _look(place, number % 2, seen)
        place.server.start()
        process.communicate()
        seen["went on" if process.returncode == 0 else "gave up"] += 1
        _finish(place, number % 2, seen)
    return seen


def _measure(place: Place) -> float:
    """How long an upload writes."""
    place.publish(VERSIONS[0])
    place.upload()
    process = _begin(place, 1)
    started = time.monotonic()
    process.communicate()
    return time.monotonic() - started


def _begin(place: Place, version: int) -> subprocess.Popen[bytes]:
    """An upload that has begun to write: nothing can be broken before."""
    place.publish(VERSIONS[version])
    process = place.begin()
    claim = place.server.place / CLAIM
    while not claim.exists() and process.poll() is None:
        time.sleep(0.0005)
    return process


def _look(place: Place, version: int, seen: Counter[str]) -> None:
    before, after = VERSIONS[1 - version], VERSIONS[version]
    found = place.read()
    state = [found.items() >= site.items() for site in (before, after)]
    seen["new" if state[1] else "old" if state[0] else "mixed"] += 1
    for fault in find_faults(found, before, after):
        seen[fault.partition(":")[0]] += 1


def _finish(place: Place, version: int, seen: Counter[str]) -> None:
    """The next run, after which all must be as it should."""
    place.upload()
    found = place.read()
    is_done = found.items() >= VERSIONS[version].items()
    is_tidy = not list(place.server.place.glob(".kpucli-k*"))
    faults = find_faults(found, {}, VERSIONS[version])
    seen["finished" if is_done and is_tidy and not faults else "not finished"] += 1
