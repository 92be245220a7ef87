"""Style sheet and script: one file each, under an address that changes with what it holds."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.people import Calendar
from web.assets import Assets

STATIC = Path(__file__).parents[2] / "static"
HTMX = "vendor/htmx-4.0.1.min.js"
HTMX_SHA256 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
IMMUTABLE = "public, max-age=31536000, immutable"
BRIEF = "public, max-age=300"


def test_the_script_from_elsewhere_is_the_one_that_was_read_and_its_licence_lies_beside_it() -> None:
    assert sha256((STATIC / HTMX).read_bytes()).hexdigest() == HTMX_SHA256
    assert (STATIC / "vendor" / "LICENSE.htmx").read_text("utf-8").startswith("Zero-Clause BSD")


def test_the_style_sheet_is_all_sheets_in_the_order_of_their_names(sqlite_calendar: Calendar) -> None:
    sheets = sorted((STATIC / "css").glob("*.css"), key=lambda path: path.name)

    answer = sqlite_calendar.get(sqlite_calendar.site.assets.url("site.css"))

    assert len(sheets) > 5
    assert answer.content == b"\n".join(sheet.read_bytes() for sheet in sheets)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/css; charset=utf-8", IMMUTABLE)


def test_the_address_under_its_hash_may_be_kept_for_good_and_others_briefly(sqlite_calendar: Calendar) -> None:
    hashed = sqlite_calendar.site.assets.url(HTMX)
    assert hashed == f"/static/{HTMX_SHA256[:12]}/{HTMX}"

    paths = (hashed, f"/static/{HTMX}", f"/static/{'0' * 12}/{HTMX}")
    answers = [sqlite_calendar.get(path) for path in paths]

    assert [answer.headers["cache-control"] for answer in answers] == [IMMUTABLE, BRIEF, BRIEF]
    assert {sha256(answer.content).hexdigest() for answer in answers} == {HTMX_SHA256}
    assert {answer.headers["content-type"] for answer in answers} == {"text/javascript; charset=utf-8"}


def test_a_file_comes_packed_for_who_takes_that_under_a_tag_of_its_own(sqlite_calendar: Calendar) -> None:
    path = sqlite_calendar.site.assets.url("site.css")

    plain, packed = sqlite_calendar.get(path), sqlite_calendar.get(path, Accept_Encoding="gzip")

    assert (packed.content, packed.headers["content-encoding"]) == (plain.content, "gzip")
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


def test_a_kept_file_is_not_sent_again(sqlite_calendar: Calendar) -> None:
    path = f"/static/{HTMX}"

    again = sqlite_calendar.get(path, If_None_Match=sqlite_calendar.get(path).headers["etag"])

    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", BRIEF)


@pytest.mark.parametrize(
    "path", ["", "css/1-tokens.css", "..%2fmain.py", "%2e%2e/main.py", "site.css/", f"{'0' * 12}/nothing.css", "%00"]
)
def test_nothing_else_of_the_disk_is_served(sqlite_calendar: Calendar, path: str) -> None:
    assert sqlite_calendar.get("/static/site.css").status_code == 200
    assert sqlite_calendar.get(f"/static/{path}").status_code == 404


def test_a_changed_file_has_another_address(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "2.css").write_text("b{}")
    (tmp_path / "css" / "1.css").write_text("a{}")
    before = Assets(tmp_path).url("site.css")

    (tmp_path / "css" / "1.css").write_text("c{}")

    assert before == f"/static/{sha256(b'a{}' + bytes([10]) + b'b{}').hexdigest()[:12]}/site.css"
    assert Assets(tmp_path).url("site.css") != before
    with pytest.raises(KeyError):
        Assets(tmp_path).url("1.css")
