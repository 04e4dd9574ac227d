"""Line parsers take any bytes, and what a server writes comes back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from hypothesis import example, given
from hypothesis import strategies as st

from kpucli.dates import ZONES
from kpucli.views.agents import is_robot
from kpucli.views.lines import Request, RequestFinder
from kpucli.views.moments import read_moment
from tests.views.logs import AGENTS, CHROME, FIRST, ROBOTS, write_line

WIB = ZONES["WIB"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=80)

MOMENTS = st.integers(900_000_000, 4_000_000_000).map(
    lambda unix: datetime.fromtimestamp(unix, UTC)
)


def escape(text: str) -> str:
    """As Apache writes what a client sent."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def find_requests(block: bytes) -> list[Request]:
    """The requests in a block, the same whether lines stand before it or not."""
    finder = RequestFinder([b"/berita/"])
    requests = list(finder.find(block))
    assert list(finder.find(b"\n" * 100 + block)) == requests
    return requests


@given(st.lists(st.binary(max_size=300), max_size=5), st.booleans())
@example([b'{"uri":"/berita/', b'{"request":{"uri":"/berita/"}}', b'"GET /berita/x'], True)
def test_no_bytes_are_an_error(parts: list[bytes], as_json: bool) -> None:
    start = b'{"uri":"/berita/' if as_json else b'a b c [x] "GET /berita/'
    block = b"".join(start + part.replace(b"\n", b"") + b"\n" for part in parts)
    for _address, _hour, _rest, path, _agent in find_requests(block):
        assert path


@given(TEXT, TEXT, MOMENTS)
@example("-", 'c" "d', datetime(2022, 4, 18, tzinfo=UTC))
@example('a" "b', 'c" "d', datetime(2022, 4, 18, tzinfo=UTC))
@example("\\", "Mozilla/5.0 \\", datetime(2022, 4, 18, tzinfo=UTC))
def test_a_servers_line_comes_back(referer: str, agent: str, moment: datetime) -> None:
    line = write_line(moment, "/berita/2022/apel/", referer=escape(referer), agent=escape(agent))
    ((_address, hour, rest, path, found),) = find_requests(line.encode())
    assert path == b"/berita/2022/apel/"
    assert found == escape(agent).encode()
    assert read_moment(hour + rest, WIB) == moment


@pytest.mark.parametrize(
    "before",
    ["", "kpu.contoh.go.id:443 ", "x" * 300 + "\n", "\n", write_line(FIRST, "/berita/2022/rapat/")],
)
@pytest.mark.parametrize("address", ["10.0.0.1", "2001:db8::1", "pembaca.contoh.id", "x" * 200])
@pytest.mark.parametrize(
    "after", ["", "\r", ' "-"', ' "10.1.1.1" 0.1', ' x] "GET /berita/x" 200 1']
)
def test_the_address_is_the_clients(before: str, address: str, after: str) -> None:
    line = write_line(FIRST, "/berita/2022/apel/", address=address).removesuffix("\n")
    requests = find_requests(f"{before}{line}{after}\n".encode())
    assert len(requests) == 1 + ("rapat" in before)
    assert requests[-1][0] == address.encode()
    assert requests[-1][4] == CHROME.format(100).encode()


def test_json_and_other_lines_may_be_mixed() -> None:
    written = {
        "remote_addr": "10.0.0.2", "time": "2022-04-18T10:00:00+07:00", "status": 200,
        "request": "GET /berita/2022/apel/ HTTP/1.1", "http_user_agent": AGENTS[0],
    }  # fmt: skip
    line = write_line(FIRST, "/berita/2022/apel/")
    common = line.partition(' "-" "')[0] + "\n"
    block = "".join((line, json.dumps(written), "\n", common, json.dumps(written), "\n", line))
    addresses = [request[0] for request in find_requests(block.encode())]
    assert addresses == [b"10.0.0.1", b"10.0.0.2", b"10.0.0.1", b"10.0.0.2", b"10.0.0.1"]


def test_a_line_that_was_cut_off_takes_nothing_from_the_next() -> None:
    whole = write_line(FIRST, "/berita/2022/apel/")
    for size in range(1, len(whole) - 1):
        for following in (whole, 'x" y\n', f'x" "y" z {whole}'):
            expected = find_requests(following.encode())
            cut = find_requests(f"{whole[:size]}\n{following}".encode())
            assert [request for request in cut if request[4] is not None] == expected


@given(TEXT, TEXT)
def test_nothing_a_client_sends_looks_like_another_request(referer: str, agent: str) -> None:
    forged = 'GET /berita/2022/apel/ HTTP/1.1" 200 1 "-" "Mozilla'
    line = write_line(
        datetime(2022, 4, 18, tzinfo=UTC), "/x", status=404,
        referer=escape(referer + forged), agent=escape(forged + agent),
    )  # fmt: skip
    assert not find_requests(line.encode())


@given(st.binary(max_size=40))
def test_a_time_is_read_or_refused(moment: bytes) -> None:
    try:
        found = read_moment(moment, WIB)
    except ValueError:
        return
    assert found.tzinfo is WIB


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        (b"21/Apr/2022:10:00:00 +0700", "2022-04-21T03:00:00"),
        (b"21/Apr/2022:10:00:59 -0330", "2022-04-21T13:30:59"),
        (b"01/Jan/2022:00:07:00 +0545", "2021-12-31T18:22:00"),
        (b"29/Feb/2024:23:59:59 +0007", "2024-02-29T23:52:59"),
        (b"2022-04-21T10:00:00Z", "2022-04-21T10:00:00"),
        (b"2022/04/21 10:00:00", "2022-04-21T03:00:00"),
        (b"1650510000", "2022-04-21T03:00:00"),
        (b"1650510000.25", "2022-04-21T03:00:00.250000"),
        (b"1650510000250", "2022-04-21T03:00:00.250000"),
        (b"1650510000250000", "2022-04-21T03:00:00.250000"),
        (b"31/Feb/2022:10:00:00 +0700", None),
        (b"21/Mei/2022:10:00:00 +0700", None),
        (b"21/Apr/2022:10:00:00", None),
        (b"21/Apr/2022:24:00:00 +0700", None),
        (b"12345678", None),
        (b"9" * 400, None),
    ],
)
def test_moments_as_logs_write_them(moment: bytes, utc: str | None) -> None:
    try:
        found = read_moment(moment, WIB).astimezone(UTC)
    except ValueError:
        assert utc is None
    else:
        assert found.replace(tzinfo=None).isoformat() == utc


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_are_known(agent: str) -> None:
    assert is_robot(agent.encode())


@pytest.mark.parametrize("agent", AGENTS[::5] + AGENTS[-2:])
def test_browsers_are_not_programs(agent: str) -> None:
    assert not is_robot(agent.encode())


INSTANCES = [text for item in CRAWLER_USER_AGENTS_DATA for text in item.get("instances", ())]
PATTERNS = re.compile("|".join(f"(?:{item['pattern']})" for item in CRAWLER_USER_AGENTS_DATA))


def test_every_agent_of_the_list_is_a_program() -> None:
    assert len(INSTANCES) > 1000
    assert not [text for text in INSTANCES if not is_robot(text.encode())]


@given(st.sampled_from(INSTANCES), st.integers(0, 100), st.integers(1, 100))
def test_the_list_is_searched_as_its_patterns_say(text: str, start: int, length: int) -> None:
    agent = "Mozilla/5.0 (Linux) " + text[start : start + length]
    assert is_robot(agent.encode()) == (PATTERNS.search(agent) is not None)
