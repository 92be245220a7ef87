"""The script that other sites load: small, the same for good where it was released, readable everywhere."""

import gzip
from base64 import b64encode
from hashlib import sha384
from pathlib import Path

import pytest

from events.widget.script_pages import version_of
from tests.people import Calendar

STATIC = Path(__file__).parents[3] / "static/widget"
SCRIPT = (STATIC / "widget.js").read_bytes()
RELEASED = sorted((STATIC / "released").glob("widget-*.js"))
CHECKSUMS = {"widget-1.0.0.js": "sha384-Bf52LKu3yBgYBfnk2AaZVmVp8/Yq606QWMxHoUg+lHWTN0qm8TltRdZF+B02z/tp"}
"""Every release with what sites that pinned it have in their pages. Lines are added here, never changed."""


def integrity(script: bytes) -> str:
    """What a page names to have the browser check a script."""
    return f"sha384-{b64encode(sha384(script).digest()).decode()}"


def test_a_release_is_never_changed_and_never_removed() -> None:
    assert {path.name: integrity(path.read_bytes()) for path in RELEASED} == CHECKSUMS


def test_the_script_of_today_is_the_last_release() -> None:
    assert (STATIC / f"released/widget-{version_of(SCRIPT)}.js").read_bytes() == SCRIPT


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
def test_every_release_names_itself_and_is_small_as_it_is_sent(sqlite_calendar: Calendar, path: Path) -> None:
    plain = sqlite_calendar.get(f"/{path.name}")
    packed = sqlite_calendar.get(f"/{path.name}", accept_encoding="gzip")

    assert f"widget-{version_of(path.read_bytes())}.js" == path.name
    assert (plain.content, packed.content) == (path.read_bytes(), path.read_bytes())
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) <= 3000


def test_a_release_is_kept_for_good_and_the_script_of_today_briefly(sqlite_calendar: Calendar) -> None:
    released, today = sqlite_calendar.get(f"/{RELEASED[0].name}"), sqlite_calendar.get("/widget.js")

    assert [answer.headers["cache-control"] for answer in (released, today)] == [
        "public, max-age=31536000, immutable",
        "public, max-age=300",
    ]
    for answer in (released, today):
        assert {name: answer.headers[name] for name in ("access-control-allow-origin", "content-type", "vary")} == {
            "access-control-allow-origin": "*",
            "content-type": "text/javascript; charset=utf-8",
            "vary": "Accept-Encoding",
        }
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        again = sqlite_calendar.get(str(answer.url.path), if_none_match=answer.headers["etag"])
        assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*")


@pytest.mark.parametrize("version", ["0.0.0", "1", "1.0.0.js", "..%2Fwidget", "%2e%2e/widget", "1.0.0%00"])
def test_no_other_version_exists(sqlite_calendar: Calendar, version: str) -> None:
    assert sqlite_calendar.get(f"/widget-{version}.js").status_code == 404


def test_the_style_is_small_too_and_asks_for_nothing() -> None:
    style = (STATIC / "widget.css").read_text("utf-8")

    assert len(gzip.compress(style.encode())) <= 2000
    assert [word for word in ("url(", "@import", "@font-face", "<") if word in style] == []


def test_the_scripts_keep_nothing_and_write_no_markup() -> None:
    source = "".join(path.read_text("utf-8") for path in [*STATIC.glob("*.js"), *RELEASED])
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "cookie", "localStorage",
                 "sessionStorage", "indexedDB", "eval(", "new Function")  # fmt: skip

    assert [word for word in forbidden if word in source] == []
