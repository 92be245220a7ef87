"""The filter grammar: what every parameter means, its one canonical form, and what bad input does: no harm."""

import re
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain import vocabulary
from events.filtering.filters import EventFilter, Window
from events.filtering.listing import Presentation
from events.filtering.parameters import CLOSED, MAXIMUM_PROBLEMS, PARAMETERS, AgeRange, Problem

DOCUMENT = (Path(__file__).parents[3] / "docs" / "filters.md").read_text("utf-8")
PRESENTATION = {"series", "limit", "page", "cancelled"}
LANGUAGES = (*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE)
VALUES = {
    **CLOSED,
    "weekday": tuple("1234567"),
    "in_language": LANGUAGES,
    "promise": vocabulary.PROMISES,
    "translation": LANGUAGES[:-1],
    "language": LANGUAGES,
    "kind": vocabulary.KINDS,
    "category": tuple(vocabulary.CATEGORIES),
    "activity": tuple(vocabulary.ACTIVITIES),
    "audience": tuple(vocabulary.AUDIENCES),
    "area": tuple(vocabulary.AREAS),
    "free": ("1",),
    "registration": vocabulary.REGISTRATIONS,
    "online": ("0", "1"),
    "access": (vocabulary.ALONE, *vocabulary.ACCESS),
    "series": ("collapse", "expand"),
    "cancelled": ("title",),
}
"""Every parameter with a list of values to choose from, and the list."""
READ = {
    "q=+Uinti  ja+sauna": {"q": "Uinti ja sauna"},
    "start=2026-12-01": {"start": date(2026, 12, 1)},
    "start=20261201": {"start": date(2026, 12, 1)},
    "start=2026-12-01T17:30": {"start": datetime(2026, 12, 1, 17, 30)},
    "start=2026-12-01 17:30": {"start": datetime(2026, 12, 1, 17, 30)},
    "start=2026-12-01T17:30:59Z": {"start": datetime(2026, 12, 1, 19, 30)},
    "start=2026-07-01T12:00-05:00": {"start": datetime(2026, 7, 1, 20, 0)},
    "start=2026-12-01T17:30+02:00": {"start": datetime(2026, 12, 1, 17, 30)},
    "start=2026-12-01T17:30%2B0100": {"start": datetime(2026, 12, 1, 18, 30)},
    "start=2026-12-01T17:30+01": {"start": datetime(2026, 12, 1, 18, 30)},
    "end=2026-12-31": {"end": date(2026, 12, 31)},
    "start=2026-12-03T18:00&end=2026-12-03": {"start": datetime(2026, 12, 3, 18), "end": date(2026, 12, 3)},
    "when=weekend,today": {"when": ("today", "weekend")},
    "weekday=7&weekday=1,3": {"weekday": (1, 3, 7)},
    "starts_after=9": {"starts_after": time(9)},
    "starts_after=17.30&starts_before=١٩:٠٠": {"starts_after": time(17, 30), "starts_before": time(19)},
    "in_language=ru,ZXX": {"in_language": ("ru", "zxx")},
    "promise=helper,main": {"promise": ("helper", "main")},
    "translation=sv": {"translation": ("sv",)},
    "language=uk&language=ar,,": {"language": ("ar", "uk")},
    "kind=Hobby": {"kind": ("hobby",)},
    "category=sport": {"category": ("sport",)},
    "activity=swimming, football": {"activity": ("football", "swimming")},
    "audience=women_only": {"audience": ("women_only",)},
    "area=centre": {"area": ("centre",)},
    "place=12,3": {"place": ("12", "3")},
    "organisation=pulina": {"organisation": ("pulina",)},
    "age=7": {"age": (AgeRange(7, 7),)},
    "age=7 – 12": {"age": (AgeRange(7, 12),)},
    "age=9,4": {"age": (AgeRange(4, 4), AgeRange(9, 9))},
    "age=30-40&age=4": {"age": (AgeRange(4, 4), AgeRange(30, 40))},
    "free=1": {"free": True},
    "free=0": {},
    "registration=none": {"registration": ("none",)},
    "online=0": {"online": False},
    "online=true": {"online": True},
    "access=step_free,alone": {"access": ("alone", "step_free")},
    "status=on": {"status": ("on",)},
    "utm_source=banana&page=2&fbclid=1": {},
    "q=&start=&when=&in_language=,&age= ": {},
}
MALFORMED = {
    "start=banana": ("start", "banana", "date"),
    "start=2026-13-01": ("start", "2026-13-01", "date"),
    "start=2026-02-30": ("start", "2026-02-30", "date"),
    "start=1066-10-14": ("start", "1066-10-14", "date"),
    "end=9999-12-31T23:59Z": ("end", "9999-12-31T23:59Z", "date"),
    "start=2026-12-04&end=2026-12-03": ("end", "2026-12-03", "end before start"),
    "start=2026-12-04&end=2026-12-03T10:00": ("end", "2026-12-03T10:00", "end before start"),
    "when=someday": ("when", "someday", "choice"),
    "weekday=0": ("weekday", "0", "weekday"),
    "weekday=12": ("weekday", "12", "weekday"),
    "starts_after=24:00": ("starts_after", "24:00", "time"),
    "starts_before=noon": ("starts_before", "noon", "time"),
    "age=old": ("age", "old", "age"),
    "age=12-7": ("age", "12-7", "age"),
    "age=131": ("age", "131", "age"),
    "age=-1": ("age", "-1", "age"),
    "free=yes": ("free", "yes", "flag"),
    "online=2": ("online", "2", "flag"),
    "status=off": ("status", "off", "choice"),
}
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(sorted(PARAMETERS)),
        st.one_of(WORDS, *(st.sampled_from([value for values in VALUES.values() for value in values]) for _ in "12"))
        | st.lists(st.sampled_from(tuple(vocabulary.ACTIVITIES)), max_size=40).map(",".join)
        | st.dates(date(1970, 1, 1), date(2200, 12, 31)).map(str)
        | st.times().map(lambda moment: moment.strftime("%H:%M")),
    ),
    max_size=12,
)


