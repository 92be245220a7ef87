"""What an event says of itself in a calendar: place, kind, and a description in the reader's language."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from events.domain.dates import DateChange
from events.domain.labels import label
from events.domain.places import Place
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from tests.events.happenings import (
    CANCELLED,
    described,
    facts,
    happening,
    language,
    named,
    parsed,
    weekly,
    written,
)
from tests.people import BASE_URL, at, once
from web.i18n import load_languages
from web.settings import ROOT


def test_the_place_is_one_line_and_its_coordinates_are_not_escaped() -> None:
    content = written(happening(once()))

    assert named(content, "LOCATION") == [r"LOCATION:Pääkirjasto\, Salpausselänkatu 33\, 45100 Kouvola"]
    assert named(content, "GEO") == ["GEO:60.868;26.7"]


def test_an_online_event_is_at_its_address() -> None:
    content = written(happening(once(), place=None, online=True, online_url="https://video.example/a,b;c"))

    assert named(content, "LOCATION") == [r"LOCATION:https://video.example/a\,b\;c"]
    assert named(content, "GEO") == []


def test_categories_are_a_list_in_the_readers_language() -> None:
    event = happening(once(), category="sport", activities=("swimming", "yoga"))

    for code in ("fi", "sv"):
        names = [label(language(code), "category", "sport")]
        names += [label(language(code), "activity", key) for key in ("swimming", "yoga")]
        assert named(written(event, code=code), "CATEGORIES") == ["CATEGORIES:" + ",".join(names)]


def test_commas_inside_a_category_are_escaped_and_those_between_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.sentences.terms.label", lambda _language, _context, key: f"{key}, {key}")

    assert named(written(happening(once())), "CATEGORIES") == [
        r"CATEGORIES:language\, language,language_cafe\, language_cafe"
    ]


def test_a_place_without_coordinates_has_none() -> None:
    assert named(written(happening(once(), place=Place(1, "Tori"))), "GEO") == []


def test_the_description_leads_with_facts_and_ends_with_the_link() -> None:
    event = happening(
        weekly("2026-12-01 17:30", times=4),
        changed={"2026-12-08": DateChange(full=True)},
        texts={"fi": Text("Kielikahvila", "Tule juttelemaan.", "Kahvia on.")},
        promises=(("fi", "main"), ("ru", "helper")),
        price="paid",
        prices=(PriceRow(Decimal("2.50")),),
        access={"step_free": True},
    )
    address = f"{BASE_URL}/fi/events/abcdefghjk"

    assert described(event) == [
        *facts(event),
        "Tule juttelemaan.",
        "Järjestäjä: Pulina",
        "",
        "Tarkista ennen lähtöä:",
        address,
    ]
    assert len(facts(event)) == 6
    assert described(event, number=1)[1:] == [*described(event)[:-1], f"{address}?date=2026-12-08"]


def test_facts_are_in_the_readers_language_and_typed_text_says_in_which_it_is() -> None:
    event = happening(once(), texts={"fi": Text("Kielikahvila", "Tule juttelemaan.")})

    activity = label(language("sv"), "activity", "language_cafe")
    assert str(parsed(event, code="sv")[0]["SUMMARY"]) == f"{activity}: Kielikahvila"
    assert described(event, "sv") == [
        *facts(event, "sv"),
        "(finska) Tule juttelemaan.",
        "Arrangör: Pulina",
        "",
        language("sv").gettext("Check before you leave:"),
        f"{BASE_URL}/sv/events/abcdefghjk",
    ]
    assert set(facts(event, "sv")) & set(facts(event)) == set()


def test_notes_about_a_date_and_about_the_event_say_in_which_language_they_are() -> None:
    event = happening(
        weekly("2026-12-01 17:30", times=3), notes={"2026-12-08": "Eri sali", "": "Uusi ovi"}, original_language="fi"
    )

    assert described(event, number=1)[:2] == ["Eri sali", "Uusi ovi"]
    assert described(event, "sv", number=1)[:2] == ["(finska) Eri sali", "(finska) Uusi ovi"]
    assert described(event)[0] == "Uusi ovi"


def test_a_title_in_the_readers_language_stands_alone() -> None:
    event = happening(once(), texts={"fi": Text("Kielikahvila"), "sv": Text("Prata svenska", "Kom med.")})

    assert str(parsed(event, code="sv")[0]["SUMMARY"]) == "Prata svenska"
    assert "Kom med." in described(event, "sv")


def test_a_feed_carries_the_first_150_characters_of_a_summary() -> None:
    event = happening(once(), texts={"fi": Text("Kahvila", "sana " * 59, "Koko kuvaus")})

    (summary,) = [line for line in described(event) if line.startswith("sana")]

    assert summary == ("sana " * 30).strip() + "…"
    assert "Koko kuvaus" not in described(event)


def test_one_events_own_file_carries_all_that_was_typed() -> None:
    text = Text("Kahvila", "sana " * 59 + "loppu", "Koko *kuvaus*", "Ovi pihalla", "Käteinen", "Soita", "Moikka")
    event = happening(once(), texts={"fi": text})

    assert [line for line in described(event, form="full") if line in TYPED] == list(TYPED)


TYPED = ("sana " * 59 + "loppu", "Koko *kuvaus*", "Ovi pihalla", "Käteinen", "Soita", "Moikka")


def test_the_short_form_keeps_what_matters_most() -> None:
    event = happening(once(), texts={"fi": Text("Kahvila", "Tule!")}, access={"step_free": True})

    assert described(event, form="short") == [
        *facts(event)[:2],
        "Järjestäjä: Pulina",
        "",
        "Tarkista ennen lähtöä:",
        f"{BASE_URL}/fi/events/abcdefghjk",
    ]


def test_a_long_description_is_cut_between_words_and_keeps_its_link() -> None:
    event = happening(once(), texts={"fi": Text("Kahvila", "Tule!", "pitkä juttu " * 1000)})

    text = str(parsed(event, form="full")[0]["DESCRIPTION"])

    assert 7980 < len(text) <= 8000
    assert re.search(r"(pitkä|juttu)…\n\n[^\n]+\n\S+$", text)
    assert text.endswith(f"{BASE_URL}/fi/events/abcdefghjk")


def test_dates_in_a_description_carry_their_year_whatever_day_it_is() -> None:
    event = happening(
        once("2026-12-03 17:30"),
        changed={"2026-12-03": DateChange(start=at("2026-12-10 18:00"))},
        registration=Registration("required", closes=at("2026-12-02 12:00")),
    )

    dates = [re.findall(r"\d+\.12\.(?:2026)?", line) for line in described(event)]
    assert [found for found in dates if found] == [["10.12.2026"], ["3.12.2026"], ["2.12.2026"]]


@pytest.mark.parametrize("code", sorted(load_languages(ROOT / "locales")))
def test_every_language_is_written_as_a_program_reads_it(code: str) -> None:
    changed = {"2026-12-08": CANCELLED, "2026-12-15": DateChange(start=at("2026-12-16 18:00"))}
    event = happening(
        weekly("2026-12-01 17:30", times=4),
        changed=changed,
        texts={"fi": Text("Kahvila", "Tule juttelemaan.")},
        price="paid",
        prices=(PriceRow(Decimal("2.50")),),
        access={"step_free": True},
        first_time={"alone": ("yes",), "food": ("coffee",)},
    )

    content = written(event, code=code)

    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert all(line.decode() for line in content.removesuffix(b"\r\n").split(b"\r\n"))
    assert described(event, code)[: len(facts(event, code))] == facts(event, code)
    prefix = language(code).pgettext("title prefix", "cancelled")
    assert prefix != "cancelled"
    assert str(parsed(event, code=code)[1]["SUMMARY"]).startswith(f"{prefix} ")
    assert described(event, code)[-1] == f"{BASE_URL}/{code}/events/abcdefghjk"
