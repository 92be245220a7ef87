"""What the city takes off is gone at once everywhere; a suspended organisation leaves and comes back whole."""

from __future__ import annotations

import pytest

from tests.desks import letters, somebody
from tests.events.city.waiting import audit_entries, kaisa
from tests.events.editing.test_withdrawn import listed
from tests.pages import parse
from tests.people import Calendar, weekly

EVERYWHERE = (
    "/fi/",
    "/fi/events",
    "/fi/events?q=kielikahvila",
    "/fi/widget",
    "/sitemap.xml",
    "/fi/organisations/pulina",
)
SUSPENSION = "/fi/city/organisations/pulina/suspension"
REINSTATEMENT = "/fi/city/organisations/pulina/reinstatement"


def shown(calendar: Calendar, public_id: str) -> list[bool]:
    """On which of the pages an event stands."""
    return [public_id in calendar.get(path).text for path in EVERYWHERE]


def test_the_city_takes_an_event_off_and_can_undo_it(calendar: Calendar) -> None:
    somebody(calendar, "aino@pulina.example", role="owner", language="sv")
    event = calendar.publish("Kielikahvila", schedule=weekly(times=3))
    clerk = kaisa(calendar)
    assert (shown(calendar, event), len(listed(calendar))) == ([True] * 6, 1)

    calendar.clock.move(minutes=1)
    page = clerk.follow(
        clerk.post(f"/fi/city/events/{event}/withdrawal", {"reason": "personal", "note": "Puhelinnumero"})
    )

    assert page.one("p", class_="notice").text == "Poistettu kaikkialta. Väelle on ilmoitettu."
    assert (shown(calendar, event)[:5], listed(calendar)) == ([False] * 5, [])
    assert [calendar.get(f"/fi/events/{event}{more}").status_code for more in ("", ".ics", "/report")] == [410] * 3
    (letter,) = letters(calendar, "aino@pulina.example")
    assert letter.subject == "Borttaget ur kalendern: Kielikahvila"
    assert ("Det visar någons personuppgifter." in letter.text, "Puhelinnumero" in letter.text) == (True, True)
    assert audit_entries(calendar)[-1] == ("city", "withdraw", event)

    calendar.clock.move(minutes=1)
    clerk.follow(clerk.post(f"/fi/city/events/{event}/undo"))

    assert (shown(calendar, event), calendar.get(f"/fi/events/{event}").status_code) == ([True] * 6, 200)
    assert listed(calendar) == [("Kielikahvila", "CONFIRMED", 2)]


@pytest.mark.parametrize("given", [{}, {"reason": "made up"}, {"reason": "other"}])
def test_taking_off_needs_a_reason(sqlite_calendar: Calendar, given: dict[str, str]) -> None:
    event = sqlite_calendar.publish()

    answer = kaisa(sqlite_calendar).post(f"/fi/city/events/{event}/withdrawal", given)

    assert answer.status_code == 422
    assert parse(answer.text).one("div", class_="error-summary")
    assert sqlite_calendar.get(f"/fi/events/{event}").status_code == 200


def test_what_is_off_already_is_said_to_be(sqlite_calendar: Calendar) -> None:
    event, clerk = sqlite_calendar.publish(), kaisa(sqlite_calendar)
    path = f"/fi/city/events/{event}"
    clerk.post(f"{path}/withdrawal", {"reason": "spam"})

    again = clerk.post(f"{path}/withdrawal", {"reason": "spam"})
    clerk.post(f"{path}/undo")
    too_often = clerk.post(f"{path}/undo")

    assert (again.status_code, too_often.status_code) == (422, 422)
    unknown = [clerk.post(f"/fi/city/events/aaaaaaaaaa/{deed}", {"reason": "spam"}) for deed in ("withdrawal", "undo")]
    assert [answer.status_code for answer in unknown] == [404, 404]


def test_the_city_finds_an_event_by_its_words_and_by_its_address(calendar: Calendar) -> None:
    event = calendar.publish("Kielikahvila")
    calendar.publish("Uinti", organisation="naapurit")
    clerk = kaisa(calendar)

    def found(query: str) -> list[str]:
        page = clerk.read(f"/fi/city/events?{query}")
        return [link.text for row in page.all("li", class_="desk-row") for link in row.all("a")]

    assert found("") == ["Uinti", "Kielikahvila"]
    queries = (f"q=http://127.0.0.1:8000/fi/events/{event}", "q=kielikah", "organisation=pulina")
    assert [found(query) for query in queries] == [["Kielikahvila"]] * 3
    assert [found(query) for query in ("q=%25", "q=%00", "organisation=%27")] == [[], ["Uinti", "Kielikahvila"], []]


