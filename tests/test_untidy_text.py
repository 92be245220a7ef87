"""Whatever reaches the site from outside, in any query or form, is answered: never by an error of ours."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from events.editing.input.fields import Typed
from events.filtering.filters import EventFilter
from main import ROUTES
from organisations.permission_table import permission_table
from tests.desks import Browser, code_in, letters, somebody
from tests.people import Calendar, weekly

ROOT = Path(__file__).parent.parent
TABLE = permission_table(ROUTES)
UNTIDY = {
    "nul": "\0",
    "thirty digits": "9" * 30,
    "year 9999": "9999-12-31",
    "superscript": "²",
    "half a character": "a\ud800b",
    "very long": "å" * 1_200,
}
ODD_FORM = {
    "content-type": 'multipart/form-data; boundary=x; charset="raw_unicode_escape"',
    "sec-fetch-site": "same-origin",
}
LEFT_ALONE = ("/static/", "/sign-out", "/desk/account/deletion", "/desk/account/sessions", "withdrawal", "/discard")
"""Files of ours, and what would take away what the others are asked about."""


def names() -> list[str]:
    """Every name by which the product reads a query or a field, and those of the templates' fields."""
    found = set()
    asked = re.compile(
        r"\b(?:asked|value|all|line|block|seen_line|ticked|choice|choices|email|number|get)\(\"([a-z_]+)\""
    )
    for package in ("events", "organisations", "web"):
        for path in (ROOT / package).rglob("*.py"):
            found |= set(asked.findall(path.read_text("utf-8")))
    for path in (ROOT / "templates").rglob("*.html"):
        found |= set(re.findall(r"\bname=\"([a-z_]+)\"", path.read_text("utf-8")))
    return sorted(found)


def addresses(known: dict[str, str]) -> list[tuple[str, str]]:
    """(method, address) of every row, about things that are there."""
    return [
        (row.method, re.sub(r"{(\w+)(?::\w+)?}", lambda part: known.get(part[1], "1"), row.path))
        for row in TABLE
        if not any(part in row.path for part in LEFT_ALONE)
    ]


def ask(browser: Browser, method: str, path: str, sent: dict[str, str]) -> int:
    """The status of what is asked with these fields, in whatever encoding can say them."""
    if method == "GET":
        return int(browser.get(f"{path}?{urlencode(sent, errors='surrogatepass')}").status_code)
    if "\ud800" not in "".join(sent.values()):
        return int(browser.post(path, sent).status_code)
    head = {**ODD_FORM, "cookie": f"session={browser.cookies['session']}"}
    browser.calendar.client.cookies.clear()
    answer = browser.calendar.client.post(path, content=odd_form(sent), headers=head, follow_redirects=False)
    return int(answer.status_code)


def odd_form(sent: dict[str, str]) -> bytes:
    """A form in an encoding that can name half a character."""
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + text.encode("raw_unicode_escape", "surrogatepass")
        for name, text in sent.items()
    )
    return b"\r\n".join((*parts, b"--x--\r\n"))


def draft_of(browser: Browser) -> str:
    answer = browser.get("/fi/desk/organisations/pulina/events/new")
    return str(answer.headers["location"]).partition("/proposals/")[2].partition("/")[0].partition("?")[0]


@pytest.mark.parametrize("said", UNTIDY)
def test_whatever_is_sent_in_any_field_of_any_address_is_answered(calendar: Calendar, said: str) -> None:
    text, fields = UNTIDY[said], names()
    public_id = calendar.publish("Kuoro", schedule=weekly())
    editor = somebody(calendar, role="owner")
    staff = somebody(calendar, "city@kouvola.example", city=True)
    known = {"lang": "fi", "slug": "pulina", "event": public_id, "key": draft_of(editor), "month": "2026-12"}
    nowhere = {**dict.fromkeys(known, quote(text[:300], errors="surrogatepass")), "lang": "fi"}
    # What anybody may read is the same for both.
    asked = [(editor, way) for way in addresses(known) if "/city/" not in way[1]]
    asked += [(staff, way) for way in addresses(known) if "/city/" in way[1] or "/desk/" in way[1]]
    # Half of the fields at a time: a request has a largest number and size.
    some = (fields[::2], fields[1::2]) if len(text) < 100 else (fields[::20],)
    statuses = [
        (browser is staff, *way, ask(browser, *way, dict.fromkeys(names, text)))
        for browser, way in asked
        for names in some
    ]
    statuses += [(True, *way, ask(staff, *way, {})) for way in addresses(nowhere)]
    wrong = [status for status in statuses if status[-1] >= 500]

    assert wrong == []