def read(query: str) -> tuple[EventFilter, tuple[Problem, ...]]:
    """The filter and the problems of a query string."""
    return EventFilter.from_query(parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize("query", list(READ))
def test_a_parameter_is_read_as_its_author_meant_it(query: str) -> None:
    assert read(query) == (EventFilter(**READ[query]), ())


def test_every_parameter_of_the_grammar_is_read_in_these_tests() -> None:
    assert {key for values in READ.values() for key in values} == set(PARAMETERS)


@pytest.mark.parametrize("query", list(MALFORMED))
def test_a_malformed_value_is_named_and_the_rest_is_kept(query: str) -> None:
    found, problems = read(f"{query}&in_language=ru")

    kept = {"start": date(2026, 12, 4)} if query.startswith("start=2026-12-04") else {}
    assert (found, problems) == (EventFilter(in_language=("ru",), **kept), (Problem(*MALFORMED[query]),))


def test_one_wrong_value_among_good_ones_takes_none_of_them_away() -> None:
    assert read("when=today,someday&weekday=1,8") == (
        EventFilter(when=("today",), weekday=(1,)),
        (Problem("when", "someday", "choice"), Problem("weekday", "8", "weekday")),
    )


def test_an_unknown_word_stays_in_the_filter_where_it_matches_nothing() -> None:
    found, problems = read("category=Nonsense&in_language=xx&registration=maybe")

    assert (found.to_query(), problems) == ("category=nonsense&in_language=xx&registration=maybe", ())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("in_language=ZH-hans", "in_language=zh-Hans"),
        ("in_language=zh_hans", "in_language=zh-Hans"),
        ("in_language=FA-AF,Fi", "in_language=fa-AF,fi"),
        ("translation=selko", "translation=fi-simple"),
        ("language=Selko,fi-simple", "language=fi-simple"),
    ],
)
def test_language_codes_are_known_in_any_case_and_by_their_old_names(written: str, canonical: str) -> None:
    assert read(written)[0].to_query() == canonical


def test_an_address_has_one_canonical_form_sorted_and_without_defaults() -> None:
    found, _ = read(
        "when=today&free=0&in_language=uk&page=3&in_language=ru,uk&starts_after=9&q=b%C3%A4r %26 tee"
        "&start=2026-12-01T17:30:00&age=7-7&online=false"
    )

    assert found.to_query() == (
        "age=7&in_language=ru,uk&online=0&q=b%C3%A4r%20%26%20tee&start=2026-12-01T17:30&starts_after=09:00&when=today"
    )
    assert EventFilter().to_query() == ""


def test_a_link_with_every_activity_loses_none() -> None:
    everything = ",".join(sorted(vocabulary.ACTIVITIES)[:50])

    assert read(f"activity={everything}")[0].to_query() == f"activity={everything}"


@settings(max_examples=80, derandomize=True)
@given(QUERIES, QUERIES)
def test_equal_filters_have_equal_addresses_and_the_reverse(
    pairs: list[tuple[str, str]], other_pairs: list[tuple[str, str]]
) -> None:
    one, other = EventFilter.from_query(pairs)[0], EventFilter.from_query(other_pairs)[0]

    assert EventFilter.from_query(parse_qsl(one.to_query())) == (one, ())
    assert EventFilter.from_query(one.pairs()) == (one, ())
    assert (one == other) == (one.to_query() == other.to_query())
    assert hash(EventFilter.from_query(reversed(one.pairs()))[0]) == hash(one)


