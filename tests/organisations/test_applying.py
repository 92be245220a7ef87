"""An association asks to publish, the city decides, and its people say of it what is so."""

from __future__ import annotations

from typing import Any

import pytest

from organisations import profiles
from organisations.models import AuditEntry, Organisation
from organisations.slugs import slugs
from tests.desks import Browser, letters, link_in, somebody
from tests.pages import parse, sent
from tests.people import Calendar

TOLD = {
    "name": "Kymen Kutojat ry",
    "kind": "association",
    "register_number": "123.456",
    "area": "kuusankoski",
    "languages": ["fi", "ru"],
    "contact_email": "info@kutojat.example",
    "contact_phone": "+358 40 123 4567",
    "website": "kutojat.example",
    "text_fi": "Kudomme yhdessä.",
    "text_ru": "Ткём вместе.",
}
NEW = "/fi/desk/organisations/new"
KUTOJAT = "/fi/desk/organisations/kymen-kutojat-ry"


def kutojat(calendar: Calendar) -> Organisation:
    async def find() -> Organisation:
        return await Organisation.get(slug="kymen-kutojat-ry")

    found: Organisation = calendar.run(find)
    return found


def audit_entries(calendar: Calendar) -> list[tuple[str, str, str]]:
    """What was written down: (role, action, target)."""

    async def find() -> list[AuditEntry]:
        return list(await AuditEntry.all().order_by("id"))

    return [(entry.role, entry.action, entry.target) for entry in calendar.run(find)]


def waiting(calendar: Calendar) -> list[str]:
    """The organisations that wait for the city."""
    return [known.profile.name for known in calendar.run(profiles.waiting)]


def applied(calendar: Calendar) -> Browser:
    aino = somebody(calendar, "aino@kutojat.example", language="ru")
    aino.post(NEW, TOLD)
    return aino


def test_whoever_belongs_nowhere_is_offered_to_apply(calendar: Calendar) -> None:
    page = somebody(calendar).read("/fi/desk/")

    assert page.one("main").links()["Ilmoita järjestäjä mukaan"] == NEW


def test_an_association_applies_and_waits(calendar: Calendar) -> None:
    somebody(calendar, "kaisa@kouvola.example", city=True)
    aino = somebody(calendar, "aino@kutojat.example")
    assert ("contact_email", "") in sent(aino.read(NEW).one("form", class_="form"))

    desk = aino.follow(aino.post(NEW, TOLD))

    assert desk.one("p", class_="notice").text.startswith("Kiitos!")
    assert desk.one("li", class_="desk-card").one("p", class_="status").text == "Odottaa kaupungin hyväksyntää"
    stored = kutojat(calendar)
    assert (stored.state, stored.review_first, stored.website) == ("pending", False, "https://kutojat.example")
    assert calendar.get("/fi/organisations/kymen-kutojat-ry").status_code == 404
    (letter,) = letters(calendar)
    assert (letter.recipient, letter.subject) == ("kaisa@kouvola.example", "Uusi järjestäjä: Kymen Kutojat ry")
    assert audit_entries(calendar) == [("owner", "applied", "kymen-kutojat-ry")]


def test_the_city_approves_and_the_applicant_is_told_in_her_language(calendar: Calendar) -> None:
    aino, kaisa = applied(calendar), somebody(calendar, "kaisa@kouvola.example", city=True)
    assert "Kymen Kutojat ry" not in calendar.get("/fi/organisations").text

    assert waiting(calendar) == ["Kymen Kutojat ry"]
    done = kaisa.post("/fi/city/organisations/kymen-kutojat-ry/approval")

    assert (done.status_code, waiting(calendar)) == (303, [])
    (letter,) = letters(calendar)
    assert (letter.recipient, letter.subject) == ("aino@kutojat.example", "Одобрено: Kymen Kutojat ry")
    assert link_in(letter) == "/ru/desk/"
    assert aino.read("/fi/desk/").one("li", class_="desk-card").all("p", class_="status") == []
    assert calendar.get("/fi/organisations/kymen-kutojat-ry").status_code == 200
    assert "Kymen Kutojat ry" in calendar.get("/fi/organisations").text
    assert audit_entries(calendar)[-1] == ("city", "approved", "kymen-kutojat-ry")


def test_what_is_sent_back_is_mended_and_comes_again(calendar: Calendar) -> None:
    aino, kaisa = applied(calendar), somebody(calendar, "kaisa@kouvola.example", city=True)

    kaisa.post("/fi/city/organisations/kymen-kutojat-ry/return", {"reason": "incomplete", "note": "Missä kokoonnutte?"})

    assert waiting(calendar) == []
    (letter,) = letters(calendar, "aino@kutojat.example")
    assert "Missä kokoonnutte?" in letter.text
    assert link_in(letter) == "/ru/desk/organisations/kymen-kutojat-ry"
    card = aino.read("/fi/desk/").one("li", class_="desk-card")
    assert card.one("p", class_="status").text == "Palautettu: täydennä tiedot"
    assert "Jokin tärkeä tieto puuttuu. Missä kokoonnutte?" in card.text
    aino.post(KUTOJAT, {**TOLD, "text_fi": "Kudomme kirjastossa."})
    assert waiting(calendar) == ["Kymen Kutojat ry"]
    assert [letter.recipient for letter in letters(calendar)][-1] == "kaisa@kouvola.example"


