"""One event in full: every fact in the reader's words, and the truth about the date she asked for."""

from decimal import Decimal
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.domain.vocabulary import ACCESS
from events.pages.event import pages as event_pages
from tests.database import count_queries, statements
from tests.pages import Node, read, scripts
from tests.people import Calendar, at, once, weekly

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;'"


def show(calendar: Calendar, event: str, rest: str = "", language: str = "en") -> Node:
    """The middle of an event's page."""
    return read(calendar, f"/{language}/events/{event}{rest}").one("main")


def said(page: Node) -> list[str]:
    """What the page says of the date before anything else."""
    return page.one(class_="event-head").texts(class_="status")


def test_a_reader_of_swedish_understands_every_fact_of_a_finnish_event(sqlite_calendar: Calendar) -> None:
    place = sqlite_calendar.place(
        "Uimahalli", "kuusankoski", street_address="Uimahallintie 1", access={"step_free": True, "loop": False}
    )
    event = sqlite_calendar.publish(
        "Uintikerho",
        schedule=weekly("2026-12-05 10:00"),
        place_id=place,
        category="sport",
        activities=("swimming",),
        audiences=("families",),
        min_age=7,
        promises=(("fi", "main"), ("ru", "helper")),
        price="paid",
        prices=(PriceRow(Decimal("4.50")), PriceRow(Decimal(2), "person", "child")),
        registration=Registration("required", link="https://anmalan.example/", closes=at("2026-12-04 12:00")),
        first_time={"met_by": ("door",), "bring": ("swimwear",)},
    )

    page = show(sqlite_calendar, event, language="sv")
    facts = {fact.one("h2").text: fact.texts("p") for fact in page.all(class_="fact")}

    assert page.one(class_="event-when").text == "lör 5.12 kl. 10–11.30"
    assert (page.one(class_="lead").text, page.one("h1").text) == ("Simning", "Uintikerho")
    assert page.texts(class_="repeats") == ["Varje vecka"]
    assert facts["Språk"] == ["Hålls på finska", "Någon på plats talar ryska"]
    assert facts["Pris"] == ["4,50 €/person, barn 2 €/person"]
    assert facts["Anmälan"] == ["Anmäl dig senast fre 4.12 kl. 12", "Anmäl dig på nätet", "https://anmalan.example/"]
    assert facts["Plats"] == ["Uimahalli, i Kuusankoski", "Uimahallintie 1, Kouvola", "Visa på kartan"]
    assert facts["För vem"] == ["Barnfamiljer, från 7 år"]
    assert page.one(class_="event-kinds").links() == {
        "Motion och idrott": "/sv/events?category=sport",
        "Simning": "/sv/events?activity=swimming",
    }
    assert page.one(class_="fact-sun").texts("li") == ["Någon tar emot dig vid dörren", "Ta med: badkläder"]
    assert page.texts("li", class_="lacking") == ["Ingen hörslinga"]


@pytest.mark.parametrize(
    ("change", "status", "offered"),
    [
        (DateChange("cancelled", "illness"), "Cancelled. Reason: Illness", True),
        (DateChange("postponed", "weather"), "Postponed, new time to come. Reason: Weather", True),
        (DateChange(full=True), "Full", True),
        (DateChange("tentative"), "Time to be confirmed", True),
        (DateChange(start=at("2026-12-09 18:00")), "Moved. New time: Wed 9 Dec, 18:00–19:30", True),
        (DateChange(), "", False),
    ],
)
def test_the_date_asked_for_is_told_as_it_stands_and_the_next_one_beside_it(
    sqlite_calendar: Calendar, change: DateChange, status: str, offered: bool
) -> None:
    event = sqlite_calendar.publish(
        schedule=weekly(), changed={"2026-12-08": change, "2026-12-15": DateChange(full=True)}
    )

    page = show(sqlite_calendar, event, "?date=2026-12-08")

    assert said(page) == [status] * bool(status)
    assert page.one(class_="event-when").text.startswith("Wed 9 Dec" if change.start else "Tue 8 Dec")
    assert page.texts(class_="event-next") == ["Next that takes place: Tue 22 Dec, 17:30–19:00"] * offered
    assert [line["href"].partition("?")[2] for line in page.all("a", aria_current="true")] == ["date=2026-12-08"]