@settings(max_examples=80, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*sorted(PARAMETERS), "series", "limit", "page", "x"]),
            st.text(max_size=30) | st.text(st.characters(categories=["Cc", "Cs", "Cf", "Zl", "Nd"]), max_size=30),
        ),
        max_size=12,
    )
)
def test_nothing_that_can_stand_in_an_address_makes_the_filter_fall(pairs: list[tuple[str, str]]) -> None:
    found, _ = EventFilter.from_query(pairs)
    Presentation.from_query(pairs)

    for key in PARAMETERS:
        assert getattr(found.without(key), key) == getattr(EventFilter(), key)
    assert all(isinstance(window, Window) for window in found.windows(date(2026, 12, 31), Window(None, None)))


@pytest.mark.parametrize(
    "hostile", ["\0", "\ud800", "x" * 100_000, "," * 100_000, "9" * 5000, "%00'; DROP TABLE event"]
)
@pytest.mark.parametrize("key", list(PARAMETERS))
def test_hostile_values_become_a_filter_or_a_problem_but_never_an_error(key: str, hostile: str) -> None:
    found, problems = EventFilter.from_query([(key, hostile)])

    assert len(found.to_query()) < 5000
    assert [len(problem.value) <= 80 for problem in problems] == [True] * len(problems)
    assert EventFilter.from_query(parse_qsl(found.to_query()))[0] == found


def test_thousands_of_keys_are_read_within_bounds() -> None:
    found, problems = EventFilter.from_query(
        [("activity", f"word{number},{number}") for number in range(5000)]
        + [("weekday", str(number)) for number in range(5000)]
        + [(f"key{number}", "x") for number in range(5000)]
    )

    assert (len(found.activity), found.weekday, len(problems)) == (50, (1, 2, 3, 4, 5, 6, 7), MAXIMUM_PROBLEMS)


def test_chips_and_presets_add_and_remove_single_values() -> None:
    swimmers = EventFilter().with_(in_language=("uk", "ru", "uk"), free=True, q="uinti")

    assert swimmers.to_query() == "free=1&in_language=ru,uk&q=uinti"
    assert swimmers.without("in_language", "ru").to_query() == "free=1&in_language=uk&q=uinti"
    assert swimmers.without("in_language").to_query() == "free=1&q=uinti"
    assert swimmers.without("free", "1").to_query() == "in_language=ru,uk&q=uinti"
    assert swimmers.with_(weekday=(7, 1)).without("weekday", "7").weekday == (1,)
    assert swimmers.without("q").without("free").without("in_language").is_empty


@pytest.mark.parametrize(
    ("query", "shown", "problems"),
    [
        ("", Presentation(), ()),
        ("series=expand&limit=5&page=3", Presentation("expand", 5, 3), ()),
        ("limit=500&page=999999", Presentation(limit=100, page=1000), ()),
        ("series=all", Presentation(), (Problem("series", "all", "choice"),)),
        ("limit=0&page=-1", Presentation(), (Problem("limit", "0", "number"), Problem("page", "-1", "number"))),
        ("page=²", Presentation(), (Problem("page", "²", "number"),)),
    ],
)
def test_the_presentation_is_read_beside_the_filter(
    query: str, shown: Presentation, problems: tuple[Problem, ...]
) -> None:
    assert Presentation.from_query(parse_qsl(query)) == (shown, problems)
    assert Presentation.from_query(parse_qsl(shown.to_query()))[0] == shown


def rows() -> dict[str, str]:
    """Parameter -> the cell with its values, out of the document's one table."""
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", DOCUMENT, re.MULTILINE))


def test_the_document_names_every_parameter_and_no_other() -> None:
    assert list(rows()) == [*PARAMETERS, "series", "limit", "page", "cancelled"]


@pytest.mark.parametrize("parameter", list(VALUES))
def test_the_document_lists_exactly_the_values_there_are(parameter: str) -> None:
    assert re.findall(r"`([^`]+)`", rows()[parameter]) == list(VALUES[parameter])


def test_the_examples_of_the_document_are_canonical_and_good() -> None:
    queries = re.findall(r"/(?:fi|sv|en)/events(?:\.ics)?\?(\w[^\s`]+)", DOCUMENT)
    shown = [Presentation.from_query(parse_qsl(query))[0].to_query() for query in queries]

    assert len(queries) > 5
    assert [
        "&".join(part for part in (read(query)[0].to_query(), rest) if part)
        for query, rest in zip(queries, shown, strict=True)
    ] == queries
