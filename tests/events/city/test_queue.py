"""What waits for the city stands in one line, with what is missing and what would change; each is decided in one go."""

import pytest

from events.storage.models import Proposal
from tests.database import count_queries, statements
from tests.desks import letters, link_in, somebody
from tests.events.city.waiting import audit_entries, edited, kaisa, proposed, submitted
from tests.pages import Node, read
from tests.people import NOW, Calendar, once

QUEUE = "/fi/city/"
ROLES_SET = {"state": "pending", "state_reason": ""}


def names(page: Node) -> list[str]:
    """What waits, in its order."""
    return page.one("main").texts("h2")


def cards(page: Node) -> list[Node]:
    return page.all("li", class_="desk-card")


def event_titles(calendar: Calendar) -> list[str]:
    return read(calendar, "/fi/events").texts("h4")


def test_what_takes_place_first_stands_first(calendar: Calendar) -> None:
    submitted(calendar, title__fi="Myöhempi", date="2026-12-20")
    proposed(calendar)
    submitted(calendar, title__fi="Aikaisempi", date="2026-12-03")
    calendar.association("kutojat", "Kutojat ry", **ROLES_SET)

    page = kaisa(calendar).read(QUEUE)

    assert names(page) == ["Kutojat ry", "Aikaisempi", "Puistojooga", "Myöhempi"]
    assert "Kolmen päivän sisällä" in cards(page)[1].text
    assert "Asukkaan ehdotus" in cards(page)[2].text


def test_an_applicant_stands_where_its_first_event_does(calendar: Calendar) -> None:
    submitted(calendar, title__fi="Ensin", date="2026-12-03")
    calendar.association("kutojat", "Kutojat ry", **ROLES_SET)
    submitted(calendar, organisation="kutojat", title__fi="Kutojien ilta", date="2026-12-10")

    page = kaisa(calendar).read(QUEUE)

    assert names(page) == ["Ensin", "Kutojat ry", "Kutojien ilta"]
    assert "Sen järjestäjä pitää hyväksyä ensin." in cards(page)[2].text
    assert cards(page)[2].texts("button") == ["Palauta"]


def test_a_checklist_names_what_is_missing(calendar: Calendar) -> None:
    submitted(calendar)

    (card,) = cards(kaisa(calendar).read(QUEUE))

    assert card.one("p", class_="city-missing").text == ("Puuttuu: kieli, hinta, ilmoittautuminen, yhteystieto, teksti")
    assert "Kerrottu: nimi, aika, paikka, laji" in card.text


def test_one_button_publishes_and_its_author_hears_of_it_in_her_language(calendar: Calendar) -> None:
    submitted(calendar)
    clerk = kaisa(calendar)
    assert event_titles(calendar) == []

    form = next(form for form in cards(clerk.read(QUEUE))[0].all("form") if form["action"].endswith("/publication"))
    page = clerk.follow(clerk.post(form["action"]))

    assert page.one("p", class_="notice").text == "Julkaistu. Kirjoittajalle on ilmoitettu."
    assert (names(page), event_titles(calendar)) == ([], ["Lettukestit"])
    (letter,) = letters(calendar, "aino@pulina.example")
    assert letter.subject == "Опубликовано: Lettukestit"
    assert link_in(letter).startswith("/ru/events/")
    assert calendar.get(link_in(letter)).status_code == 200


def test_what_is_sent_back_says_why_and_stays_with_its_author(calendar: Calendar) -> None:
    aino = somebody(calendar, role="editor")
    stored = submitted(calendar)
    path = f"/fi/city/proposals/{stored.key}/return"

    done = kaisa(calendar).post(path, {"reason": "price", "note": "Maksaako se jotain?"})

    assert (done.status_code, names(kaisa(calendar).read(QUEUE))) == (303, [])
    (letter,) = letters(calendar, "aino@pulina.example")
    assert letter.subject.endswith("Lettukestit")
    assert "Kerro, mitä se maksaa" in letter.text or "Укажите цену" in letter.text
    assert "Maksaako se jotain?" in letter.text
    assert link_in(letter).endswith(f"/desk/proposals/{stored.key}")
    assert "Maksaako se jotain?" in aino.read("/fi/desk/").text
    assert audit_entries(calendar)[-1] == ("city", "return", stored.key)


@pytest.mark.parametrize("given", [{}, {"reason": "made up"}, {"reason": "other"}])
def test_sending_back_needs_a_reason(sqlite_calendar: Calendar, given: dict[str, str]) -> None:
    stored = submitted(sqlite_calendar)

    answer = kaisa(sqlite_calendar).post(f"/fi/city/proposals/{stored.key}/return", given)

    assert (answer.status_code, letters(sqlite_calendar)) == (422, [])