@pytest.mark.parametrize("code", ["fi", "ar"])
def test_a_series_whose_next_date_is_off_says_so_before_the_one_that_takes_place(calendar: Calendar, code: str) -> None:
    event = calendar.publish(schedule=weekly(), changed={"2026-12-01": DateChange("cancelled", "illness")})

    page = read(calendar, f"/{code}/events/{event}")

    said_of_it, day = {
        "fi": ("ti 1.12. klo 17.30–19 Peruttu. Syy: Sairaus", "Ti 8.12. klo 17.30–19"),
        "ar": ("الثلاثاء، 1 ديسمبر، من 17:30 إلى 19:00 ملغاة. السبب: مرض", "الثلاثاء، 8 ديسمبر، من 17:30 إلى 19:00"),
    }[code]
    assert page.texts("p", class_="event-off") == [said_of_it]
    assert page.one(class_="event-when").text.lower() == day.lower()
    assert page.one("p", class_="event-off").one("a")["href"].endswith("?date=2026-12-01")
    asked = read(calendar, f"/{code}/events/{event}?date=2026-12-08")
    assert asked.texts("p", class_="event-off") == []


def test_a_note_explains_a_status_in_the_language_it_was_written_in(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=weekly(),
        changed={"2026-12-01": DateChange("cancelled", "other"), "2026-12-08": DateChange("cancelled")},
        notes=(
            Note("fi", "Putki hajosi", at("2026-12-01 12:00").date()),
            Note("sv", "Ett rör gick sönder", at("2026-12-01 12:00").date()),
        ),
    )

    finnish, swedish, english = (
        show(sqlite_calendar, event, "?date=2026-12-01", language).one(class_="event-head")
        for language in ("fi", "sv", "en")
    )

    assert [
        (head.one(class_="typed").text, head.one(class_="typed").language[0]) for head in (finnish, swedish, english)
    ] == [
        ("Putki hajosi", "fi"),
        ("Ett rör gick sönder", "sv"),
        ("Putki hajosi", "fi"),
    ]
    assert show(sqlite_calendar, event, "?date=2026-12-08").one(class_="event-head").texts(class_="typed") == []


def test_without_a_date_the_page_opens_with_the_next_that_takes_place(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(), changed={"2026-12-01": DateChange("cancelled")})

    page = show(sqlite_calendar, event)

    assert (page.one(class_="event-when").text, said(page)) == ("Tue 8 Dec, 17:30–19:00", ["Cancelled"])
    assert page.one(class_="dates").texts("li")[:2] == ["Tue 1 Dec, 17:30–19:00 Cancelled", "Tue 8 Dec, 17:30–19:00"]


@pytest.mark.parametrize(
    ("status", "said_first"),
    [
        ("cancelled", "Cancelled. Reason: Too few participants"),
        ("postponed", "Postponed, new time to come. Reason: Too few participants"),
        ("tentative", "Time to be confirmed"),
    ],
)
def test_a_status_of_the_whole_event_stands_on_each_of_its_dates(
    sqlite_calendar: Calendar, status: str, said_first: str
) -> None:
    event = sqlite_calendar.publish(schedule=weekly(times=2), event_status=status, status_reason="too_few")

    pages = [show(sqlite_calendar, event, rest) for rest in ("", "?date=2026-12-01", "?date=2026-12-08")]

    assert [said(page) for page in pages] == [[said_first]] * 3


def test_a_date_that_has_passed_says_so_and_leads_on(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly("2026-11-24 17:30"))

    whole = read(sqlite_calendar, f"/en/events/{event}?date=2026-11-24")

    assert said(whole.one("main")) == ["This date has passed."]
    assert whole.texts(class_="event-next") == ["Next that takes place: Tue 1 Dec, 17:30–19:00"]
    assert [meta["content"] for meta in whole.all("meta", name="robots")] == ["noindex"]


def test_an_event_that_is_over_says_so_and_leaves_search_engines(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=once("2026-12-01 18:00"), contact_email="aino@pulina.example", contact_phone="040 123"
    )
    before = read(sqlite_calendar, f"/en/events/{event}")

    sqlite_calendar.clock.move(days=1)
    after = read(sqlite_calendar, f"/en/events/{event}")

    assert (said(before), before.all("meta", name="robots")) == ([], [])
    assert said(after) == ["This is over."]
    assert [meta["content"] for meta in after.all("meta", name="robots")] == ["noindex"]
    assert {"aino@pulina.example", "040 123"} <= set(before.links())
    assert not {"aino@pulina.example", "040 123"} & set(after.links())


