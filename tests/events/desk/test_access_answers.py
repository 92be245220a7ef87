"""Whoever is asked about access chooses the very sentence that readers get: no question can say its opposite."""

from __future__ import annotations

import pytest

from events.city.differences import differences
from events.desk.form.comparison import pairs
from events.domain.vocabulary import ACCESS
from tests.desks import Browser
from tests.events.city.waiting import kaisa
from tests.events.desk.test_event_form import begun, liisa, typed
from tests.pages import Node, read
from tests.people import TODAY, Calendar
from web.i18n import load_languages
from web.settings import ROOT

LANGUAGES = load_languages(ROOT / "locales")
OF_THE_DESK = ("fi", "sv", "en", "ru", "uk", "ar")
OF_THE_CITY = ("fi", "sv", "en")
SENT = ("yes", "no")


def offered(page: Node, key: str) -> dict[str, str]:
    """What a form offers to say of one thing: what is sent -> its words."""
    return {option.get("value"): option.text for option in page.one("select", id=f"access.{key}").all("option")}


def published(calendar: Calendar, event: str, language: str) -> list[str]:
    """What a reader is told of access, what is there and what is not."""
    page = read(calendar, f"/{language}/events/{event}")
    return [line for card in page.all(class_="fact") for line in card.texts("li")]


def answers(page: Node) -> dict[str, tuple[str, str]]:
    """The words of yes and of no, of every question about access."""
    return {key: (offered(page, key)["yes"], offered(page, key)["no"]) for key in ACCESS}


def told(calendar: Calendar, language: str) -> dict[str, tuple[str, str]]:
    """What readers are told where the answer is yes, and where it is no."""
    lines = []
    for answer in (True, False):
        event = calendar.publish(access=dict.fromkeys(ACCESS, answer))
        lines.append(published(calendar, event, language)[: len(ACCESS)])
    return dict(zip(ACCESS, zip(*lines, strict=True), strict=True))


@pytest.mark.parametrize("language", OF_THE_CITY)
def test_the_city_chooses_for_a_place_what_readers_are_told(sqlite_calendar: Calendar, language: str) -> None:
    library = sqlite_calendar.place()

    page = kaisa(sqlite_calendar).read(f"/{language}/city/places/{library}")

    assert answers(page) == told(sqlite_calendar, language)


@pytest.mark.parametrize("language", OF_THE_DESK)
def test_an_organiser_chooses_what_readers_are_told(sqlite_calendar: Calendar, language: str) -> None:
    page = organiser(sqlite_calendar, language)

    assert answers(page) == told(sqlite_calendar, language)


def organiser(calendar: Calendar, language: str) -> Node:
    """The form of a new event, in a language."""
    browser: Browser = liisa(calendar)
    return browser.read(begun(browser).replace("/fi/", f"/{language}/"))


def test_an_answer_of_the_place_is_offered_in_its_own_sentence(sqlite_calendar: Calendar) -> None:
    place = sqlite_calendar.place(access={"step_free": False, "assistant_free": True})
    browser = liisa(sqlite_calendar)
    address = begun(browser)
    browser.post(address, typed(browser, address, place=str(place)))

    page = browser.read(address)

    assert [offered(page, key)[""] for key in ("step_free", "assistant_free", "loop")] == [
        "Kuten paikan tiedoissa: Portaita, ei hissiä",
        "Kuten paikan tiedoissa: Avustaja maksutta",
        "Kuten paikan tiedoissa: Ei tietoa",
    ]


def test_a_free_assistant_chosen_for_a_place_is_a_free_assistant_on_its_events(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto")
    event = calendar.publish(place_id=library)
    clerk = kaisa(calendar)
    free = {words: sent for sent, words in offered(clerk.read(f"/fi/city/places/{library}"), "assistant_free").items()}

    clerk.post(
        f"/fi/city/places/{library}", {"name": "Pääkirjasto", "access.assistant_free": free["Avustaja maksutta"]}
    )

    assert "Avustaja maksutta" in published(calendar, event, "fi")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_change_of_an_answer_is_shown_to_the_city_as_readers_get_it(code: str) -> None:
    language = LANGUAGES[code]
    before = {f"access.{key}": "yes" for key in ACCESS}
    after = {f"access.{key}": "no" for key in ACCESS}

    found = differences(before, after, language, places={}, today=TODAY)

    assert {(one.before, one.after) for one in found} == {
        (language.pgettext("access", key), language.pgettext("access no", key)) for key in ACCESS
    }


@pytest.mark.parametrize("code", OF_THE_DESK)
def test_two_answers_stand_side_by_side_as_readers_get_them(code: str) -> None:
    language = LANGUAGES[code]
    mine = {f"access.{key}": "yes" for key in ACCESS}
    theirs = {f"access.{key}": "no" for key in ACCESS}

    found = pairs(mine, theirs, mine, language, places={}, today=TODAY)

    assert [(one.mine, one.theirs) for one in found] == [
        (language.pgettext("access", key), language.pgettext("access no", key)) for key in ACCESS
    ]


@pytest.mark.parametrize("name", ["mid_season", "registration_each_time", "own_address_ok", "online", "no_language"])
def test_a_tick_stands_beside_its_own_words_and_not_beside_its_heading(sqlite_calendar: Calendar, name: str) -> None:
    """«Sign-up: yes» must not stand for «one can join in the middle of the season»."""
    label = organiser(sqlite_calendar, "fi").one("label", for_=name).text

    (pair,) = pairs({name: "yes"}, {}, [name], LANGUAGES["fi"], places={}, today=TODAY)

    assert (pair.mine, pair.theirs) == ("Kyllä", "Ei")
    assert label.startswith(pair.name)


@pytest.mark.parametrize("code", OF_THE_CITY)
def test_the_name_of_a_fact_does_not_contradict_what_is_said_of_it(code: str) -> None:
    """«Alcohol-free: alcohol is available» would."""
    names = ("alone", "alcohol_free", "late")
    no = {f"first_time.{name}": "no" for name in names}

    found = differences({}, no, LANGUAGES[code], places={}, today=TODAY)

    assert {one.name: one.after for one in found} == {
        "fi": {
            "Alkoholi": "Alkoholia on tarjolla",
            "Yksin tuleminen": "Tule jonkun kanssa",
            "Myöhemmin tuleminen": "Tule ajoissa",
        },
        "sv": {
            "Alkohol": "Alkohol serveras",
            "Att komma ensam": "Kom tillsammans med någon",
            "Att komma senare": "Kom i tid",
        },
        "en": {"Alcohol": "Alcohol is available", "Coming alone": "Come with someone", "Coming late": "Come on time"},
    }[code]
