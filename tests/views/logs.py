"""Access logs made up from a seed, and what they must be counted as."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kpucli.dates import ZONES

WIB = ZONES["WIB"]
FIRST = datetime(2022, 4, 18, tzinfo=WIB)
_ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_ENGINE} Chrome/{{}}.0.0.0 Safari/537.36"
PHONE = f"Mozilla/5.0 (Linux; Android 10; K) {_ENGINE} Chrome/{{}}.0.0.0 Mobile Safari/537.36"
INSTAGRAM = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Mobile/15E148 Instagram 230.0.0.15.119"
)
FACEBOOK = (
    f"Mozilla/5.0 (Linux; Android 12; SM-A525F) {_ENGINE} Version/4.0 Chrome/99.0.4844.88"
    " Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/360.0.0.30.113;]"
)
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.22.9.78 A",
    "python-requests/2.27.1",
    "curl/7.81.0",
    "Mozilla/5.0",
    "-",
)  # fmt: skip
AGENTS = (
    *(CHROME.format(n) for n in range(90, 101)),
    *(PHONE.format(n) for n in range(90, 101)),
    INSTAGRAM,
    FACEBOOK,
)


def write_line(
    moment: datetime,
    path: str,
    *,
    address: str = "10.0.0.1",
    agent: str = CHROME.format(100),
    method: str = "GET",
    status: int = 200,
    referer: str = "-",
) -> str:
    """A line in the combined log format."""
    when = moment.strftime("%d/%b/%Y:%H:%M:%S %z")
    return (
        f'{address} - - [{when}] "{method} {path} HTTP/1.1" {status} 5120 "{referer}" "{agent}"\n'
    )


@dataclass
class Labelled:
    """Lines in order of time, and the views by day and article that they are."""

    lines: list[tuple[datetime, str]] = field(default_factory=list)
    views: Counter[tuple[str, str]] = field(default_factory=Counter)
    bots: int = 0

    def text(self) -> str:
        """The log."""
        return "".join(line for _moment, line in sorted(self.lines))


def make_labelled(articles: Sequence[str], *, seed: int = 2022, readers: int = 500) -> Labelled:
    """A week of readers, robots, storms and junk, with every view labelled.

    `articles` are `YYYY/slug`, at least sixty, all dated before the week.
    """
    dice, log = random.Random(seed), Labelled()
    for number in range(readers):
        _add_reader(log, dice, articles, f"103.10.{number // 250}.{number % 250}")
    for agent in ROBOTS:
        for article in dice.sample(articles, 10):
            log.bots += 1
            log.lines.append(_line(dice, f"/berita/{article}/", address="66.249.1.1", agent=agent))
    _add_storm(log, dice, articles[0])
    _add_hidden_robots(log, dice, articles)
    _add_junk(log, dice, articles)
    return log


def _moment(dice: random.Random) -> datetime:
    return FIRST + timedelta(seconds=dice.randrange(7 * 86_400))


def _line(dice: random.Random, path: str, **fields: str) -> tuple[datetime, str]:
    moment = _moment(dice)
    return moment, write_line(moment, path, **fields)  # type: ignore[arg-type]


def _add_reader(log: Labelled, dice: random.Random, articles: Sequence[str], address: str) -> None:
    """Somebody who reads some articles, some of them twice in a day, and gets their assets."""
    agent = dice.choice(AGENTS)
    for article in dice.sample(articles, dice.randint(1, 4)):
        moment = _moment(dice)
        log.views[moment.date().isoformat(), article] += 1
        path = dice.choice(
            (f"/berita/{article}/",) * 6
            + (f"/berita/{article}", f"/berita/{article}/?fbclid=a%20b")
        )
        status = dice.choice((200, 200, 304))
        line = write_line(moment, path, address=address, agent=agent, status=status)
        log.lines.append((moment, line))
        midnight = moment.replace(hour=23, minute=59, second=59)
        again = min(moment + timedelta(seconds=dice.randrange(600)), midnight)
        if dice.random() < 0.3:
            log.lines.append((again, write_line(again, path, address=address, agent=agent)))
        referer = f"https://kpu.contoh.go.id/berita/{article}/"
        log.lines.append(
            (moment, write_line(moment, "/gaya.css", address=address, agent=agent, referer=referer))
        )


def _add_storm(log: Labelled, dice: random.Random, article: str) -> None:
    """One reader who reloads, one who changes the end of an IPv6 address: a view each."""
    moment = FIRST + timedelta(days=1, hours=9)
    for number in range(300):
        here = moment + timedelta(seconds=number)
        log.lines.append((here, write_line(here, f"/berita/{article}/", address="114.1.1.1")))
        tail = f"2001:db8:1:2:{dice.randrange(65536):x}::{number:x}"
        log.lines.append((here, write_line(here, f"/berita/{article}/?r={number}", address=tail)))
    log.views[moment.date().isoformat(), article] += 2


def _add_hidden_robots(log: Labelled, dice: random.Random, articles: Sequence[str]) -> None:
    """Programs that call themselves browsers: too many articles, agents, or robots.txt."""
    start = FIRST + timedelta(days=2, hours=3)
    for number, article in enumerate(articles[:60]):
        here = start + timedelta(seconds=number)
        log.lines.append((here, write_line(here, f"/berita/{article}/", address="45.1.1.1")))
        agent = CHROME.format(f"{number}.{dice.randrange(10_000)}")
        storm = write_line(here, f"/berita/{articles[1]}/", address="45.2.2.2", agent=agent)
        log.lines.append((here, storm))
    log.lines.append((start, write_line(start, "/robots.txt", address="45.3.3.3")))
    for number in range(5):
        here = start + timedelta(hours=number)
        path = f"/berita/{articles[number]}/"
        log.lines.append((here, write_line(here, path, address="45.3.3.3")))
    log.bots += 60 + 60 + 5


def _add_junk(log: Labelled, dice: random.Random, articles: Sequence[str]) -> None:
    """Lines that are no view."""
    known = f"/berita/{articles[0]}/"
    forged = f'GET {known} HTTP/1.1\\" 200 1 \\"-\\" \\"{CHROME.format(1)}'
    fields: list[dict[str, object]] = [
        {"path": known, "status": 404},
        {"path": known, "status": 301},
        {"path": known, "method": "HEAD"},
        {"path": known, "method": "POST"},
        {"path": "/berita/2022/tidak-ada/"},
        {"path": "/berita/../../etc/passwd"},
        {"path": "/\\x1b[31m<script>alert(1)</script>"},
        {"path": "/x", "referer": f"GET {known} HTTP/1.1"},
        {"path": "/x", "status": 404, "agent": forged},
        {"path": f"http://lain.example{known}"},
    ]  # fmt: skip
    for number, some in enumerate(fields * 5):
        moment = _moment(dice)
        address = f"9.9.9.{number}"
        line = write_line(moment, address=address, **some)  # type: ignore[arg-type]
        log.lines.append((moment, line))
    for text in (
        "\x1b]0;judul\x07\n",
        "<html>\n",
        "\0" * 100 + "\n",
        "x" * 1_000_000 + "\n",
        '"GET /berita/\n',
        "\n",
    ):
        log.lines.append((_moment(dice), text))


def article_names(count: int) -> list[str]:
    """Names of articles that were there before the week."""
    return [f"2022/berita-{number:03}" for number in range(count)]


def make_bulk(
    count: int, *, articles: Sequence[str], days: int = 30, seed: int = 1
) -> Iterator[str]:
    """Lines of a busy site: a tenth are articles, a tenth of these asked for by robots."""
    dice = random.Random(seed)
    assets = (
        "/gaya.3f2a91bc77.css",
        "/logo.svg",
        "/foto/kegiatan-1280.webp",
        "/",
        "/favicon.ico",
        "/umpan.atom",
    )
    addresses = [
        ".".join(str(dice.randrange(1, 224)) for _part in range(4)) for _reader in range(20_000)
    ]
    paths = [f"/berita/{article}/" for article in articles]
    step = days * 86_400 / count
    for number in range(count):
        moment = FIRST + timedelta(seconds=int(number * step))
        address = dice.choice(addresses)
        agent = AGENTS[hash_of(address) % len(AGENTS)]
        kind = dice.random()
        page = paths[int(len(paths) * dice.random() ** 2)]
        if kind < 0.09:
            yield write_line(moment, page, address=address, agent=agent)
        elif kind < 0.10:
            yield write_line(moment, page, address=address, agent=dice.choice(ROBOTS))
        elif kind < 0.95:
            referer = f"https://kpu.contoh.go.id{page}"
            yield write_line(
                moment, dice.choice(assets), address=address, agent=agent, referer=referer
            )
        else:
            yield write_line(moment, "/wp-login.php", address=address, agent=agent, status=404)


def hash_of(text: str) -> int:
    """A number that stays the same from run to run."""
    return sum(map(ord, text))
