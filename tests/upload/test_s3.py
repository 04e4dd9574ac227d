"""S3: signatures as botocore's, and what the storage says of each file."""

from __future__ import annotations

import gzip
import http.client
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpucli.upload.s3_signature import Request, sign
from tests.upload.conftest import MakePlace
from tests.upload.places import Place

NOW = datetime(2022, 4, 20, 15, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
PATHS = st.lists(WORDS.filter(lambda word: word not in (".", "..")), min_size=1).map("/".join)
VALUES = st.text(st.sampled_from("abc XYZ019;,=/+-_."), min_size=1, max_size=12).map(str.strip)


@given(
    method=st.sampled_from(["GET", "PUT", "DELETE"]),
    path=PATHS,
    query=st.dictionaries(WORDS, WORDS, max_size=3),
    headers=st.dictionaries(st.sampled_from(["Content-Type", "If-None-Match"]), VALUES),
    session=st.sampled_from(["", "sesi"]),
)
def test_a_request_is_signed_as_botocore_signs_it(
    method: str, path: str, query: dict[str, str], headers: dict[str, str], session: str
) -> None:
    request = Request(method, "s3.example:9000", f"/{path}", query, headers, "0" * 64)
    signed = sign(request, "kunci", "rahasia", session, "ap-southeast-3", NOW)
    assert signed["Authorization"] == sign_by_botocore(request, headers, session)


def sign_by_botocore(request: Request, headers: dict[str, str], session: str) -> Any:
    from unittest.mock import patch

    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    address = f"https://{request.host}{request.address}"
    other = AWSRequest(method=request.method, url=address, headers=headers)
    other.headers["X-Amz-Content-SHA256"] = request.payload
    other.context["payload_signing_enabled"] = True
    signer = S3SigV4Auth(Credentials("kunci", "rahasia", session or None), "s3", "ap-southeast-3")
    with (
        patch("botocore.auth.get_current_datetime", return_value=NOW.replace(tzinfo=None)),
        patch.object(signer, "payload", return_value=request.payload),
    ):
        signer.add_auth(other)
    return other.headers["Authorization"]


def get(place: Place, path: str) -> tuple[dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", place.server.port)
    connection.request("GET", f"/situs/{path}")
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return {name.lower(): value for name, value in answer.getheaders()}, body


SITE = {
    "index.html": "Beranda",
    "gaya.512b63d25f.css": "body{}",
    "umpan.atom": "<feed/>",
    "berita/2022/apel/foto-800.1f3a5c7e9b.avif": "foto",
    "lama/index.html": '<meta http-equiv="refresh" content="0; url=/berita/2022/apel/?a=1&amp;b">',
}


def test_the_storage_says_what_a_browser_and_a_cdn_need(make_place: MakePlace) -> None:
    place = make_place("s3-headers", 'compress = "encoded"\n')
    place.publish(SITE)
    place.upload()
    headers, body = get(place, "index.html")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "public, max-age=60"
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"Beranda"
    headers, _body = get(place, "gaya.512b63d25f.css")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    headers, body = get(place, "berita/2022/apel/foto-800.1f3a5c7e9b.avif")
    assert headers["content-type"] == "image/avif"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "content-encoding" not in headers
    assert body == b"foto"
    headers, _body = get(place, "umpan.atom")
    assert headers["content-type"].startswith("application/atom+xml")
    headers, _body = get(place, "lama/index.html")
    assert headers["x-amz-website-redirect-location"] == "/berita/2022/apel/?a=1&b"
    assert place.upload_json("--verify")["sent"] == 0


def test_without_keys_or_with_wrong_ones_it_says_so(make_place: MakePlace) -> None:
    place = make_place("s3")
    place.publish(SITE)
    assert (
        "AWS_ACCESS_KEY_ID"
        in place.upload(code=2, AWS_ACCESS_KEY_ID="", HOME=str(place.office.folder)).err
    )
    assert "403" in place.upload(code=2, AWS_SECRET_ACCESS_KEY="salah").err
