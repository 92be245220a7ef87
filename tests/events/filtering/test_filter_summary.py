"""A filter in words: the sentence of a page, its chips, and the name that stands in somebody's phone."""

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from events.domain import vocabulary
from events.domain.labels import label
from events.filtering.filter_summary import Chip, chips, feed_name, problem_text, summary
from events.filtering.filters import EventFilter
from web.i18n import load_languages

LANGUAGES = load_languages(Path(__file__).parents[3] / "locales")
NAMES = {("organisation", "pulina"): "Pulina, ry; (\\o/)", ("place", "3"): "Pääkirjasto"}
TODAY = date(2026, 12, 1)
EVERYTHING = (
    "q=uinti&when=week&start=2026-12-03&end=2027-01-05T18:30&weekday=6&starts_after=17:00&starts_before=19:30"
    "&in_language=uk&promise=helper&translation=sv&language=ar&kind=hobby&category=sport&activity=swimming"
    "&audience=women_only&area=kuusankoski&place=3&organisation=pulina&age=7-12&free=1&registration=none&online=0"
    "&access=step_free,alone&status=on"
)
SENTENCES = {
    "": {
        "fi": "Kaikki tapahtumat ja harrastukset",
        "sv": "Alla evenemang och hobbyer",
        "en": "All events and hobbies",
    },
    "when=week&in_language=ru,uk&free=1": {
        "fi": "Tällä viikolla · venäjä · ukraina · Maksuton",
        "sv": "Denna vecka · ryska · ukrainska · Gratis",
        "en": "This week · Russian · Ukrainian · Free",
    },
    "start=2026-12-03&end=2027-01-05T18:30&weekday=6&starts_after=17:00&starts_before=19:30": {
        "fi": "alkaen to 3.12. · ti 5.1.2027 klo 18.30 saakka · lauantai · alkaa klo 17 tai myöhemmin"
        " · alkaa viimeistään klo 19.30",
        "sv": "från tors 3.12 · till tis 5.1.2027 kl. 18.30 · lördag · börjar kl. 17 eller senare"
        " · börjar senast kl. 19.30",
        "en": "from Thu 3 Dec · until Tue 5 Jan 2027, 18:30 · Saturday · starts at 17:00 or later · starts by 19:30",
    },
    "promise=helper&translation=sv&language=ar&kind=hobby&activity=swimming&area=kuusankoski": {
        "fi": "Joku puhuu kieltä · tiedot kielellä: ruotsi · arabia: puhe tai teksti · Harrastukset · Uinti"
        " · Kuusankoski",
        "sv": "Någon talar språket · information på: svenska · arabiska: tal eller text · Hobbyer · Simning"
        " · Kuusankoski",
        "en": "Someone speaks it · information in: Swedish · Arabic: spoken or written · Hobbies · Swimming"
        " · Kuusankoski",
    },
    "q=uinti&audience=women_only&place=3&age=7-12&registration=none&online=0&status=on": {
        "fi": "”uinti” · Vain naisille · Pääkirjasto · ikä 7–12 · Ei tarvitse ilmoittautua · Paikan päällä"
        " · Ilman peruttuja",
        "sv": "”uinti” · Endast för kvinnor · Pääkirjasto · ålder 7–12 · Du behöver inte anmäla dig · På plats"
        " · Utan inställda",
        "en": "“uinti” · Women only · Pääkirjasto · age 7–12 · No need to sign up · On the spot"
        " · Without cancelled ones",
    },
}


def read(query: str) -> EventFilter:
    """The filter of a query string."""
    return EventFilter.from_query(parse_qsl(query))[0]


def named(query: str, code: str = "fi", site_name: str = "Yhdessä") -> str:
    """The name of a filter's calendar."""
    return feed_name(read(query), LANGUAGES[code], NAMES, today=TODAY, site_name=site_name)


@pytest.mark.parametrize("query", list(SENTENCES))
def test_a_filter_is_one_sentence_in_every_language(query: str) -> None:
    found = {
        code: summary(read(query), language, NAMES, today=TODAY)
        for code, language in LANGUAGES.items()
        if code in SENTENCES[query]
    }

    assert found == SENTENCES[query]


def test_every_value_has_a_chip_that_leads_back_to_itself() -> None:
    found = chips(read(EVERYTHING), LANGUAGES["sv"], NAMES, today=TODAY)

    assert {chip.parameter for chip in found} == set(EventFilter.__dataclass_fields__)
    for chip in found:
        assert read(EVERYTHING).without(chip.parameter, chip.value) != read(EVERYTHING)
        assert chip.text


def test_a_chip_says_its_value_in_the_words_of_the_reader() -> None:
    assert chips(
        read("in_language=ru,xx&weekday=1&organisation=pulina,nobody"), LANGUAGES["en"], NAMES, today=TODAY
    ) == [
        Chip("weekday", "1", "Monday"),
        Chip("in_language", "ru", "Russian"),
        Chip("in_language", "xx", "xx"),
        Chip("organisation", "nobody", "nobody"),
        Chip("organisation", "pulina", "Pulina, ry; (\\o/)"),
    ]


def test_a_calendar_is_named_after_the_site_and_its_filter() -> None:
    assert named("") == "Yhdessä"
    assert named("when=week&in_language=ru") == "Yhdessä · Tällä viikolla · venäjä"
    assert named("in_language=zxx", "en") == "Yhdessä · No shared language needed"


def test_the_name_of_a_calendar_has_at_most_sixty_characters() -> None:
    long = named("in_language=ru,uk,ar,et&free=1&category=sport&area=kuusankoski,valkeala", "fi")

    assert (len(long), long[-1], long[-2].isspace()) == (60, "…", False)
    assert len(named(EVERYTHING, "sv", site_name="Tillsammans i Kouvola " * 5)) == 60


def test_the_name_of_a_calendar_has_no_sign_that_programs_show_escaped() -> None:
    assert "Pulina, ry; (\\o/)" in summary(read("organisation=pulina"), LANGUAGES["fi"], NAMES, today=TODAY)
    assert named("organisation=pulina", site_name="A,B;C\\D") == "A B C D · Pulina ry ( o/)"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "value",
    [
        "q=vertaistuki",
        *(f"audience={key}" for key in vocabulary.AUDIENCES),
        *(f"category={key}" for key in sorted(vocabulary.SENSITIVE_CATEGORIES)),
        *(f"activity={key}" for key in sorted(vocabulary.SENSITIVE_ACTIVITIES)),
    ],
)
def test_a_shared_phone_does_not_tell_whom_its_owner_meets(value: str, code: str) -> None:
    """The page says it, the calendar's name does not."""
    language = LANGUAGES[code]
    parameter, _, key = value.partition("=")
    word = key if parameter == "q" else label(language, parameter, key)

    assert word in summary(read(value), language, NAMES, today=TODAY)
    assert named(f"{value}&kind=hobby", code) == f"Yhdessä · {label(language, 'kind', 'hobby')}"


def test_a_value_that_could_not_be_read_is_quoted_with_an_example_of_a_good_one() -> None:
    _, problems = EventFilter.from_query([("start", "banana"), ("age", "{old}"), ("weekday", "8")])

    assert [problem_text(problem, LANGUAGES["en"]) for problem in problems] == [
        "“banana” is not a date. Write it like this: 2026-12-31.",
        "“{old}” is not an age. Write it like this: 7 or 7-12.",
        "“8” is not a weekday. Monday is 1 and Sunday is 7.",
    ]
