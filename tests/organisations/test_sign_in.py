"""Signing in: a letter, a code or a link, and a browser that is known from then on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from organisations.models import Person, Session, SignInChallenge
from tests.desks import Browser, code_in, letters, link_in, somebody
from tests.pages import parse, sent
from tests.people import NOW, Calendar, opened_calendar

AINO = "aino@pulina.example"


def ask(browser: Browser, email: str = AINO, path: str = "/fi/sign-in") -> Any:
    return browser.post(path, {"email": email})


def type_in(browser: Browser, code: str, **more: str) -> Any:
    return browser.post("/fi/sign-in/code", {"code": code, **more})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def everybody(calendar: Calendar) -> list[Person]:
    async def find() -> list[Person]:
        return list(await Person.all().order_by("id"))

    found: list[Person] = calendar.run(find)
    return found


def test_aino_signs_in_with_the_code_from_her_letter(calendar: Calendar) -> None:
    browser = Browser(calendar)

    waiting = browser.follow(ask(browser, " Aino@Pulina.Example "))
    (letter,) = letters(calendar, AINO)
    code = code_in(letter)
    answer = type_in(browser, f"{code[:3]} {code[3:]}")

    assert AINO in waiting.one("main").text
    assert (letter.subject, letter.expires) == (f"{code} on kirjautumiskoodisi", NOW + timedelta(minutes=15))
    assert (answer.status_code, answer.headers["location"]) == (303, "/fi/desk/")
    (cookie,) = [header for header in answer.headers.get_list("set-cookie") if header.startswith("session=")]
    assert cookie.partition("; ")[2] == "HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert browser.read("/fi/desk/").one("h1").text == "Oma työpöytä"
    (aino,) = everybody(calendar)
    assert (aino.email, aino.language, aino.is_city_staff) == (AINO, "fi", False)


def test_the_link_signs_in_whichever_browser_opens_it_but_only_by_its_button(calendar: Calendar) -> None:
    computer, telephone = Browser(calendar), Browser(calendar)
    ask(computer)
    link = link_in(letters(calendar)[0])

    page = telephone.read(link)
    telephone.read(link)
    assert (AINO in page.one("main").text, "session" in telephone.cookies) == (True, False)
    answer = telephone.post(link)

    assert answer.headers["location"] == "/fi/desk/"
    assert AINO in telephone.read("/fi/desk/account").one("main").text
    assert type_in(computer, code_in(letters(calendar)[0])).status_code == 422


def test_the_secret_of_a_link_stands_in_no_link_to_elsewhere(calendar: Calendar) -> None:
    browser = Browser(calendar)
    ask(browser)
    link = link_in(letters(calendar)[0])
    secret = link.rpartition("/")[2]

    page = browser.read(link)

    assert [href for href in page.links().values() if secret in href and "/sign-in/" not in href] == []


@pytest.mark.parametrize("way", ["code", "link"])
def test_code_and_link_work_once(calendar: Calendar, way: str) -> None:
    browser, another = Browser(calendar), Browser(calendar)
    ask(browser)
    another.cookies.update(browser.cookies)
    (letter,) = letters(calendar)

    first = type_in(browser, code_in(letter)) if way == "code" else browser.post(link_in(letter))
    assert first.status_code == 303

    assert type_in(another, code_in(letter)).status_code == 422
    assert another.post(link_in(letter)).status_code == 410
    assert "session" not in another.cookies


def test_after_a_quarter_of_an_hour_one_tap_brings_a_new_code(calendar: Calendar) -> None:
    browser = Browser(calendar)
    ask(browser, path="/fi/sign-in?next=/fi/desk/account")
    code = code_in(letters(calendar)[0])
    calendar.clock.move(minutes=15)

    late = type_in(browser, code)
    page = parse(late.text)
    assert late.status_code == 422
    assert "Tämä koodi ei enää toimi" in page.one("div", class_="error-summary").text
    assert [form["action"] for form in page.one("main").all("form")] == ["/fi/sign-in/renewal"]
    again = browser.follow(browser.post("/fi/sign-in/renewal?next=/fi/desk/account"))

    assert AINO in again.one("main").text
    answer = browser.post("/fi/sign-in/code?next=/fi/desk/account", {"code": code_in(letters(calendar)[1])})
    assert answer.headers["location"] == "/fi/desk/account"


def test_five_tries_and_then_even_the_right_code_is_wrong(calendar: Calendar) -> None:
    browser = Browser(calendar)
    ask(browser)
    code = code_in(letters(calendar)[0])

    answers = [type_in(browser, wrong(code)).status_code for _ in range(5)]

    assert answers == [422] * 5
    assert type_in(browser, code).status_code == 422
    assert "session" not in browser.cookies


def test_a_code_is_worth_nothing_in_a_browser_that_did_not_ask_for_it(calendar: Calendar) -> None:
    aino, thief = Browser(calendar), Browser(calendar)
    ask(aino)
    ask(thief, "thief@evil.example")

    assert type_in(thief, code_in(letters(calendar, AINO)[0])).status_code == 422
    assert Browser(calendar).get("/fi/sign-in/code").headers["location"] == "/fi/sign-in"


def test_known_and_unknown_addresses_get_the_same_answer(calendar: Calendar) -> None:
    somebody(calendar, AINO, role="owner")
    pages = []
    for email in (AINO, "stranger@nowhere.example"):
        browser = Browser(calendar)
        answer = ask(browser, email)
        page = browser.get(answer.headers["location"])
        pages.append((answer.status_code, answer.headers["location"], page.text.replace(email, "…")))

    assert pages[0] == pages[1]
    assert [letter.recipient for letter in letters(calendar)] == [AINO, "stranger@nowhere.example"]


def test_nothing_that_signs_in_stands_in_the_database(calendar: Calendar) -> None:
    browser = Browser(calendar)
    ask(browser)
    (letter,) = letters(calendar)
    code, link = code_in(letter), link_in(letter).rpartition("/")[2]
    handle = browser.cookies["letter"]
    type_in(browser, code)

    async def rows() -> list[dict[str, Any]]:
        return [*await SignInChallenge.all().values(), *await Session.all().values()]

    stored = " ".join(str(value) for row in calendar.run(rows) for value in row.values())
    assert [secret for secret in (code, link, handle, browser.cookies["session"]) if secret in stored] == []


def test_a_shared_computer_forgets_at_the_end(calendar: Calendar) -> None:
    browser = Browser(calendar)
    ask(browser)
    answer = type_in(browser, code_in(letters(calendar)[0]), shared="1")

    (cookie,) = [header for header in answer.headers.get_list("set-cookie") if header.startswith("session=")]
    assert "Max-Age" not in cookie
    calendar.clock.move(minutes=119)
    assert browser.get("/fi/desk/").status_code == 200
    calendar.clock.move(minutes=1)
    assert browser.get("/fi/desk/").status_code == 303


def test_signing_in_gives_a_new_session_and_ends_the_one_before(calendar: Calendar) -> None:
    browser = somebody(calendar, "bertil@pulina.example")
    before = dict(browser.cookies)
    ask(browser)
    type_in(browser, code_in(letters(calendar, AINO)[0]))

    old = Browser(calendar)
    old.cookies.update(before)
    assert browser.cookies["session"] != before["session"]
    assert old.get("/fi/desk/").status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "x",
    ],
)
def test_after_signing_in_nobody_lands_on_another_site(calendar: Calendar, elsewhere: str) -> None:
    browser = Browser(calendar)
    calendar.client.cookies.clear()
    answer = calendar.client.request(
        "POST",
        "/fi/sign-in",
        params={"next": elsewhere},
        data={"email": AINO},
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    browser.cookies["letter"] = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    calendar.client.cookies.clear()

    assert answer.headers["location"] == "/fi/sign-in/code"
    assert link_in(letters(calendar)[0]).count("?") == 0
    assert type_in(browser, code_in(letters(calendar)[0])).headers["location"] == "/fi/desk/"


def test_whoever_wants_a_page_of_the_desk_comes_to_it_after_signing_in(calendar: Calendar) -> None:
    browser = Browser(calendar)

    answer = browser.get("/sv/desk/account?x=1&y=ä")

    assert answer.headers["location"] == "/sv/sign-in?next=/sv/desk/account%3Fx%3D1%26y%3D%25C3%25A4"
    page = browser.follow(answer)
    assert page.one("main").one("form")["action"] == "/sv/sign-in?next=/sv/desk/account%3Fx%3D1%26y%3D%25C3%25A4"


@pytest.mark.parametrize("email", ["", "aino", "aino@", "@pulina.example", "a b@c.example", "a@b", "a@b.c,d@e.f"])
def test_what_is_no_address_is_asked_again(sqlite_calendar: Calendar, email: str) -> None:
    answer = ask(Browser(sqlite_calendar), email)

    page = parse(answer.text)
    assert (answer.status_code, letters(sqlite_calendar)) == (422, [])
    assert ("email", email) in sent(page.one("form", class_="form"))
    assert page.one("div", class_="error-summary").one("a")["href"] == "#email"


def test_one_address_gets_only_so_many_letters_from_one_client(calendar: Calendar) -> None:
    answers = [ask(Browser(calendar)) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert answers[-1].headers["retry-after"] == "900"
    assert "Odota 15 minuuttia" in parse(answers[-1].text).one("main").text
    assert len(letters(calendar)) == 5
    assert ask(Browser(calendar), "bertil@pulina.example").status_code == 303
    calendar.clock.move(minutes=15)
    assert ask(Browser(calendar)).status_code == 303


def test_one_client_may_try_only_so_many_codes_and_a_right_one_starts_the_count_anew(calendar: Calendar) -> None:
    statuses = []
    for _ in range(3):
        browser = Browser(calendar)
        ask(browser)
        code = code_in(letters(calendar)[-1])
        statuses += [type_in(browser, wrong(code)).status_code for _ in range(4)]

    assert statuses == [422] * 10 + [429] * 2
    calendar.clock.move(minutes=15)
    for name in ("aino", "bertil", "chen"):
        browser = Browser(calendar)
        ask(browser, f"{name}@naapurit.example")
        code = code_in(letters(calendar)[-1])
        assert [type_in(browser, wrong(code)).status_code for _ in range(4)] == [422] * 4
        assert type_in(browser, code).status_code == 303


def test_guessing_from_many_places_does_not_keep_the_owner_out(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = iter(range(1000))

    async def another_place(*_: object, **__: object) -> str:
        return f"place {next(place)}"

    monkeypatch.setattr("organisations.desk.sign_in_pages.client_mark", another_place)
    for _ in range(6):
        thief = Browser(calendar)
        ask(thief)
        code = code_in(letters(calendar)[-1])
        for _ in range(4):
            type_in(thief, wrong(code))
    assert type_in(thief, code).status_code == 422

    owner = Browser(calendar)
    ask(owner)
    assert type_in(owner, code_in(letters(calendar)[-1])).status_code == 303


def test_without_a_mail_server_the_page_says_where_codes_are(sqlite_calendar: Calendar) -> None:
    page = Browser(sqlite_calendar).read("/fi/sign-in")

    assert "Koodit tulostuvat sinne, missä sivusto käynnistettiin." in page.one("main").text
    assert "info@example.org" in page.one("p", class_="desk-help").text


def test_over_https_the_cookie_can_be_set_by_nobody_else(tmp_path: Path, migrated_file: Path) -> None:
    file = tmp_path / "test.db"
    file.write_bytes(migrated_file.read_bytes())
    with opened_calendar(f"sqlite://{file}", BASE_URL="https://yhdessa.example") as calendar:
        calendar.client.headers["host"] = "yhdessa.example"
        browser = Browser(calendar)
        ask(browser)
        answer = type_in(browser, code_in(letters(calendar)[0]))

    (cookie,) = [header for header in answer.headers.get_list("set-cookie") if "session=" in header]
    name, _, rest = cookie.partition("=")
    assert (name, rest.partition("; ")[2]) == (
        "__Host-session",
        "HttpOnly; Max-Age=2592000; Path=/; SameSite=lax; Secure",
    )


def test_addresses_of_the_setting_are_city_staff_when_they_sign_in(tmp_path: Path, migrated_file: Path) -> None:
    file = tmp_path / "test.db"
    file.write_bytes(migrated_file.read_bytes())
    with opened_calendar(f"sqlite://{file}", CITY_STAFF="Kaisa@Kouvola.example, x@kouvola.example") as calendar:
        browser = Browser(calendar)
        ask(browser, "kaisa@kouvola.example")
        type_in(browser, code_in(letters(calendar)[0]))

        assert browser.get("/fi/city/").status_code == 200


def test_readers_get_no_cookie(sqlite_calendar: Calendar) -> None:
    for path in ("/fi/", "/fi/events", "/fi/sign-in", "/fi/organisations"):
        assert "set-cookie" not in sqlite_calendar.get(path).headers
