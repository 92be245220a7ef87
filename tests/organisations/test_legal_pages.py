"""The pages that the law wants, in every language: nobody is left with a page she cannot read."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.database import count_queries
from tests.pages import Node, read
from tests.people import Calendar, opened_calendar

LANGUAGES = ("fi", "sv", "en", "ru", "uk", "ar", "selko")
IN_FULL = ("fi", "sv", "en")
PAGES = ("about", "accessibility", "privacy", "feedback", "feedback/thanks", "organisations")
CONTACTS = {
    "HELP_CONTACT": "tel:+358-20-6151",
    "CONTROLLER": "Kouvolan kaupunki, PL 85, 45101 Kouvola",
    "ACCESSIBILITY_CONTACT": "mailto:saavutettavuus@kouvola.example",
    "DATA_PROTECTION_CONTACT": "https://kouvola.example/tietosuoja",
}


@pytest.fixture
def kouvola(migrated_file: Path, tmp_path: Path) -> Iterator[Calendar]:
    """A site whose operator has said who answers for what."""
    copied = shutil.copy(migrated_file, tmp_path / "test.db")
    with opened_calendar(f"sqlite://{copied}", **CONTACTS) as running:
        yield running


def headings(page: Node) -> list[int]:
    """The levels of the headings, in order."""
    return [int(node.tag[1]) for node in page.walk() if node.tag in ("h1", "h2", "h3", "h4")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_and_the_same_foot(sqlite_calendar: Calendar, path: str, language: str) -> None:
    page = read(sqlite_calendar, f"/{language}/{path}")

    levels = headings(page)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [step for step in pairwise(levels) if step[1] > step[0] + 1] == []
    foot = [link["href"].partition("&about=")[0] for link in page.one("footer").all("a")]
    wanted = [
        f"/{language}/about",
        f"/{language}/feedback",
        f"/{language}/feedback?kind=word",
        f"/{language}/accessibility",
        f"/{language}/privacy",
        "mailto:info@example.org",
    ]
    assert [href for href in foot if href in wanted] == wanted
    home = read(sqlite_calendar, f"/{language}/").one("footer")
    assert foot == [link["href"].partition("&about=")[0] for link in home.all("a")]


@pytest.mark.parametrize("path", ["accessibility", "privacy"])
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in IN_FULL])
def test_other_languages_introduce_the_text_of_law_and_lead_to_it(
    sqlite_calendar: Calendar, language: str, path: str
) -> None:
    main = read(sqlite_calendar, f"/{language}/{path}").one("main")

    links = main.one("ul", class_="versions").all("a")
    assert [(link["href"], link.text, link.language, link["hreflang"]) for link in links] == [
        (f"/fi/{path}", "suomi", ("fi", "ltr"), "fi"),
        (f"/sv/{path}", "svenska", ("sv", "ltr"), "sv"),
        (f"/en/{path}", "English", ("en", "ltr"), "en"),
    ]
    assert main.one("p", class_="lede").text != ""


@pytest.mark.parametrize("language", IN_FULL)
def test_the_accessibility_statement_says_what_the_law_wants(kouvola: Calendar, language: str) -> None:
    main = read(kouvola, f"/{language}/accessibility").one("main")

    wanted = (
        *("306/2019", "EN 301 549", "WCAG", "3.1.2", "1.1.1", "14", "Traficom", "2026"),
        *(CONTACTS["CONTROLLER"], "http://127.0.0.1:8000"),
    )
    assert [word for word in wanted if word not in main.text] == []
    assert {
        f"/{language}/feedback?kind=accessibility",
        "mailto:saavutettavuus@kouvola.example",
        "mailto:saavutettavuus@traficom.fi",
    } <= set(main.links().values())


@pytest.mark.parametrize("language", IN_FULL)
def test_the_privacy_notice_says_who_answers_and_where_to_complain(kouvola: Calendar, language: str) -> None:
    main = read(kouvola, f"/{language}/privacy").one("main")

    assert CONTACTS["CONTROLLER"] in main.text
    assert {
        "tel:+358-20-6151",
        "https://kouvola.example/tietosuoja",
        "mailto:tietosuoja@om.fi",
        f"/{language}/feedback",
    } <= set(main.links().values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_the_site_says_that_no_translation_is_reviewed_yet(
    sqlite_calendar: Calendar, language: str
) -> None:
    page = read(sqlite_calendar, f"/{language}/about").one("main")

    rows = page.one("tbody").all("tr")
    names = [row.one("bdi") for row in rows]
    assert [(name.text, name.language[0]) for name in names] == [
        ("suomi", "fi"),
        ("svenska", "sv"),
        ("English", "en"),
        ("русский", "ru"),
        ("українська", "uk"),
        ("العربية", "ar"),
        ("selkosuomi", "fi-simple"),
    ]
    assert len({row.one("td").text for row in rows}) == 1
    assert f"/{language}/feedback?kind=word" in page.links().values()


@pytest.mark.parametrize("path", ["about", "accessibility", "privacy", "feedback/thanks"])
def test_they_are_kept_and_ask_the_database_nothing(calendar: Calendar, path: str) -> None:
    read(calendar, f"/fi/{path}")

    with count_queries() as seen:
        answer = calendar.get(f"/fi/{path}?color=red")

    asked = [statement for statement in seen if "revision" not in statement and "data_version" not in statement]
    assert (asked, answer.status_code, "etag" in answer.headers) == ([], 200, True)


def test_search_engines_find_them(sqlite_calendar: Calendar) -> None:
    site_map = sqlite_calendar.get("/sitemap.xml").text

    addresses = [
        f"http://127.0.0.1:8000/{language}/{path}"
        for language in ("fi", "ar")
        for path in ("about", "accessibility", "privacy", "feedback")
    ]
    assert [address for address in addresses if f"<loc>{address}</loc>" not in site_map] == []