@pytest.mark.parametrize("name", ["kept", "other", "beside", "about", "to"])
def test_a_nul_in_a_key_names_nothing(calendar: Calendar, name: str) -> None:
    editor = somebody(calendar, role="owner")
    path = f"/fi/desk/proposals/{draft_of(editor)}"

    asked = [editor.get(f"{path}{page}?{name}=%00").status_code for page in ("", "/versions", "/preview")]
    sent = [editor.post(at, {name: "\0"}).status_code for at in (path, "/fi/desk/proposals/gone-gone")]

    assert max(asked + sent) < 500


def test_half_a_character_in_a_form_of_another_encoding_is_left_out(calendar: Calendar) -> None:
    body = odd_form({"email": "\ud800aino@pulina.example"})

    answer = calendar.client.post("/fi/sign-in", content=body, headers=ODD_FORM, follow_redirects=False)

    assert answer.status_code == 303
    assert [letter.recipient for letter in letters(calendar)] == ["aino@pulina.example"]


@pytest.mark.parametrize("zero", ["٠", "۰", "０", "०"])
def test_fatima_signs_in_with_the_digits_of_her_keyboard(calendar: Calendar, zero: str) -> None:
    browser = Browser(calendar)
    browser.post("/ar/sign-in", {"email": "fatima@pulina.example"})
    code = code_in(letters(calendar)[0])

    typed = "".join(chr(ord(zero) + int(digit)) for digit in code)
    answer = browser.post("/ar/sign-in/code", {"code": f"\u200f{typed[:3]} {typed[3:]}"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/ar/desk/")


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\ufeff", "\u00ad", "\u2060"])
def test_an_address_copied_with_a_sign_that_nobody_sees_gets_its_letter(sqlite_calendar: Calendar, sign: str) -> None:
    answer = Browser(sqlite_calendar).post("/fi/sign-in", {"email": f"{sign}aino{sign}@pulina.example{sign}"})

    assert answer.status_code == 303
    assert [letter.recipient for letter in letters(sqlite_calendar)] == ["aino@pulina.example"]


def test_an_address_of_a_page_copied_with_unseen_signs_leads_there(calendar: Calendar) -> None:
    calendar.publish("Kuoro")

    assert calendar.get("/fi/organisations/pulina%E2%80%8E").status_code == 200


@pytest.mark.parametrize("unseen", ["", "\u200f"])
def test_the_filter_takes_a_day_an_hour_and_an_age_in_the_digits_of_any_keyboard(unseen: str) -> None:
    typed = {"start": "٢٠٢٦-١٢-٠٨", "starts_after": "１７:３０", "age": "۷-۱۲", "weekday": "٢"}

    found, problems = EventFilter.from_query([(name, unseen + text) for name, text in typed.items()])

    assert problems == ()
    assert (
        found
        == EventFilter.from_query(
            [("start", "2026-12-08"), ("starts_after", "17:30"), ("age", "7-12"), ("weekday", "2")]
        )[0]
    )


def test_what_machines_read_of_an_event_has_no_unseen_sign_and_names_keep_the_joiners_of_their_script() -> None:
    name = "کتاب\u200cخانه 👩\u200d🍳"
    typed = Typed(
        {
            "title": name,
            "email": "\u200eaino@pulina.example",
            "phone": "\u202a+٣٥٨ ٤٠ ١٢٣\u200e",
            "link": "pulina.\u200bexample/\ufeffkuoro",
            "price": "٥٫٥٠ €",
        },
        today=date(2026, 12, 1),
    )

    read = (typed.line("title", 80), typed.email("email"), typed.phone("phone"), typed.link("link", 200))

    assert read == (name, "aino@pulina.example", "+358 40 123", "https://pulina.example/kuoro")
    assert (typed.amount("price"), typed.problems) == (Decimal("5.50"), [])


def test_query_and_path_and_body_are_read_at_one_place_each() -> None:
    raw = re.compile(r"\bquery_params\b|\bpath_params\b|\.form\(")
    reading = {
        path.relative_to(ROOT).as_posix()
        for package in ("events", "organisations", "web")
        for path in (ROOT / package).rglob("*.py")
        if raw.search(path.read_text("utf-8"))
    }

    # The last two look a name up among names of ours.
    assert reading == {"web/request_context.py", "web/form_body.py", "web/site.py", "web/assets.py"}
