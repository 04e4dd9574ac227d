"""Timing whole processes in turn, so that a drifting machine hurts all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took: seconds, and the memory of its largest process (None: not known)."""

    wall: float
    cpu: float
    peak_mb: float | None = None


@dataclass
class Samples:
    """What the runs of one command took."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def add(self, usage: Usage) -> None:
        """Note what a run took."""
        self.wall.append(usage.wall)
        self.cpu.append(usage.cpu)
        if usage.peak_mb is not None:
            self.peak_mb.append(usage.peak_mb)

    def median(self, figure: str) -> float:
        """The median of `wall`, `cpu` (seconds) or `peak_mb`."""
        values: list[float] = getattr(self, figure)
        return statistics.median(values)


def _do_nothing() -> None:
    """Where a command leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, where it runs, and what takes back what it did, before it runs again."""

    arguments: Sequence[str]
    folder: Path
    undo: Callable[[], None] = _do_nothing


def run_in_turn(
    commands: Mapping[str, Sequence[str]], *, runs: int, folder: Path, environment: dict[str, str]
) -> dict[str, Samples]:
    """As `time_in_turn`, in one folder."""
    all_there = {name: Command(arguments, folder) for name, arguments in commands.items()}
    return time_in_turn(all_there, runs=runs, environment=environment)


def time_in_turn(
    commands: Mapping[str, Command], *, runs: int, environment: dict[str, str]
) -> dict[str, Samples]:
    """Each command once to warm up, then all in turn, `runs` times. Raises if one fails."""
    samples = {name: Samples() for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            usage = time_process(command.arguments, command.folder, environment)
            command.undo()
            if turn:
                samples[name].add(usage)
    return samples


def time_process(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Usage:
    """Run a command, its children counted too. Raises `RuntimeError` if it fails.

    The memory is never said to be less than this process has: keep it small.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {errors.decode(errors='replace')}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def make_table(samples: Mapping[str, Samples], yardstick: str) -> str:
    """Medians of each command, and their ratio to the yardstick's."""
    lines = [
        "| perintah | dinding (ms) | CPU (ms) | puncak (MB) | dinding, nisbah | CPU, nisbah |",
        "|---|---|---|---|---|---|",
    ]
    base = samples[yardstick]
    for name, sample in samples.items():
        wall, cpu = sample.median("wall"), sample.median("cpu")
        lines.append(
            f"| {name} | {wall * 1000:.0f} | {cpu * 1000:.0f} | {sample.median('peak_mb'):.0f} "
            f"| {wall / base.median('wall'):.3f} | {cpu / base.median('cpu'):.3f} |"
        )
    return "\n".join(lines)
