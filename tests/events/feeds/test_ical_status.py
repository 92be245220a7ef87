"""Cancelled, postponed, moved, full: what programs are told, and what people read."""

from __future__ import annotations

import pytest

from events.domain.dates import DateChange
from events.domain.event import Event
from events.domain.labels import label
from events.domain.places import Organiser
from events.domain.texts import Text
from events.feeds import ical
from tests.events.happenings import (
    CANCELLED,
    described,
    facts,
    happening,
    language,
    lines,
    named,
    parsed,
    weekly,
)
from tests.people import BASE_URL, at, once


@pytest.mark.parametrize(
    ("status", "written_status", "finnish", "swedish"),
    [
        ("scheduled", "CONFIRMED", "", ""),
        ("tentative", "TENTATIVE", "ALUSTAVA: ", "PRELIMINÄRT: "),
        ("cancelled", "CANCELLED", "PERUTTU: ", "INSTÄLLT: "),
        ("postponed", "CANCELLED", "LYKÄTTY: ", "UPPSKJUTET: "),
    ],
)
def test_a_status_is_told_to_programs_and_to_people_in_their_language(
    status: str, written_status: str, finnish: str, swedish: str
) -> None:
    texts = {"fi": Text("Kielikahvila"), "sv": Text("Språkcafé")}
    event = happening(once(), event_status=status, texts=texts)

    assert told(event, "fi") == [(written_status, "TRANSPARENT", f"{finnish}Kielikahvila")]
    assert told(event, "sv") == [(written_status, "TRANSPARENT", f"{swedish}Språkcafé")]


def told(event: Event, code: str = "fi") -> list[tuple[str, str, str]]:
    """(STATUS, TRANSP, SUMMARY) of every VEVENT."""
    return [(str(one["STATUS"]), str(one["TRANSP"]), str(one["SUMMARY"])) for one in parsed(event, code=code)]


def test_a_cancelled_series_says_so_itself_and_on_every_override() -> None:
    changed = {"2026-12-08": DateChange(start=at("2026-12-09 12:00"))}
    event = happening(weekly("2026-12-01 17:30", times=4), changed=changed, event_status="cancelled")

    assert told(event) == [("CANCELLED", "TRANSPARENT", "PERUTTU: Kielikahvila")] * 2


def test_one_cancelled_date_leaves_its_series_as_it_was() -> None:
    event = happening(weekly("2026-12-01 17:30", times=4), changed={"2026-12-08": CANCELLED})

    assert told(event) == [
        ("CONFIRMED", "TRANSPARENT", "Kielikahvila"),
        ("CANCELLED", "TRANSPARENT", "PERUTTU: Kielikahvila"),
    ]
    assert described(event, number=1)[0] == f"Peruttu. Syy: {label(language(), 'reason', 'illness')}"


def test_a_moved_and_a_full_date_say_so_in_their_titles() -> None:
    changed = {"2026-12-08": DateChange(start=at("2026-12-09 12:00")), "2026-12-15": DateChange(full=True)}
    event = happening(weekly("2026-12-01 17:30", times=4), changed=changed)

    assert [title for _, _, title in told(event)] == ["Kielikahvila", "UUSI AIKA: Kielikahvila", "TÄYNNÄ: Kielikahvila"]


def test_why_a_whole_series_is_cancelled_stands_first_in_its_description() -> None:
    event = happening(
        weekly("2026-12-01 17:30", times=4),
        changed={"2026-12-01": DateChange(start=at("2026-12-02 12:00"), full=True)},
        event_status="cancelled",
        status_reason="venue",
        notes={"": "Katto vuotaa"},
    )

    assert described(event)[:3] == [
        f"Peruttu. Syy: {label(language(), 'reason', 'venue')}",
        "Katto vuotaa",
        facts(event)[0],
    ]


def test_where_programs_hide_what_is_cancelled_the_title_alone_tells_it() -> None:
    event = happening(
        once(), event_status="cancelled", texts={"fi": Text("STATUS:CANCELLED", "Tekstinä STATUS:CANCELLED")}
    )
    body = ical.event_body(event, language(), form="feed", base_url=BASE_URL, uid="a@yhdessa.example")

    usual = lines(ical.feed("Yhdessä", [body]))
    hidden = lines(ical.feed("Yhdessä", [ical.without_cancelled_status(body)]))

    assert [line for line in usual if line not in hidden] == ["STATUS:CANCELLED"]
    assert hidden == [line for line in usual if line != "STATUS:CANCELLED"]


def test_typed_words_are_never_taken_for_the_status() -> None:
    event = happening(once(), event_status="cancelled", organiser=Organiser("pulina", "STATUS:CANCELLED"))
    body = ical.event_body(event, language(), form="feed", base_url=BASE_URL, uid="a@yhdessa.example")

    hidden = ical.feed("Yhdessä", [ical.without_cancelled_status(body)])

    assert (named(hidden, "CONTACT"), named(hidden, "STATUS")) == (["CONTACT:STATUS:CANCELLED"], [])
