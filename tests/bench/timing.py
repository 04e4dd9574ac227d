"""Timing whole processes in turn, so that a drifting machine hurts all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Samples:
    """What the runs of one command took."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def median(self, figure: str) -> float:
        """The median of `wall`, `cpu` (seconds) or `peak_mb`."""
        values: list[float] = getattr(self, figure)
        return statistics.median(values)


def run_in_turn(
    commands: Mapping[str, Sequence[str]], *, runs: int, folder: Path, environment: dict[str, str]
) -> dict[str, Samples]:
    """Each command once to warm up, then all in turn, `runs` times. Raises if one fails."""
    samples = {name: Samples() for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            wall, cpu, peak = _run(command, folder, environment)
            if turn:
                samples[name].wall.append(wall)
                samples[name].cpu.append(cpu)
                samples[name].peak_mb.append(peak)
    return samples


def _run(
    command: Sequence[str], folder: Path, environment: dict[str, str]
) -> tuple[float, float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {errors.decode(errors='replace')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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
            f"| {wall / base.median('wall'):.2f} | {cpu / base.median('cpu'):.2f} |"
        )
    return "\n".join(lines)
