"""The people of an association: invited, made owner or editor, gone; one owner always stays."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from organisations import membership
from organisations.models import AuditEntry, Organisation
from organisations.sessions import find_visitor
from organisations.visitors import ActingMembership
from tests.desks import Browser, letters, link_in, somebody
from tests.pages import parse
from tests.people import NOW, Calendar

PEOPLE = "/fi/desk/organisations/pulina/members"
INVITE = "/fi/desk/organisations/pulina/invitations"


def listed(browser: Browser) -> list[tuple[str, str]]:
    """(who, as what), as the page shows them."""
    page = browser.read(PEOPLE)
    rows = page.all("ul", class_="desk-rows")[0].all("li", class_="desk-row")
    return [(row.one("strong").text, row.one("span", class_="desk-role").text) for row in rows]


def button(browser: Browser, who: str, words: str) -> str:
    """The target of a button beside a name."""
    for row in browser.read(PEOPLE).all("li", class_="desk-row"):
        if who in row.one("p").text:
            (form,) = [form for form in row.all("form") if words in form.text]
            return form["action"]
    raise AssertionError(who)


def test_bertil_is_invited_and_joins_with_the_address_the_letter_came_to(calendar: Calendar) -> None:
    aino, bertil = somebody(calendar, role="owner", name="Aino"), Browser(calendar)

    aino.post(INVITE, {"email": "Bertil@Pulina.example", "role": "editor"})
    (letter,) = letters(calendar)
    link = link_in(letter)
    page = bertil.read(link)
    assert "session" not in bertil.cookies
    desk = bertil.follow(bertil.post(link))

    assert (letter.recipient, letter.subject) == ("bertil@pulina.example", "Kutsu: Pulina")
    assert letter.text.startswith("Aino kutsuu sinut")
    assert letter.expires == NOW + timedelta(days=7)
    assert "bertil@pulina.example" in page.one("main").text
    assert desk.texts("h3") == ["Pulina"]
    assert listed(aino) == [("Aino", "Pääkäyttäjä"), ("bertil@pulina.example", "Muokkaaja")]


def test_whoever_is_signed_in_joins_as_who_she_is(calendar: Calendar) -> None:
    aino, chen = somebody(calendar, role="owner"), somebody(calendar, "chen@home.example")
    aino.post(INVITE, {"email": "chen@work.example", "role": "owner"})

    chen.post(link_in(letters(calendar)[0]))

    assert ("chen@home.example", "Pääkäyttäjä") in listed(aino)


def test_an_invitation_works_once_and_for_a_week(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    for email in ("bertil@pulina.example", "chen@pulina.example"):
        aino.post(INVITE, {"email": email})
    used, late = (link_in(letter) for letter in letters(calendar))
    assert Browser(calendar).post(used).status_code == 303

    assert Browser(calendar).post(used).status_code == 410
    assert Browser(calendar).get(used).status_code == 410
    calendar.clock.move(days=7)
    assert Browser(calendar).post(late).status_code == 410


def test_an_invitation_can_be_withdrawn_and_a_new_one_replaces_the_old(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    for _ in range(2):
        aino.post(INVITE, {"email": "bertil@pulina.example"})
    first, second = (link_in(letter) for letter in letters(calendar))

    assert (Browser(calendar).get(first).status_code, Browser(calendar).get(second).status_code) == (410, 200)
    aino.post(button(aino, "bertil@pulina.example", "Peru kutsu"))

    assert Browser(calendar).post(second).status_code == 410


def test_nobody_becomes_less_by_an_invitation(calendar: Calendar) -> None:
    aino, chen = somebody(calendar, role="owner"), somebody(calendar, "chen@pulina.example", role="owner")
    aino.post(INVITE, {"email": "chen@work.example", "role": "editor"})

    chen.post(link_in(letters(calendar)[0]))

    assert ("chen@pulina.example", "Pääkäyttäjä") in listed(aino)


@pytest.mark.parametrize("email", ["", "nobody", "aino@pulina.example"])
def test_a_wrong_invitation_is_explained(sqlite_calendar: Calendar, email: str) -> None:
    aino = somebody(sqlite_calendar, role="owner")

    answer = aino.post(INVITE, {"email": email, "role": "editor"})

    assert (answer.status_code, letters(sqlite_calendar)) == (422, [])
    assert parse(answer.text).one("div", class_="error-summary").one("a")["href"] == "#email"


def test_thirty_open_invitations_are_enough(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    for number in range(30):
        if number == 15:
            calendar.clock.move(days=1)
        aino.post(INVITE, {"email": f"{number}@pulina.example"})

    refused = aino.follow(aino.post(INVITE, {"email": "more@pulina.example"}))

    assert "Avoimia kutsuja on jo tarpeeksi" in refused.one("p", class_="notice").text
    assert len(letters(calendar)) == 30


def test_the_last_owner_stays(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    somebody(calendar, "bertil@pulina.example", role="editor")
    refused = "Jonkun on jäätävä pääkäyttäjäksi."

    step_down = aino.follow(aino.post(button(aino, "aino@", "Tee muokkaajaksi"), {"role": "editor"}))
    leave = aino.follow(aino.post("/fi/desk/organisations/pulina/departure"))
    remove = aino.follow(aino.post(button(aino, "aino@", "Tee muokkaajaksi").replace("/role", "/removal")))

    assert [page.one("p", class_="notice").text.startswith(refused) for page in (step_down, leave, remove)] == [
        True
    ] * 3
    assert listed(aino)[0] == ("aino@pulina.example", "Pääkäyttäjä")


def test_of_two_owners_who_go_at_the_same_moment_one_stays(calendar: Calendar) -> None:
    owners = [somebody(calendar, email, role="owner") for email in ("aino@pulina.example", "bertil@pulina.example")]

    async def go() -> list[object]:
        visitors = [await find_visitor(owner.cookies["session"], now=NOW) for owner in owners]
        acting = (
            ActingMembership(visitors[0].memberships[0].organisation_id, "pulina", "owner") if visitors[0] else None
        )
        assert acting
        leaving = [membership.leave(acting, visitor, now=NOW) for visitor in visitors if visitor]
        return list(await asyncio.gather(*leaving, return_exceptions=True))

    came_of_it = calendar.run(go)

    assert sorted(type(one).__name__ for one in came_of_it) == ["LastOwnerError", "NoneType"]


def test_aino_hands_over_and_leaves(calendar: Calendar) -> None:
    aino, bertil = somebody(calendar, role="owner"), somebody(calendar, "bertil@pulina.example", role="editor")

    aino.post(button(aino, "bertil@", "Tee pääkäyttäjäksi"), {"role": "owner"})
    left = aino.follow(aino.post("/fi/desk/organisations/pulina/departure"))

    assert left.one("p", class_="notice").text == "Et enää kuulu järjestäjän väkeen."
    assert aino.get(PEOPLE).status_code == 404
    assert listed(bertil) == [("bertil@pulina.example", "Pääkäyttäjä")]


def test_who_is_removed_sees_nothing_any_more(calendar: Calendar) -> None:
    aino, bertil = somebody(calendar, role="owner"), somebody(calendar, "bertil@pulina.example", role="editor")
    assert bertil.get(PEOPLE).status_code == 200

    aino.post(button(aino, "bertil@", "Poista"))

    assert bertil.get(PEOPLE).status_code == 404
    assert listed(aino) == [("aino@pulina.example", "Pääkäyttäjä")]


def test_an_editor_sees_who_is_there_and_invites_nobody(calendar: Calendar) -> None:
    somebody(calendar, role="owner")
    bertil = somebody(calendar, "bertil@pulina.example", role="editor")

    page = bertil.read(PEOPLE)

    assert [form["action"] for form in page.one("main").all("form")] == [
        "/fi/sign-out",
        "/fi/desk/organisations/pulina/departure",
    ]
    assert bertil.post(INVITE, {"email": "x@y.example"}).status_code == 403


def test_the_city_helps_and_that_is_written_down_as_the_city(calendar: Calendar) -> None:
    somebody(calendar, role="owner")
    kaisa = somebody(calendar, "kaisa@kouvola.example", city=True)

    kaisa.post(INVITE, {"email": "new@pulina.example", "role": "owner"})

    assert [letter.recipient for letter in letters(calendar)] == ["new@pulina.example"]
    entries = calendar.run(_audit_entries)
    assert entries == [("city", "invited", {"role": "owner"})]


async def _audit_entries() -> list[tuple[str, str, dict[str, object]]]:
    return [(entry.role, entry.action, entry.detail) for entry in await AuditEntry.all().order_by("id")]


def test_an_association_that_nobody_has_let_in_sends_no_letters_in_the_citys_name(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner", name="Aino")
    calendar.run(Organisation.filter(slug="pulina").update, state="pending")

    answer = aino.post(INVITE, {"email": "victim@elsewhere.example", "role": "editor"})
    page = aino.read(PEOPLE)

    assert (answer.status_code, letters(calendar)) == (422, [])
    assert "victim@elsewhere.example" in answer.text
    assert "Voit kutsua ihmisiä, kun kaupunki on hyväksynyt järjestön." in page.text
    assert [form["action"] for form in page.all("form") if form["action"].endswith("/invitations")] == []


def test_nobody_is_sent_invitation_after_invitation(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner", name="Aino")

    answers = [aino.post(INVITE, {"email": "victim@elsewhere.example", "role": "editor"}) for _ in range(5)]
    other = aino.post(INVITE, {"email": "bertil@pulina.example", "role": "editor"})

    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert "victim@elsewhere.example" in answers[-1].text
    assert "Kutsu muut huomenna." in answers[-1].text
    assert [letter.recipient for letter in letters(calendar)] == ["victim@elsewhere.example"] * 3 + [
        "bertil@pulina.example"
    ]
    assert other.status_code == 303

    calendar.clock.move(days=1)
    assert aino.post(INVITE, {"email": "victim@elsewhere.example", "role": "editor"}).status_code == 303


def test_one_person_sends_only_so_many_invitations_a_day_however_they_are_taken_back(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner", name="Aino")

    answers = []
    for number in range(22):
        answers.append(aino.post(INVITE, {"email": f"{number}@elsewhere.example", "role": "editor"}).status_code)
        for row in aino.read(PEOPLE).all("form"):
            if row["action"].endswith("/removal") and "/invitations/" in row["action"]:
                aino.post(row["action"])

    assert answers == [303] * 20 + [429] * 2
