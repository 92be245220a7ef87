"""Words find events: inside compounds, in any script and language, whatever is typed, the same on both databases."""

import asyncio
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.transactions import in_transaction

from events.domain.folding import fold, words
from events.domain.texts import Text
from events.filtering import listing_queries
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.filtering.search_labels import activity_labels
from events.storage.models import Event
from main import database
from tests.pages import days, read
from tests.people import TODAY, Calendar, migrated, once, opened_calendar
from tests.postgres import Cluster
from web.database.connection import connection, dialect, fetch, opened
from web.settings import Settings

TITLES = {
    "Koiranäyttely": "Kuusankosken messut, ø ja æ",
    "C++ AND foo:bar": '100 % "käsin" tehty_näin c:\\temp *tähti* (sulku',
    "Пам’ять і кав’ярня": "Їжа, йога",
    "مدرسة الأحد": "قهوة وشاي على الشاطئ",
    "Perhe🏊kahvila": "näyt\u00adtely, Ääni ÅÄÖ",
    "Shakki": "",
}
"""Title -> summary of the events to be found."""

FOUND = {
    "näyttely": {"Koiranäyttely", "Perhe🏊kahvila"},
    "NAYTTELY": {"Koiranäyttely", "Perhe🏊kahvila"},
    "koira messut": {"Koiranäyttely"},
    "messut koira näyttely kuusan": {"Koiranäyttely"},
    "koira shakki": set(),
    "o ja ae": {"Koiranäyttely"},
    "AND": {"C++ AND foo:bar"},
    "and OR not": set(),
    '"AND"': {"C++ AND foo:bar"},
    "c++": {"C++ AND foo:bar"},
    "foo:bar": {"C++ AND foo:bar"},
    "foo*": {"C++ AND foo:bar"},
    "(sulku": {"C++ AND foo:bar"},
    "%": {"C++ AND foo:bar"},
    "_": {"C++ AND foo:bar"},
    "tehty_näin": {"C++ AND foo:bar"},
    "tehtyxnäin": set(),
    "k%sin": set(),
    "c:\\temp": {"C++ AND foo:bar"},
    "c:temp": set(),
    "кав'ярня": {"Пам’ять і кав’ярня"},
    "ПАМʼЯТЬ": {"Пам’ять і кав’ярня"},
    "іжа": {"Пам’ять і кав’ярня"},
    "مدرسه": {"مدرسة الأحد"},
    "الاحد قَهوة": {"مدرسة الأحد"},
    "🏊": {"Perhe🏊kahvila"},
    "e🏊k": {"Perhe🏊kahvila"},
    "å": {"Koiranäyttely", "C++ AND foo:bar", "Perhe🏊kahvila", "Shakki", "Пам’ять і кав’ярня", "مدرسة الأحد"},
    "uimi": set(),
    "kirja, messut!": set(),
    "koira, messut!": {"Koiranäyttely"},
    " ": set(TITLES),
}
"""Query -> the titles it finds. Every event is of Pulina, so a letter of that name finds all."""


def fill(calendar: Calendar) -> None:
    """Events of many scripts, one of them about nothing but its activity."""
    for title, summary in TITLES.items():
        calendar.publish(title, texts={"fi": Text(title, summary)}, activities=("chess",) if title == "Shakki" else ())


async def found(calendar: Calendar, query: str) -> set[str]:
    """The titles of what a query finds."""
    labels = activity_labels(calendar.site.languages)
    listing = await listing_queries.find(
        EventFilter(q=query), labels, today=TODAY, presentation=Presentation(limit=100)
    )
    return {entry.event.texts["fi"].title for entry in listing.entries}


def test_what_each_query_finds(calendar: Calendar) -> None:
    fill(calendar)

    assert {query: calendar.run(found, calendar, query) for query in FOUND} == FOUND


def test_the_name_of_an_activity_finds_it_in_every_language(calendar: Calendar) -> None:
    fill(calendar)

    for query in ("chess", "schack", "шахматы", "ШАХИ", "شطرنج", "shak chess"):
        assert calendar.run(found, calendar, query) == {"Shakki"}