def test_a_change_is_shown_field_by_field_in_words(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto")
    hall = calendar.place("Kuusankoskitalo")
    event = calendar.publish("Kielikahvila", place_id=library)
    edited(
        calendar,
        event,
        title__fi="Kielikerho",
        date="2026-12-04",
        place=str(hall),
        price="free",
        promises="fi:main,ru:helper",
        audiences="women",
    )

    (card,) = cards(kaisa(calendar).read(QUEUE))

    changes = card.one("dl", class_="city-changes")
    found = dict(zip(changes.texts("dt"), zip(changes.texts("del"), changes.texts("ins"), strict=True), strict=True))
    assert found == {
        "Päivät": ("to 3.12. klo 17.30–19.30", "pe 4.12. klo 17.30–19.30"),
        "Paikka": ("Pääkirjasto", "Kuusankoskitalo"),
        "Hinta": ("Hintaa ei ole ilmoitettu", "Maksuton"),
        "Kenelle": ("Kaikille avoin", "Naiset"),
        "Kielet": ("suomi (Ohjataan kielellä)", "suomi (Ohjataan kielellä), venäjä (Joku puhuu kieltä)"),
        "Nimi (suomi)": ("Kielikahvila", "Kielikerho"),
    }
    assert [node.language for node in changes.all("ins")][-1] == ("fi", "auto")


def test_a_published_change_is_the_event(calendar: Calendar) -> None:
    event = calendar.publish("Kielikahvila", place_id=calendar.place())
    stored = edited(calendar, event, title__fi="Kielikerho")

    kaisa(calendar).post(f"/fi/city/proposals/{stored.key}/publication")

    assert event_titles(calendar) == ["Kielikerho"]


def test_what_has_changed_meanwhile_is_not_overwritten(calendar: Calendar) -> None:
    event = calendar.publish("Kielikahvila", place_id=calendar.place())
    stored = edited(calendar, event, title__fi="Kielikerho")
    calendar.clock.move(minutes=1)
    calendar.rewrite(event, "Juttutupa", place_id=calendar.event(event).place_id)

    answer = kaisa(calendar).post(f"/fi/city/proposals/{stored.key}/publication")

    assert answer.status_code == 422
    assert "Tapahtuma on muuttunut sen jälkeen." in answer.text
    assert event_titles(calendar) == ["Juttutupa"]


def test_two_clerks_decide_once(calendar: Calendar) -> None:
    stored = submitted(calendar)
    clerk = kaisa(calendar)
    clerk.post(f"/fi/city/proposals/{stored.key}/publication")

    late = clerk.post(f"/fi/city/proposals/{stored.key}/return", {"reason": "price"})

    assert late.headers["location"] == "/fi/city/?done=gone"
    assert event_titles(calendar) == ["Lettukestit"]
    assert len(letters(calendar, "aino@pulina.example")) == 1
    assert clerk.get(f"/fi/city/proposals/{stored.key}").status_code == 404


def test_a_residents_proposal_is_published_in_the_name_of_an_association_that_has_said_yes(calendar: Calendar) -> None:
    calendar.association("pulina")
    proposed(calendar)
    clerk = kaisa(calendar)
    (card,) = cards(clerk.read(QUEUE))
    assert ("ella@example.org" in card.text, "Naapurit" in card.text) == (True, True)
    form = card.one("form", class_="city-adoption")

    clerk.post(form["action"], {"organisation": "pulina"})

    assert event_titles(calendar) == ["Puistojooga"]
    (letter,) = letters(calendar, "ella@example.org")
    assert letter.subject == "Julkaistu: Puistojooga"


def test_a_residents_proposal_can_be_given_away_to_be_completed(calendar: Calendar) -> None:
    calendar.association("pulina")
    proposed(calendar)
    clerk = kaisa(calendar)
    (card,) = cards(clerk.read(QUEUE))
    button = next(button for button in card.all("button") if button.get("formaction"))

    page = clerk.follow(clerk.post(button["formaction"], {"organisation": "pulina"}))

    link = page.one("main").links()["Avaa lomake"]
    assert clerk.get(link).status_code == 200
    assert event_titles(calendar) == []


def test_a_resident_without_an_account_is_told_why_it_was_sent_back(calendar: Calendar) -> None:
    proposed(calendar)
    clerk = kaisa(calendar)
    (card,) = cards(clerk.read(QUEUE))
    form = next(form for form in card.all("form") if form["action"].endswith("/return"))

    clerk.post(form["action"], {"reason": "not_open"})

    (letter,) = letters(calendar, "ella@example.org")
    assert "Kalenterissa on vain kaikille avointa." in letter.text
    assert "/desk/" not in letter.text


def test_a_thousand_entries_are_paged_and_cost_as_much_as_three(calendar: Calendar) -> None:
    stored = submitted(calendar)
    clerk = kaisa(calendar)
    clerk.get(QUEUE)
    with count_queries() as few:
        clerk.read(QUEUE)

    async def copy() -> None:
        row = await Proposal.get(key=stored.key)
        same = {name: getattr(row, name) for name in ("organisation_id", "author_id", "state", "payload", "submitted")}
        await Proposal.bulk_create(
            Proposal(key=f"k{number:015}", created=NOW, modified=NOW, first_start=row.first_start, **same)
            for number in range(999)
        )

    calendar.run(copy)
    with count_queries() as many:
        page = clerk.read(QUEUE)

    assert (len(statements(few)), len(statements(many))) == (7, 7)
    assert (len(cards(page)), "1000 asiaa odottaa" in page.text) == (20, True)
    assert page.one("nav", class_="city-paging").links() == {"Seuraava sivu": "/fi/city/?page=2"}
    last = clerk.read("/fi/city/?page=999")
    assert "Sivu 50/50" in last.text


def test_the_city_enters_an_event_for_an_association(calendar: Calendar) -> None:
    calendar.association("pulina", review_first=False)
    clerk = kaisa(calendar)
    link = clerk.read("/fi/city/organisations/pulina").one("main").links()["Lisää tapahtuma sen puolesta"]

    form = clerk.follow(clerk.get(link))

    assert form.all("form")
    event = calendar.publish("Kielikahvila", schedule=once("2026-12-04 10:00"))
    page = clerk.read(f"/fi/city/events/{event}")
    assert clerk.get(page.one("main").links()["Muuta, peru tai siirrä järjestäjän puolesta"]).status_code == 200
