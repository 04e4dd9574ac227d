"""Uploads that are cut off: no reader meets a cut file, and the next run finishes the work."""

from __future__ import annotations

import time

import pytest

from tests.upload.conftest import MakePlace
from tests.upload.disturbing import kill_clients, kill_servers
from tests.upload.places import make_site

STATES = {"old", "mixed", "new", "finished"}
# These servers remove a file before they put the new one in its place; what they are sent is whole.
REMOVES_FIRST = {"webdav", "s3"}


@pytest.mark.parametrize("kind", ["folder", "sftp", "ftps", "webdav", "s3"])
def test_killed_at_any_moment_no_file_is_cut_and_the_next_run_finishes(
    kind: str, make_place: MakePlace
) -> None:
    seen = kill_clients(make_place(kind), 3)
    assert seen.keys() <= STATES
    assert seen["finished"] == 3


@pytest.mark.parametrize("kind", ["sftp", "ftps", "webdav", "s3"])
def test_of_a_server_that_dies_all_files_are_whole_and_the_run_goes_on(
    kind: str, make_place: MakePlace
) -> None:
    seen = kill_servers(make_place(kind), 2)
    allowed = STATES | {"went on", "gave up"}
    assert seen.keys() <= (allowed | {"missing"} if kind in REMOVES_FIRST else allowed)
    assert seen["finished"] == 2


def test_what_was_sent_before_the_connection_was_lost_is_not_sent_again(
    make_place: MakePlace,
) -> None:
    place = make_place("webdav", "connections = 1\n")
    site = make_site("satu", 150)
    place.publish(site)
    process = place.begin()
    deadline = time.monotonic() + 30
    while len(place.read()) < 40 and time.monotonic() < deadline:
        time.sleep(0.01)
    place.server.kill()
    there = len(place.read())
    _out, err = process.communicate()
    assert process.returncode == 2
    assert "tidak dikirim lagi" in err.decode()
    place.server.start()
    told = place.upload_json()
    assert 39 <= told["resumed"] <= there
    assert told["sent"] + told["resumed"] == told["added"]
    assert place.read() == site
