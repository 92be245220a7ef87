"""Answers that need not be sent twice: tags, dates, 304."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from starlette.requests import Request

from web.responses import answer, plain_text

BODY = "Äänimaailma".encode()
TAG = f'"{sha256(BODY).hexdigest()[:32]}"'
CHANGED = datetime(2026, 12, 1, 7, 0, 0, 999_999, tzinfo=UTC)
DATE = "Tue, 01 Dec 2026 07:00:00 GMT"


def request(**headers: str) -> Request:
    """A GET with these headers."""
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_an_answer_says_what_it_is_and_until_when_to_believe_it() -> None:
    found = answer(request(), BODY, "text/plain; charset=utf-8", last_modified=CHANGED, headers={"Vary": "X"})

    assert (found.status_code, found.body, dict(found.headers)) == (
        200,
        BODY,
        {
            "etag": TAG,
            "cache-control": "public, max-age=0, must-revalidate",
            "vary": "X",
            "last-modified": DATE,
            "content-type": "text/plain; charset=utf-8",
            "content-length": str(len(BODY)),
        },
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"if_none_match": TAG}, 304),
        ({"if_none_match": f'"other", W/{TAG}'}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"other"'}, 200),
        ({"if_none_match": TAG.strip('"')}, 200),
        ({"if_none_match": ""}, 200),
        ({"if_modified_since": DATE}, 304),
        ({"if_modified_since": "Wed, 02 Dec 2026 00:00:00 GMT"}, 304),
        ({"if_modified_since": "Tue, 01 Dec 2026 06:59:59 GMT"}, 200),
        ({"if_modified_since": "Tue, 01 Dec 2026 09:00:00 +0200"}, 304),
        ({"if_modified_since": "banana"}, 200),
        ({"if_modified_since": "Tue, 99 Dec 99999 07:00:00 GMT"}, 200),
        ({"if_none_match": '"other"', "if_modified_since": DATE}, 200),
        ({"if_none_match": TAG, "if_modified_since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 304),
    ],
)
def test_a_client_that_has_these_bytes_gets_none(headers: dict[str, str], status: int) -> None:
    found = answer(request(**headers), BODY, "text/plain", last_modified=CHANGED)

    assert (found.status_code, found.body) == (status, BODY if status == 200 else b"")
    assert {name: found.headers[name] for name in ("etag", "last-modified", "cache-control")} == {
        "etag": TAG,
        "last-modified": DATE,
        "cache-control": "public, max-age=0, must-revalidate",
    }


def test_without_a_date_of_its_own_an_answer_is_never_old_enough() -> None:
    assert answer(request(if_modified_since=DATE), BODY, "text/plain").status_code == 200


def test_one_changed_byte_is_another_tag() -> None:
    later = CHANGED + timedelta(days=1)

    same, other = (answer(request(), body, "text/plain", last_modified=later) for body in (BODY, BODY + b"!"))

    assert (same.headers["etag"], other.headers["etag"] == TAG) == (TAG, False)


def test_programs_get_a_plain_sentence() -> None:
    found = plain_text("Ei löydy", 404, {"Cache-Control": "no-store"})

    assert (found.status_code, bytes(found.body).decode(), found.headers["content-type"]) == (
        404,
        "Ei löydy\n",
        "text/plain; charset=utf-8",
    )