def test_a_suspended_organisation_leaves_the_pages_and_calendars_say_that_its_events_are_off(
    calendar: Calendar,
) -> None:
    owner = somebody(calendar, "aino@pulina.example", role="owner", language="ru")
    event = calendar.publish("Kielikahvila", schedule=weekly(times=10), contact_phone="040 123")
    clerk, feeds = kaisa(calendar), ("/fi/events.ics", "/fi/organisations/pulina.ics")
    before = [listed(calendar, feed) for feed in feeds]

    calendar.clock.move(minutes=1)
    page = clerk.follow(clerk.post(SUSPENSION, {"reason": "unreachable", "note": "Soita meille"}))

    assert page.one("h1").text == "Pulina"
    assert "Ketään ei tavoiteta" in page.text
    assert before == [[("Kielikahvila", "CONFIRMED", 0)]] * 2
    assert [listed(calendar, feed) for feed in feeds] == [[("PERUTTU: Kielikahvila", "CANCELLED", 1)]] * 2
    assert b"040 123" not in calendar.get(feeds[1]).content
    assert shown(calendar, event) == [False] * 6
    statuses = [calendar.get(path).status_code for path in (f"/fi/events/{event}", "/fi/organisations/pulina")]
    assert (statuses, "Pulina" in calendar.get("/fi/organisations").text) == ([410, 410], False)
    (letter,) = letters(calendar, "aino@pulina.example")
    assert (letter.subject, "Soita meille" in letter.text) == ("Pulina: публикация приостановлена", True)
    card = owner.read("/fi/desk/").text
    assert ("Kaupungin keskeyttämä" in card or "keskeyt" in card, "Soita meille" in card) == (True, True)


def test_its_way_back_brings_everything_back(calendar: Calendar) -> None:
    somebody(calendar, "aino@pulina.example", role="owner", language="ru")
    event, clerk = calendar.publish("Kielikahvila", schedule=weekly(times=10)), kaisa(calendar)
    clerk.post(SUSPENSION, {"reason": "spam"})
    assert shown(calendar, event) == [False] * 6

    calendar.clock.move(days=3)
    clerk = kaisa(calendar)
    clerk.follow(clerk.post(REINSTATEMENT))

    assert shown(calendar, event) == [True] * 6
    assert listed(calendar) == [("Kielikahvila", "CONFIRMED", 2)]
    assert letters(calendar, "aino@pulina.example")[-1].subject == "Pulina снова в календаре"
    assert [action for _, action, _ in audit_entries(calendar)] == ["suspended", "reinstated"]


def test_after_thirty_days_a_suspended_organisations_events_leave_the_calendars(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kielikahvila", schedule=weekly(times=20))
    kaisa(sqlite_calendar).post(SUSPENSION, {"reason": "spam"})

    sqlite_calendar.clock.move(days=30)
    before = listed(sqlite_calendar, "/fi/organisations/pulina.ics")
    sqlite_calendar.clock.move(days=1)

    assert len(before) == 1
    assert [listed(sqlite_calendar, path) for path in ("/fi/events.ics", "/fi/organisations/pulina.ics")] == [[], []]


def test_suspending_needs_a_reason_and_is_done_once(sqlite_calendar: Calendar) -> None:
    event, clerk = sqlite_calendar.publish(), kaisa(sqlite_calendar)

    wrong = [clerk.post(SUSPENSION, given).status_code for given in ({}, {"reason": "x"}, {"reason": "other"})]
    early = clerk.post(REINSTATEMENT)
    clerk.post(SUSPENSION, {"reason": "spam"})
    late = clerk.post(SUSPENSION, {"reason": "spam"})

    assert (wrong, shown(sqlite_calendar, event)[0]) == ([422] * 3, False)
    assert [answer.headers["location"].partition("?")[2] for answer in (early, late)] == ["done=gone"] * 2
