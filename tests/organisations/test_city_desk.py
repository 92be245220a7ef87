"""The city's people look after organisations, answer what readers tell, and read in the audit log what was done."""

from __future__ import annotations

import pytest

from organisations import messages
from organisations.feedback import Feedback
from organisations.models import Organisation
from tests.desks import Browser, letters, somebody
from tests.pages import parse
from tests.people import TODAY, Calendar

LIST = "/fi/city/organisations"


def kaisa(calendar: Calendar) -> Browser:
    return somebody(calendar, "kaisa@kouvola.example", city=True, name="Kaisa Kaupunki")


def found(clerk: Browser, query: str = "") -> list[str]:
    rows = clerk.read(f"{LIST}?{query}").all("li", class_="desk-row")
    return [row.one("a").text for row in rows]


def told(calendar: Calendar, text: str = "Miksi?", *, reply_to: str = "", days: int = 14, language: str = "ru") -> None:
    """A reader has told the city something."""
    message = Feedback("feedback", text, "/ru/events", reply_to)
    due = TODAY.replace(day=TODAY.day + days)
    calendar.run(messages.keep, message, language=language, now=calendar.clock(), due=due)


def roles(calendar: Calendar, slug: str = "pulina") -> list[tuple[str, str]]:
    async def find() -> list[tuple[str, str]]:
        organisation = await Organisation.get(slug=slug).prefetch_related("memberships__person")
        return sorted((each.person.email, each.role) for each in organisation.memberships)

    pairs: list[tuple[str, str]] = calendar.run(find)
    return pairs


def test_organisations_are_found_by_name_and_state(calendar: Calendar) -> None:
    calendar.association("pulina", "Pulina ry")
    calendar.association("naapurit", "Naapurit 100 %")
    calendar.association("kutojat", "Kutojat ry", state="pending")
    calendar.association("roskaajat", "Roskaajat", state="suspended")
    clerk = kaisa(calendar)

    everybody = ["Kutojat ry", "Naapurit 100 %", "Pulina ry", "Roskaajat"]
    assert found(clerk) == everybody
    assert [found(clerk, f"state={state}") for state in ("pending", "suspended", "returned", "x")] == [
        ["Kutojat ry"], ["Roskaajat"], [], everybody,
    ]  # fmt: skip
    assert [found(clerk, f"q={words}") for words in ("PULINA", "ry+kuto", "100+%25", "_", "%00")] == [
        ["Pulina ry"], ["Kutojat ry"], ["Naapurit 100 %"], [], everybody,
    ]  # fmt: skip


def test_a_long_list_has_pages(sqlite_calendar: Calendar) -> None:
    for number in range(21):
        sqlite_calendar.association(f"seura-{number:02}", f"Seura {number:02}")
    clerk = kaisa(sqlite_calendar)

    first, second = found(clerk), found(clerk, "page=2")

    assert (first[0], len(first), second) == ("Seura 00", 20, ["Seura 20"])
    assert found(clerk, "page=banana") == first


def test_the_city_lets_an_association_publish_at_once(calendar: Calendar) -> None:
    calendar.association("pulina")
    clerk = kaisa(calendar)

    page = clerk.follow(clerk.post(f"{LIST}/pulina/review", {"first": ""}))

    assert "Sen julkaisut näkyvät heti kaikille." in page.text
    assert "tapahtumat julkaistaan heti" in page.one("ol", class_="city-deeds").text
    page = clerk.follow(clerk.post(f"{LIST}/pulina/review", {"first": "1"}))
    assert "Kaupunki lukee sen tapahtumat ennen julkaisua." in page.text


def test_a_new_owner_is_named_and_both_stand_in_the_history(calendar: Calendar) -> None:
    somebody(calendar, "pekka@pulina.example", role="owner", name="Pekka")
    somebody(calendar, "aino@pulina.example", name="Aino", language="sv")
    clerk = kaisa(calendar)

    page = clerk.follow(clerk.post(f"{LIST}/pulina/owner", {"email": "Aino@pulina.example"}))

    assert roles(calendar) == [("aino@pulina.example", "owner"), ("pekka@pulina.example", "editor")]
    assert "ennen Pekka, nyt Aino" in page.one("ol", class_="city-deeds").text
    assert [letter.recipient for letter in letters(calendar)] == ["aino@pulina.example", "pekka@pulina.example"]
    assert letters(calendar)[0].subject == "Ny ägare: Pulina"


def test_who_has_no_account_is_invited_to_be_the_owner(calendar: Calendar) -> None:
    somebody(calendar, "pekka@pulina.example", role="owner")
    clerk = kaisa(calendar)

    page = clerk.follow(clerk.post(f"{LIST}/pulina/owner", {"email": "uusi@pulina.example"}))

    assert page.one("p", class_="notice").text.startswith("Kutsu on matkalla.")
    assert roles(calendar) == [("pekka@pulina.example", "owner")]
    assert [letter.recipient for letter in letters(calendar)] == ["uusi@pulina.example"]
    assert clerk.post(f"{LIST}/pulina/owner", {"email": "nobody"}).status_code == 422