def test_a_page_takes_any_text_as_words(calendar: Calendar) -> None:
    fill(calendar)
    hostile = [
        "AND",
        '"',
        '""',
        "c++",
        "foo:bar",
        "%",
        "_",
        "\\",
        "'; DROP TABLE event; --",
        "🏊",
        "a" * 8_000,
        "NEAR(",
    ]
    hostile += [
        "ä " * 800,
        "*",
        "{a b}",
        "^a",
        "-",
        "a -b",
        "\u0000x",
        "\ufdfa",
        " ".join(chr(97 + n) for n in range(26)),
    ]

    answers = [calendar.get(f"/fi/events?q={quote(text)}").status_code for text in hostile]

    assert answers == [200] * len(hostile)


def test_an_address_longer_than_any_words_is_refused_and_so_many_words_harm_no_search(calendar: Calendar) -> None:
    fill(calendar)
    endless = ["a" * 10_000, "ä " * 5_000]

    assert [calendar.get(f"/fi/events?q={quote(text)}").status_code for text in endless] == [414, 414]
    assert calendar.run(found, calendar, endless[0]) == set()
    assert calendar.run(found, calendar, endless[1]) == calendar.run(found, calendar, "a")


def test_words_and_other_wishes_narrow_each_other(calendar: Calendar) -> None:
    fill(calendar)
    calendar.publish("Kissanäyttely", price="free", schedule=once("2026-12-05 12:00"))

    assert calendar.feed("/fi/events.ics?q=näyttely&free=1").walk("VEVENT")[0]["SUMMARY"] == "Kissanäyttely"
    assert [titles for _, titles in days(read(calendar, "/fi/events?q=näyttely&free=1"))] == [["Kissanäyttely"]]
    assert read(calendar, "/fi/events?q=kissa&when=today").one(id="count").text == "0 tapahtumaa"


def test_what_is_changed_moved_or_gone_is_found_as_it_is_now(calendar: Calendar) -> None:
    public_id = calendar.publish("Koiranäyttely", place_id=calendar.place("Messuhalli"))
    calendar.publish("Muu")

    calendar.rewrite(public_id, "Kissanäyttely")

    assert [calendar.run(found, calendar, query) for query in ("koira", "messu", "kissa")] == [
        set(),
        set(),
        {"Kissanäyttely"},
    ]
    calendar.run(remove, public_id)
    assert [calendar.run(found, calendar, query) for query in ("kissa", "näyttely", "muu")] == [set(), set(), {"Muu"}]
    calendar.run(check_index)


async def remove(public_id: str) -> None:
    """As a purge of old data does, past every model."""
    for table in ("event_text", "event_term", "occurrence"):
        await fetch(f"DELETE FROM {table} WHERE event_id = (SELECT id FROM event WHERE public_id = ?)", public_id)
    await fetch("DELETE FROM event WHERE public_id = ?", public_id)


async def check_index() -> None:
    """Raises where the index and the texts differ."""
    assert await fetch("SELECT rowid FROM event_search ORDER BY 1") == await fetch(
        "SELECT id AS rowid FROM event ORDER BY 1"
    )
    if dialect(connection()) == "sqlite":
        await fetch("INSERT INTO event_search (event_search, rank) VALUES ('integrity-check', 1)")


def test_words_are_looked_up_and_not_read_through(sqlite_calendar: Calendar) -> None:
    plan = sqlite_calendar.run(
        fetch, "EXPLAIN QUERY PLAN SELECT s.rowid FROM event_search s WHERE s.search_text LIKE ?", "%koira%"
    )

    assert [row["detail"] for row in plan] == ["SCAN s VIRTUAL TABLE INDEX 0:L0"]


ALPHABET = "aäåko nytš,.%_\\\"'*-+:()|^ж’йشة🏊\u0301\u00ad"


@given(text=st.text(ALPHABET, max_size=12))
def test_folding_is_final_and_words_hold_no_space(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert [word for word in words(text) if word.split() != [word]] == []


def expected(calendar: Calendar, query: str) -> set[str]:
    """What a query must find, by plain reading of everything."""
    chess = activity_labels(calendar.site.languages)["chess"]
    return {
        title
        for title, summary in TITLES.items()
        if all(
            word in fold(f"{title} {summary} Pulina") or (title == "Shakki" and any(word in name for name in chess))
            for word in words(query)
        )
    }


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    parts=st.lists(
        st.sampled_from([*TITLES, *TITLES.values(), "chess", "шах"]).flatmap(
            lambda text: st.tuples(st.integers(0, len(text)), st.integers(1, 6)).map(lambda at: text[at[0] :][: at[1]])
        )
        | st.text(ALPHABET, max_size=4),
        max_size=4,
    )
)
def test_both_databases_find_what_plain_reading_finds(filled: Calendar, parts: list[str]) -> None:
    query, _ = EventFilter.from_query([("q", " ".join(parts))])

    assert filled.run(found, filled, query.q) == expected(filled, query.q)


