"""Line parsers take any bytes, and what a server writes comes back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpucli.dates import ZONES
from kpucli.views.agents import is_robot
from kpucli.views.lines import find_requests, read_moment
from tests.views.logs import AGENTS, ROBOTS, write_line

WIB = ZONES["WIB"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=80)

MOMENTS = st.integers(900_000_000, 4_000_000_000).map(
    lambda unix: datetime.fromtimestamp(unix, UTC)
)


def escape(text: str) -> str:
    """As Apache writes what a client sent."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


@given(st.lists(st.binary(max_size=300), max_size=5), st.booleans())
@example([b'{"uri":"/berita/', b'{"request":{"uri":"/berita/"}}', b'"GET /berita/x'], True)
def test_no_bytes_are_an_error(parts: list[bytes], as_json: bool) -> None:
    start = b'{"uri":"/berita/' if as_json else b'a b c [x] "GET /berita/'
    block = b"".join(start + part.replace(b"\n", b"") + b"\n" for part in parts)
    for request in find_requests(block, [b"/berita/"]):
        assert request.path


@given(TEXT, TEXT, MOMENTS)
def test_a_servers_line_comes_back(referer: str, agent: str, moment: datetime) -> None:
    line = write_line(moment, "/berita/2022/apel/", referer=escape(referer), agent=escape(agent))
    (request,) = find_requests(line.encode(), [b"/berita/"])
    assert request.path == b"/berita/2022/apel/"
    assert request.agent == escape(agent).encode()
    assert read_moment(request.moment, WIB) == moment


@given(TEXT, TEXT)
def test_nothing_a_client_sends_looks_like_another_request(referer: str, agent: str) -> None:
    forged = 'GET /berita/2022/apel/ HTTP/1.1" 200 1 "-" "Mozilla'
    line = write_line(
        datetime(2022, 4, 18, tzinfo=UTC), "/x", status=404,
        referer=escape(referer + forged), agent=escape(forged + agent),
    )  # fmt: skip
    assert not list(find_requests(line.encode(), [b"/berita/"]))


@given(st.binary(max_size=40))
def test_a_time_is_read_or_refused(moment: bytes) -> None:
    try:
        found = read_moment(moment, WIB)
    except ValueError:
        return
    assert found.tzinfo is WIB


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_are_known(agent: str) -> None:
    assert is_robot(agent.encode())


@pytest.mark.parametrize("agent", AGENTS[::5] + AGENTS[-2:])
def test_browsers_are_not_programs(agent: str) -> None:
    assert not is_robot(agent.encode())


def test_every_agent_of_the_list_is_a_program() -> None:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    instances = [text for item in CRAWLER_USER_AGENTS_DATA for text in item.get("instances", ())]
    assert len(instances) > 1000
    assert not [text for text in instances if not is_robot(text.encode())]
