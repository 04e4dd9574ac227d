"""Blocks read fast are counted as lines read one after the other are, whatever stands in them."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.views import store as store_module
from kpucli.views.addresses import Addresses, Target
from kpucli.views.recording import Recorder
from kpucli.views.store import read_store, write_store
from tests.views.logs import AGENTS, CHROME, FIRST, INSTAGRAM, ROBOTS, WIB, article_names
from tests.views.reference import Reference

NAMES = article_names(55)
NOW = datetime(2022, 4, 21, 12, tzinfo=WIB)
ADDRESSES = Addresses(
    {
        b"/kabar/lama.html": Target(NAMES[0], "2022-04-01", "9999-12-31"),
        **{f"/berita/{name}".encode(): Target(name, "2022-04-01", "9999-12-31") for name in NAMES},
        b"/berita/2022/ditarik": Target("2022/ditarik", "2022-04-18", "2022-04-19"),
    },
    (b"/berita/", b"/kabar/"),
)
KNOWN = f"/berita/{NAMES[0]}/"
FORGED = f'1.1.1.1 - - [18/Apr/2022:10:00:00 +0700] "GET {KNOWN} HTTP/1.1" 200 1 "-" "{AGENTS[0]}"'

clients = st.sampled_from(
    (
        "10.0.0.1",
        "10.0.0.2",
        "2001:db8:1:2::1",
        "2001:db8:1:2::9",
        "::ffff:10.0.0.1",
        "fe80::1%0",
        "pembaca.contoh.id",
        "-",
        "",
        "a:80",
        "x" * 60,
        "x" * 300,
        "10.0.0.1\t",
    )
)
users = st.sampled_from(["- -", "- -", "- -", "- humas", "- a b [1]", '- "x', "-", "- - [x]", ""])
days = st.sampled_from(["18/Apr/2022", "19/Apr/2022", "21/Apr/2022", "22/Apr/2022"] * 3
                       + ["31/Feb/2022", "01/Jan/1970", "17/Mar/2022", "18/apr/2022"])  # fmt: skip
clocks = st.sampled_from([":10:00:00", ":00:00:00", ":23:59:59", ":16:40:00", ":17:20:00"] * 2
                         + [":24:00:00", ":10:60:00", ":10:00:60", ":1:00:000", ""])  # fmt: skip
zones = st.sampled_from(["+0700"] * 5 + ["+0000", "-0330", "+0545", "+1400", "0700", "+07:0"])
paths = st.sampled_from(
    [f"/berita/{name}/" for name in NAMES[:3]] * 3
    + [KNOWN[:-1], f"{KNOWN}?a=b", f"{KNOWN}index.html", f"/berita/{NAMES[0][:-1]}%30/"]
    + ["/kabar/lama.html", "/berita/2022/ditarik/", "/robots.txt", "/robots.txt?1"]
    + ["/", "/gaya.css", "/berita/", KNOWN + "x" * 2000, KNOWN + "?" + "x" * 2000, KNOWN + '"']
)
requests = st.builds(
    "{} {}{}".format,
    st.sampled_from(["GET"] * 9 + ["POST", "HEAD", "get", "GET ", ""]),
    paths,
    st.sampled_from([" HTTP/1.1"] * 5 + [" HTTP/2.0", " HTTP/3", "", " ", ' \\"', " HTTP/1.1 x"]),
)
statuses = st.sampled_from(["200"] * 5 + ["304", "404", "206", "2000", "-"])
sizes = st.sampled_from(["512"] * 5 + ["-", "0", "", "x"])
texts = st.sampled_from(
    ["-", "https://contoh.id/", "", '\\"', "\\\\", "\\", FORGED, FORGED.replace('"', '\\"')]
)
agents = st.one_of(
    st.sampled_from(AGENTS[:2]),
    st.sampled_from([*AGENTS, *ROBOTS, INSTAGRAM + "\\", INSTAGRAM + '\\" x', INSTAGRAM + "\\\\"]),
    st.sampled_from([CHROME.format("1" * 500), CHROME.format("1" * 1100), '"', " ", ""]),
)
tails = st.sampled_from(
    [""] * 5 + [' "-"', ' "10.1.1.1" 0.001', "\r", "x", " ", ' "', " " + FORGED]
)
combined = st.builds(
    '{} {} [{}{} {}] "{}" {} {} "{}" "{}"{}'.format,
    clients, users, days, clocks, zones, requests, statuses, sizes, texts, agents, tails,
)  # fmt: skip
plain = st.builds(
    '{}{} - - [{} {}] "GET {} HTTP/1.1" 200 512 "-" "{}"{}'.format,
    st.sampled_from(["", "", "", "a.id:80 "]),
    clients,
    # Where midnight in the office is within an hour, and not.
    st.sampled_from(["18/Apr/2022:13:20:00", "18/Apr/2022:13:40:00", "18/Apr/2022:10:00:00"]),
    st.sampled_from(["+0700", "-0330", "-0330"]),
    paths,
    agents,
    st.sampled_from(["", "", f" {FORGED}"]),
)
common = st.builds(
    'a.id:443 {} {} [{}:10:00:00 +0700] "{}" {} {}{}'.format,
    clients, users, days, requests, statuses, sizes, st.sampled_from(["", " 0.1", '"', "\r"]),
)  # fmt: skip


def write_json(client: str, moment: str, path: str, agent: str, status: int, caddy: bool) -> str:
    if caddy:
        request = {"client_ip": client, "method": "GET", "uri": path,
                   "headers": {"User-Agent": [agent], "Referer": [KNOWN]}}  # fmt: skip
        return json.dumps({"ts": moment, "request": request, "status": status})
    return json.dumps({"time": moment, "remote_addr": client, "request": f"GET {path} HTTP/1.1",
                       "status": str(status), "http_user_agent": agent})  # fmt: skip


in_json = st.builds(
    write_json,
    clients.filter(bool),
    st.sampled_from(
        (
            "2022-04-18T10:00:00+07:00",
            "18/Apr/2022:10:00:00 +0700",
            "1650510000.25",
            "2022-04-18T20:00:00+00:00",
            "18/Apr/2022:20:10:00 -0330",
            "kemarin",
        )
    ),
    paths,
    agents,
    st.sampled_from([200, 304, 404]),
    st.booleans(),
)
usual = st.one_of(plain, plain, combined, common).map(str.encode)
cut = st.builds(lambda line, size: line[:size], st.one_of(usual, in_json.map(str.encode)),
                st.integers(0, 250))  # fmt: skip
joined = st.builds(lambda one, other: one + other, cut, usual)
junk = st.one_of(
    st.binary(max_size=100),
    st.sampled_from([b"\x1b]0;x\x07", b"<b>", b'x" y', b"{", b"{}", FORGED.encode() * 700,
                     b"x" * 70_000, b"x" * 140_000,
                     b'1.1.1.1 - - [18/Apr/2022:10:00:00 +0700] "GET /berita/']),
)  # fmt: skip


def storm(client: str, number: int, day: int, by_agent: bool) -> bytes:
    """One address with many browsers on an article, or one reader of many articles."""
    when = (FIRST + timedelta(day)).strftime("%d/%b/%Y:10:00:00 +0700")
    return b"\n".join(
        f'{client} - - [{when}] "GET /berita/{NAMES[0 if by_agent else each]}/ HTTP/1.1" 200 1'
        f' "-" "{CHROME.format(each if by_agent else 1)}"'.encode()
        for each in range(number)
    )


storms = st.builds(
    storm,
    st.sampled_from(["10.0.0.1", "2001:db8:1:2::1"]),
    st.sampled_from([49, 50, 51, 55]),
    st.integers(0, 2),
    st.booleans(),
)
lines = st.one_of(usual, usual, usual, usual, in_json.map(str.encode), cut, joined, junk, storms)
logs = st.lists(st.lists(lines, max_size=12).map(b"\n".join), min_size=1, max_size=4)


class Trickle(io.BytesIO):
    """A log that comes in small pieces, as from a pipe."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self._size = size

    def read(self, size: int | None = -1) -> bytes:
        """At most so many bytes as a piece has."""
        return super().read(min(self._size, size if size and size > 0 else self._size))


def check(parts: Sequence[bytes], size: int) -> None:
    """Count logs both ways, the last of them once more."""
    reference = Reference(ADDRESSES, NOW)
    with tempfile.TemporaryDirectory() as name, write_store(Path(name)) as store:
        store.begin()
        recorder = Recorder(store, ADDRESSES, NOW)
        for log in (*parts, parts[-1]):
            reference.take(log)
            recorder.take(Trickle(log, size), "log")
        standing, tally = store.count_open_days(), recorder.tally
        store.commit()
        views = {(day, article): count for day, article, count in read_store(Path(name))}
    assert views == reference.views()
    assert standing.counted == sum(views.values())
    assert tally.bots + standing.robots == reference.robots()
    assert (tally.lines, tally.untimely) == (reference.lines, reference.untimely)


@given(logs, st.sampled_from([1, 7, 100, 5000, 65536]), st.booleans())
def test_blocks_are_counted_as_lines_are(parts: list[bytes], size: int, is_ended: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Else one time in ten thousand two of a storm's browsers have the same hash.
        patch.setattr(store_module, "make_key", lambda: b"k" * 32)
        check([part + b"\n" * is_ended for part in parts], size)