@pytest.fixture
def filled(calendar: Calendar) -> Calendar:
    """The calendar with all these events in it."""
    fill(calendar)
    return calendar


async def kinds_of_search(url: str) -> tuple[set[str], set[str]]:
    """(kinds of relation named event_search, indexes on texts) of a PostgreSQL database."""
    async with opened(database(Settings.from_environment({"DATABASE_URL": url}))):
        relations = await fetch("SELECT relkind::text AS kind FROM pg_class WHERE relname = 'event_search'")
        indexes = await fetch("SELECT indexname AS name FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
    return {row["kind"] for row in relations}, {row["name"] for row in indexes}


async def looked_up(url: str) -> bool:
    """Whether PostgreSQL, kept from reading everything, finds words through the index."""
    async with opened(database(Settings.from_environment({"DATABASE_URL": url}))), in_transaction():
        await fetch("SET LOCAL enable_seqscan = off")
        plan = await fetch("EXPLAIN SELECT s.rowid FROM event_search s WHERE s.search_text LIKE ?", "%koira%")
        return "event_search_text" in str(plan)


async def execute(url: str, *statements: str) -> None:
    """Statements of the owner of a database."""
    async with opened(database(Settings.from_environment({"DATABASE_URL": url}))):
        for statement in statements:
            await fetch(statement)


def test_the_index_is_made_where_the_user_may_make_one(postgres_cluster: Cluster) -> None:
    mine, theirs = postgres_cluster.create_database(), postgres_cluster.create_database()
    asyncio.run(execute(theirs, "CREATE ROLE guest LOGIN", "GRANT ALL ON SCHEMA public TO guest"))
    guest = theirs.replace("tests@", "guest@")

    asyncio.run(migrated(mine))
    asyncio.run(migrated(guest))

    assert asyncio.run(kinds_of_search(mine)) == ({"v"}, {"event_search_text"})
    assert asyncio.run(kinds_of_search(guest)) == ({"v"}, set())
    assert (asyncio.run(looked_up(mine)), asyncio.run(looked_up(guest))) == (True, False)
    with opened_calendar(guest) as calendar:
        fill(calendar)
        assert calendar.run(found, calendar, "näyttely") == FOUND["näyttely"]


def test_where_sqlite_knows_no_such_index_texts_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    search = import_module("migrations.0003_word_search")
    monkeypatch.setattr(search, "SQLITE_TABLE", "CREATE VIRTUAL TABLE event_search USING fts99(search_text)")
    url = f"sqlite://{tmp_path / 'old.db'}"
    asyncio.run(migrated(url))

    with opened_calendar(url) as calendar:
        fill(calendar)
        assert {query: calendar.run(found, calendar, query) for query in FOUND} == FOUND


def test_texts_from_before_the_index_are_found_and_its_making_can_be_undone(empty_database_url: str) -> None:
    search = import_module("migrations.0003_word_search")
    asyncio.run(migrated(empty_database_url))
    with opened_calendar(empty_database_url) as calendar:
        public_id = calendar.publish("Koiranäyttely")

        async def undo_and_do() -> None:
            client = connection()
            editor = SimpleNamespace(client=client)
            await search.backwards(None, editor)
            await fetch("UPDATE event SET search_text = ? WHERE public_id = ?", "koira\u00adnayttely", public_id)
            await search.forwards(Apps(), editor)

        calendar.run(undo_and_do)
        assert calendar.run(found, calendar, "ranayttely") == {"Koiranäyttely"}
        calendar.rewrite(public_id, "Kissanäyttely")
        assert [calendar.run(found, calendar, query) for query in ("koira", "kissa")] == [set(), {"Kissanäyttely"}]


class Apps:
    """The models as the migration sees them."""

    def get_model(self, name: str) -> type[Event]:
        assert name == "calendar.Event"
        return Event