def test_the_association_can_be_reached_where_the_event_names_nobody(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", contact_email="pulina@pulina.example", contact_phone="+358 5 123")
    event = sqlite_calendar.publish(link="https://pulina.example/kahvila")

    assert sqlite_calendar.get(f"/en/events/{event}").status_code == 200
    links = show(sqlite_calendar, event).links()

    assert {
        name: links[name]
        for name in ("Pulina", "pulina@pulina.example", "+358 5 123", "https://pulina.example/kahvila")
    } == {
        "Pulina": "/en/organisations/pulina",
        "pulina@pulina.example": "mailto:pulina@pulina.example",
        "+358 5 123": "tel:+3585123",
        "https://pulina.example/kahvila": "https://pulina.example/kahvila",
    }


def test_typed_addresses_become_links_only_where_they_lead_to_the_web(sqlite_calendar: Calendar) -> None:
    script = "javascript:alert(1)"
    bad = sqlite_calendar.publish(
        online=True, online_url=script, link=script, registration=Registration("required", link=script)
    )
    good = sqlite_calendar.publish(online=True, online_url="HTTPS://meet.example/x")

    assert show(sqlite_calendar, good).links()["Join online"] == "HTTPS://meet.example/x"
    assert [href for href in show(sqlite_calendar, bad).links().values() if "script" in href] == []


def test_markdown_is_shown_as_words_and_never_as_a_program(sqlite_calendar: Calendar) -> None:
    description = (
        "# Tervetuloa\n\n**Kaikki** [sivu](https://pulina.example) [paha](javascript:alert(1))\n\n"
        "<script>alert(1)</script> <b onclick=x>raaka</b> ![kuva](https://x.example/i.png)\n"
    )
    event = sqlite_calendar.publish(texts={"fi": Text("Kahvila", "", description)})

    words = show(sqlite_calendar, event, language="fi").one("div", class_="typed")

    assert {node.tag for node in words.walk()} == {"h3", "p", "strong", "a"}
    assert words.links() == {"sivu": "https://pulina.example", "kuva": "https://x.example/i.png"}
    assert {link["rel"] for link in words.all("a")} == {"nofollow ugc noopener"}
    assert words.text.startswith("Tervetuloa Kaikki sivu [paha](javascript:alert(1)) <script>alert(1)</script>")


def test_hostile_words_stay_words_on_the_whole_page(sqlite_calendar: Calendar) -> None:
    text = Text(*([HOSTILE] * 7))
    event = sqlite_calendar.publish(
        texts={"fi": text},
        place_id=sqlite_calendar.place(HOSTILE, street_address=HOSTILE),
        nearest_stop=HOSTILE,
        registration=Registration("required", email=HOSTILE, phone=HOSTILE),
        notes=(Note("fi", HOSTILE),),
        contact_email=HOSTILE,
    )

    whole = read(sqlite_calendar, f"/fi/events/{event}")

    assert (whole.one("h1").text, scripts(whole), whole.all("img")) == (HOSTILE, ["site.js", ""], [])
    assert [node["type"] for node in whole.one("main").all("script")] == ["application/ld+json"]
    assert [node.attributes for node in whole.walk() if any(name.startswith("on") for name in node.attributes)] == []
    assert whole.one(class_="original" if whole.all(class_="original") else "event-where").text.startswith(HOSTILE)


def test_what_an_event_lacks_is_told_apart_from_what_nobody_has_told(sqlite_calendar: Calendar) -> None:
    known = {name: True for name in ACCESS if name not in ("loop", "toilet", "parking")}
    event = sqlite_calendar.publish(access={**known, "loop": False})

    card = next(card for card in show(sqlite_calendar, event).all(class_="fact") if card.one("h2").text == "Access")

    assert card.texts("li", class_="lacking") == ["No induction loop"]
    assert card.texts("p") == ["Not told: accessible toilet, accessible parking. Ask the organiser."]
    assert len(card.all("li")) == len(known) + 1


def test_the_way_there_is_shown_on_the_web_and_in_the_phones_own_map(sqlite_calendar: Calendar) -> None:
    known = {"street_address": "Salpausselänkatu 33", "postal_code": "45100"}
    found = sqlite_calendar.publish(place_id=sqlite_calendar.place(**known, latitude=60.868, longitude=26.7))
    lost = sqlite_calendar.publish(place_id=sqlite_calendar.place("Metsä"))

    place, wood = (show(sqlite_calendar, event, language="ar") for event in (found, lost))

    assert [link["href"] for link in place.all("a") if link["href"].startswith(("https:", "geo:"))][:2] == [
        "https://www.openstreetmap.org/search?query="
        "P%C3%A4%C3%A4kirjasto%2C%20Salpaussel%C3%A4nkatu%2033%2C%2045100%20Kouvola",
        "geo:60.868000,26.700000?q=60.868000,26.700000(P%C3%A4%C3%A4kirjasto)",
    ]
    copied = [node for node in place.walk() if "data-copy" in node.attributes]
    assert [(node.text, node.one("bdi").language) for node in copied] == [
        ("Salpausselänkatu 33, 45100 Kouvola", ("fi", "ltr"))
    ]
    assert [node for node in wood.walk() if "data-copy" in node.attributes or node.get("href").startswith("geo:")] == []


def test_an_event_that_is_over_leads_to_the_same_people_things_and_languages(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=once("2026-11-20 18:00"), promises=(("fi", "main"), ("ru", "main")))

    page = show(sqlite_calendar, event)

    assert page.one(class_="event-over").links() == {
        "From the same organiser": "/en/organisations/pulina",
        "Language cafés and learning": "/en/events?category=language",
        "Held in Russian": "/en/events?in_language=ru",
    }
    assert {"#keep", f"/en/events/{event}/poster"} & {link["href"] for link in page.all("a")} == set()


def test_what_is_cancelled_for_good_is_not_offered_for_a_calendar(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(), event_status="cancelled")
    one_date = sqlite_calendar.publish(schedule=weekly(), changed={"2026-12-08": DateChange("cancelled")})

    pages = [show(sqlite_calendar, event), show(sqlite_calendar, one_date, "?date=2026-12-08")]

    assert ["#keep" in [link["href"] for link in page.all("a")] for page in pages] == [False, True]


def test_a_withdrawn_event_is_said_to_be_gone_with_a_way_back(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Salaisuus")
    assert show(sqlite_calendar, event).one("h1").text == "Salaisuus"

    sqlite_calendar.withdraw(event)
    gone = read(sqlite_calendar, f"/sv/events/{event}-salaisuus", status=410)

    assert gone.one("h1").text == "Det här finns inte längre kvar."
    assert [link["href"] for link in gone.one("main").all("a")] == ["/sv/", "/sv/events"]
    assert "Salaisuus" not in gone.text


@pytest.mark.parametrize(
    "address", ["aaaaaaaaaa", "x", "{event}x", "{event}.html", "{event}-Ä", "%00" * 10, "{event}%0A"]
)
def test_an_unknown_address_is_told_in_the_readers_language(sqlite_calendar: Calendar, address: str) -> None:
    event = sqlite_calendar.publish()

    page = read(sqlite_calendar, f"/sv/events/{address.format(event=event)}", status=404)

    assert page.one("h1").text == "Den här sidan finns inte."
    assert [link["href"] for link in page.one("main").all("a")] == ["/sv/", "/sv/events"]


def test_an_event_asks_the_same_few_questions_whatever_its_number_of_dates(sqlite_calendar: Calendar) -> None:
    events = [sqlite_calendar.publish(schedule=weekly(times=times)) for times in (1, 50)]

    def asked(event: str) -> int:
        with count_queries() as seen:
            show(sqlite_calendar, event)
        return len(seen)

    assert [asked(event) for event in events] == [1, 1]


def test_a_change_elsewhere_leaves_an_event_page_as_it_is(calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    place = calendar.place("Pääkirjasto")
    shown = calendar.publish("Kielikahvila", place_id=place)
    other = calendar.publish("Uinti", organisation="naapurit")

    made: list[str] = []

    def event_view(event: Any, *rest: Any, **named: Any) -> Any:
        made.append(event.place.name)
        return original(event, *rest, **named)

    original = event_pages.event_view
    monkeypatch.setattr(event_pages, "event_view", event_view)

    def questions() -> int:
        with count_queries() as seen:
            assert show(calendar, shown).one("h1").text == "Kielikahvila"
        return len(statements(seen))

    first = questions()
    calendar.rewrite(other, "Vesijumppa")
    after_another = questions()
    calendar.rename_place(place, "Kirjasto")
    with_new_place = questions()

    assert (first, after_another, with_new_place, questions()) == (1, 1, 1, 0)
    assert made == ["Pääkirjasto", "Kirjasto"]