def test_two_clerks_decide_once(calendar: Calendar) -> None:
    applied(calendar)
    kaisa = somebody(calendar, "kaisa@kouvola.example", city=True)
    path = "/fi/city/organisations/kymen-kutojat-ry"
    kaisa.post(f"{path}/approval")

    late = kaisa.post(f"{path}/return", {"reason": "incomplete"})

    assert late.headers["location"].endswith("done=gone")
    assert (kutojat(calendar).state, kutojat(calendar).state_reason) == ("approved", "")
    assert len(letters(calendar, "aino@kutojat.example")) == 1


@pytest.mark.parametrize("given", [{}, {"reason": "other"}, {"reason": "made up"}])
def test_sending_back_needs_a_reason(calendar: Calendar, given: dict[str, str]) -> None:
    applied(calendar)
    kaisa = somebody(calendar, "kaisa@kouvola.example", city=True)

    answer = kaisa.post("/fi/city/organisations/kymen-kutojat-ry/return", given)

    assert (answer.status_code, kutojat(calendar).state_reason) == (422, "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"contact_email": ""}, "contact_email"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://user@evil.example"}, "website"),
        ({"website": "https://[bad"}, "website"),
        ({"text_fi": "", "text_ru": " "}, "text_fi"),
        ({"text_ru": "x" * 2001}, "text_ru"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sqlite_calendar: Calendar, wrong: dict[str, Any], field: str
) -> None:
    aino = somebody(sqlite_calendar)

    answer = aino.post(NEW, {**TOLD, **wrong})

    page = parse(answer.text)
    assert answer.status_code == 422
    assert [link["href"] for link in page.one("div", class_="error-summary").all("a")] == [f"#{field}"]
    assert page.one(id=field).get("aria-invalid") == "true"
    kept = dict(sent(page.one("form", class_="form")))
    assert kept["register_number"] == "123.456"
    assert aino.read("/fi/desk/").all("li", class_="desk-card") == []


def test_what_nobody_may_set_is_not_set(calendar: Calendar) -> None:
    aino = somebody(calendar, "aino@kutojat.example")

    aino.post(NEW, {**TOLD, "state": "approved", "slug": "city", "review_first": "", "kind": "x", "area": "moon"})

    stored = kutojat(calendar)
    assert (stored.state, stored.kind, stored.area) == ("pending", "association", "")


def test_a_changed_name_reaches_page_directory_and_search_at_once(calendar: Calendar) -> None:
    aino = somebody(calendar, role="owner")
    calendar.publish("Kielikahvila", organisation="pulina")
    for path in ("/fi/organisations", "/fi/organisations/pulina", "/fi/events?q=juttutupa", "/fi/events.ics"):
        calendar.get(path)

    calendar.clock.move(minutes=1)
    saved = aino.follow(aino.post("/fi/desk/organisations/pulina", {**TOLD, "name": "Juttutupa ry"}))

    assert saved.one("p", class_="notice").text == "Tallennettu."
    assert "Juttutupa ry" in calendar.get("/fi/organisations").text
    assert "Juttutupa ry" in calendar.get("/fi/organisations/pulina").text
    assert "Kielikahvila" in calendar.get("/fi/events?q=juttutupa").text
    (event,) = calendar.feed("/fi/events.ics").events
    assert event["LAST-MODIFIED"].dt == calendar.clock()
    assert event.get("SEQUENCE", 0) == 0


def test_an_editor_reads_the_details_and_only_an_owner_changes_them(calendar: Calendar) -> None:
    editor = somebody(calendar, role="editor")

    page = editor.read("/fi/desk/organisations/pulina")

    assert "Vain pääkäyttäjät voivat muuttaa näitä tietoja." in page.one("main").text
    assert page.one("form", class_="form").all("button") == []
    assert editor.post("/fi/desk/organisations/pulina", TOLD).status_code == 403


def test_one_person_applies_at_most_five_times_a_day(calendar: Calendar) -> None:
    aino = somebody(calendar)

    answers = [aino.post(NEW, TOLD).status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]
    assert len(aino.read("/fi/desk/").all("li", class_="desk-card")) == 5


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Kymen Naapurit ry", ["kymen-naapurit-ry", "kymen-naapurit-ry-2"]),
        ("Äänekosken Ystävät & Co.", ["aanekosken-ystavat-co", "aanekosken-ystavat-co-2"]),
        ("Друзья", ["organiser", "organiser-2"]),
        ("New", ["new-2", "new-3"]),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, first: list[str]) -> None:
    made = slugs(name)

    assert [next(made), next(made)] == first
