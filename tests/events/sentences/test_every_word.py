"""Every fact of every kind, in every language, on card, page, poster and feed: never a word of another language."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.domain.texts import Note, Text
from events.domain.vocabulary import AREAS
from tests.events.every_kind import EVENTS, GREEK, every_fact
from tests.pages import Node, read
from tests.people import Calendar, opened_calendar
from tests.test_translations import forms, messages
from web.i18n import KNOWN

SCHEDULES = (
    *("lively", "fortnightly", "secondtuesday", "yearly", "daily", "chosen"),
    *("independence", "festival", "wholedays", "newtime", "lateevening"),
)
NAMES = ("Google Calendar",)
ADDRESSES = re.compile(r"\S*[/@]\S*")
LATIN = re.compile("[A-Za-zÅÄÖåäö]{3,}")
OTHER_SCRIPTS = re.compile("[\u0400-\u04ff\u0600-\u06ff]")
PARTS = re.compile(r" · |, |، |\. ")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
FEWEST_LETTERS = 4


@pytest.fixture(scope="module")
def town(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Calendar, list[str]]]:
    """A calendar in which everything that can be told is told, and the ids of its events."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("words") / "test.db")
    with opened_calendar(f"sqlite://{file}") as calendar:
        calendar.association("pulina", name=GREEK)
        yield calendar, [calendar.publish(**facts) for facts in everything(calendar)]


def everything(calendar: Calendar) -> Iterable[dict[str, Any]]:
    """What is published: every fact, every area, every kind of schedule; nothing typed but Greek."""
    known = {"texts": {"fi": Text(*([GREEK] * 7))}, "notes": (Note("fi", GREEK),)}
    places = [calendar.place(GREEK, area, street_address=GREEK, city=GREEK, latitude=1, longitude=2) for area in AREAS]
    for number, facts in enumerate(every_fact()):
        yield {**known, "place_id": places[number % len(places)], **facts}
    for name in SCHEDULES:
        yield {**EVENTS[name], **known}


def spoken(node: Node, language: str) -> Iterator[str]:
    """Every piece of text that claims to be in this language."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag not in ("script", "style", "template"):
                yield from spoken(child, language)
        elif child.strip() and node.language[0] == language:
            yield " ".join(child.split())
    for name in ("alt", "aria-label", "title"):
        if node.get(name) and node.language[0] == language:
            yield node[name]


def shown(calendar: Calendar, events: list[str], code: str) -> dict[str, set[str]]:
    """Where -> the pieces of text that stand there."""
    tag = KNOWN[code].tag
    pages = {
        "card": read(calendar, f"/{code}/events?limit=100").all("article", class_="card"),
        "event": [read(calendar, f"/{code}/events/{event}").one("main") for event in events],
        "dates": [read(calendar, f"/{code}/events/{event}?dates=all").one("main") for event in events[-6:]],
        "poster": [read(calendar, f"/{code}/events/{event}/poster").one("main") for event in events],
        "share": [read(calendar, f"/{code}/events/{events[0]}/share").one("main")],
    }
    found = {name: {text for area in areas for text in spoken(area, tag)} for name, areas in pages.items()}
    found["feed"] = set(in_feed(calendar, f"/{code}/events.ics?start=2026-01-01&end=2030-01-01"))
    return found


def in_feed(calendar: Calendar, path: str) -> Iterator[str]:
    """Every line that a calendar program shows."""
    for one in calendar.feed(path).walk("VEVENT"):
        for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
            yield from (line for line in str(one.get(name, "")).split("\n") if line)
        categories = one.get("CATEGORIES")
        yield from (str(each) for each in categories.cats) if categories else ()


@lru_cache
def said(code: str) -> frozenset[str]:
    """Every whole message of a catalogue, as it may begin inside a sentence."""
    return frozenset(
        beginning(form)
        for _, message in messages("public", code)
        for form in forms(message)
        if not PLACEHOLDER.search(form) and len(LATIN.findall(form)) > 0
    )


@lru_cache
def sentences(code: str) -> re.Pattern[str]:
    """Every message with places to fill in, as one pattern."""
    patterns = []
    for _, message in messages("public", code):
        for form in forms(message):
            words = PLACEHOLDER.split(form)
            if len(words) > 1 and sum(len(letters) for letters in LATIN.findall(" ".join(words))) >= FEWEST_LETTERS:
                patterns.append(".+".join(re.escape(word) for word in words))
    return re.compile("|".join(patterns))


def beginning(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def borrowed(text: str, code: str) -> bool:
    """Whether a text is said in another Latin language, and not in this one."""
    pieces = [text, *PARTS.split(text)]
    others = [other for other in ("fi", "sv", "en", "selko") if other != code]
    for piece in pieces:
        small = beginning(piece.strip(" .:"))
        if small in said(code) or beginning(piece) in said(code):
            continue
        if len(small) >= FEWEST_LETTERS and any(small in said(other) for other in others):
            return True
    return not sentences(code).fullmatch(text) and any(sentences(other).fullmatch(text) for other in others)


def foreign(text: str, code: str) -> bool:
    """Whether words of another language stand in a text."""
    for name in NAMES:
        text = text.replace(name, "")
    text = ADDRESSES.sub("", text).strip()
    if KNOWN[code].locale in ("ru_RU", "uk_UA", "ar"):
        return bool(LATIN.search(text))
    return bool(OTHER_SCRIPTS.search(text)) or borrowed(text, code)


@pytest.mark.parametrize("code", list(KNOWN))
def test_no_fact_is_told_in_another_language(town: tuple[Calendar, list[str]], code: str) -> None:
    calendar, events = town

    found = shown(calendar, events, code)

    assert {name: sorted(text for text in texts if foreign(text, code)) for name, texts in found.items()} == {
        name: [] for name in found
    }
    assert {name: len(texts) > 10 for name, texts in found.items()} == dict.fromkeys(found, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Not told", "fi"),
        ("Ei tietoa", "sv"),
        ("Held in Finnish", "sv"),
        ("Hålls på finska", "en"),
        ("Maksuton · Free", "fi"),
        ("Ei tarvitse ilmoittautua", "en"),
        ("Sign up by to 3.12. klo 12", "fi"),
        ("Бесплатно, free", "ru"),
        ("Ilmoittaudu", "ar"),
        ("Бесплатно", "uk-is-not-checked-so-en"),
    ],
)
def test_a_borrowed_word_would_be_found(text: str, code: str) -> None:
    assert foreign(text, code.rpartition("-")[2])


def test_everything_that_can_happen_to_a_date_is_among_them() -> None:
    changes = [change for name in SCHEDULES for change in EVENTS[name].get("changed", {}).values()]

    assert {DateChange("cancelled", "illness"), DateChange(full=True)} <= set(changes)
    assert any(change.start for change in changes)