def test_what_is_overdue_stands_first(calendar: Calendar) -> None:
    told(calendar, "Myöhemmin", days=14)
    told(calendar, "Ensin", days=1)
    clerk = kaisa(calendar)
    calendar.clock.move(days=2)
    clerk = kaisa(calendar)

    page = clerk.read("/fi/city/messages")

    rows = page.all("li", class_="desk-row")
    assert ["Ensin" in rows[0].text, "myöhässä" in rows[0].text, "Myöhemmin" in rows[1].text] == [True] * 3
    assert page.one("p", class_="notice").text == "1 viestiin olisi pitänyt jo vastata."
    assert clerk.read("/fi/city/messages?kind=event").all("li", class_="desk-row") == []


def test_an_answer_goes_by_mail_in_the_readers_language_and_is_kept(calendar: Calendar) -> None:
    told(calendar, reply_to="ella@example.org")
    clerk = kaisa(calendar)
    path = clerk.read("/fi/city/messages").one("li", class_="desk-row").one("a")["href"]
    empty = clerk.post(f"{path}/answer", {"answer": " "})

    page = clerk.follow(clerk.post(f"{path}/answer", {"answer": "Koska on talvi."}))

    assert (empty.status_code, page.all("li", class_="desk-row")) == (422, [])
    (letter,) = letters(calendar)
    assert (letter.recipient, letter.subject) == ("ella@example.org", "Город отвечает на ваше сообщение")
    assert ("Koska on talvi." in letter.text, "Miksi?" in letter.text) == (True, False)
    closed = clerk.read("/fi/city/messages?closed=1")
    assert "Miksi?" in closed.text
    assert "Koska on talvi." in clerk.read(path).text
    again = clerk.post(f"{path}/answer", {"answer": "Vielä"})
    assert again.headers["location"].endswith("done=gone")


def test_without_an_address_nothing_is_sent_and_it_can_be_opened_again(calendar: Calendar) -> None:
    told(calendar)
    clerk = kaisa(calendar)
    path = clerk.read("/fi/city/messages").one("li", class_="desk-row").one("a")["href"]

    clerk.post(f"{path}/closing")
    closed = clerk.read("/fi/city/messages").all("li", class_="desk-row")
    clerk.follow(clerk.post(f"{path}/reopening"))

    assert (closed, letters(calendar)) == ([], [])
    assert len(clerk.read("/fi/city/messages").all("li", class_="desk-row")) == 1
    assert [clerk.get(f"/fi/city/messages/{number}").status_code for number in ("999", "x", "0")] == [404] * 3


def test_the_book_is_searched_by_who_what_when_and_for_whom(calendar: Calendar) -> None:
    somebody(calendar, "pekka@pulina.example", role="owner", name="Pekka")
    calendar.association("naapurit")
    clerk = kaisa(calendar)
    clerk.post(f"{LIST}/pulina/review", {"first": ""})
    calendar.clock.move(hours=20)
    clerk = kaisa(calendar)
    clerk.post(f"{LIST}/naapurit/suspension", {"reason": "spam"})

    def notices(query: str) -> list[str]:
        page = clerk.read(f"/fi/city/audit?{query}")
        return [item.all("a")[0].text for item in page.one("ol", class_="city-deeds").all("li") if item.all("a")]

    assert notices("") == ["naapurit", "pulina"]
    wanted = {
        "who=kaisa": 2, "who=pekka": 0, "action=suspended": 1, "organisation=Pulina": 1, "target=naap": 1,
        "since=2026-12-02": 1, "until=2026-12-01": 1, "since=2026-12-01&until=2026-12-02": 2, "who=%25": 0,
    }  # fmt: skip
    assert {query: len(notices(query)) for query in wanted} == wanted
    wrong = clerk.read("/fi/city/audit?since=banana")
    assert [link["href"] for link in wrong.one("div", class_="error-summary").all("a")] == ["#since"]
    assert "Mainontaa" in clerk.read("/fi/city/audit?action=suspended").text


@pytest.mark.parametrize("code", ["fi", "sv", "en", "ru", "ar", "selko"])
def test_every_page_opens_in_every_language(sqlite_calendar: Calendar, code: str) -> None:
    sqlite_calendar.association("pulina")
    clerk = kaisa(sqlite_calendar)
    paths = ("", "organisations", "organisations/pulina", "messages", "audit", "events", "places", "places/new")

    for path in paths:
        assert parse(clerk.get(f"/{code}/city/{path}").text).one("h1").text
