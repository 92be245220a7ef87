"""A resident, perhaps new in Finland, on her telephone: she finds an event held in her language in two taps, reads
every fact of it in her language although it was written in Finnish only, and subscribes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from playwright.sync_api import Browser, Page, expect

from events.domain.labels import label
from tests.audit.furnishing import FINNISH, TOLD, Furnished
from tests.audit.kinds import LANGUAGES
from tests.audit.looking import Looks, Visitor, visitor
from web.i18n import Language, load_languages
from web.settings import ROOT

pytestmark = pytest.mark.browser

PHONE = Looks(360, height=740)
LOCALES = {"sv": "sv-FI", "en": "en-GB", "ru": "ru-RU", "uk": "uk-UA", "ar": "ar-IQ"}
"""What her telephone asks for; anybody else's asks for Finnish."""
CLOSE = {frozenset({"fi", "selko"}), frozenset({"ru", "uk"})}
"""Languages that say some things with the same words."""
NAMES = (
    FINNISH.title,
    "Kouvolan pääkirjasto",
    "Kouvolan tori",
    "Kouvola",
    "Google Calendar",
    str(TOLD["link"]),
    *(re.findall(r"\S+@\S+|https://\S+", f"{TOLD['registration']}".replace("'", " "))),
)
"""What has no translation: what was typed, names of places and programs, addresses."""
WORDS = """() => {
    const found = [], page = document.documentElement.lang;
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
        if (!text || parent.closest("script, template, bdi, .typed")) continue;
        if (parent.closest("[lang]").lang === page) found.push(text);
    }
    return found;
}"""
"""The texts of a page that are neither typed nor names."""
AMOUNTS = "['.fact', '.ticks li', '.fact > p:not(.foreign)', '.dates li'].map(s => document.querySelectorAll(s).length)"


@lru_cache
def languages() -> dict[str, Language]:
    return dict(load_languages(ROOT / "locales"))


def spoken(code: str) -> str:
    """The code by which filters know a reader's language."""
    return "fi-simple" if code == "selko" else code


@pytest.fixture(params=LANGUAGES)
def resident(request: pytest.FixtureRequest, browser: Browser, furnished_site: Furnished) -> Iterator[Visitor]:
    locale = LOCALES.get(request.param, "fi-FI")
    with visitor(browser, furnished_site, locale=locale, has_touch=True, is_mobile=True) as one:
        one.look(PHONE)
        yield one


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth === innerWidth && innerWidth === 360"))


def test_from_the_first_page_to_her_own_calendar(resident: Visitor, request: pytest.FixtureRequest) -> None:
    page, site, code = resident.page, resident.site, request.node.callspec.params["resident"]
    event, reader = site.events["everything"], languages()[code]
    # She is led to her language; who reads easy Finnish chooses it by its own name.
    page.goto(site.address)
    if code == "selko":
        page.locator("#languages").get_by_role("link", name=reader.own_name, exact=True).tap()
    expect(page).to_have_url(f"{site.address}/{code}/")
    assert fits(page)

    # One tap: what is held in her language.
    page.locator(f".tile[href='/{code}/events?in_language={spoken(code)}']").tap()
    expect(page).to_have_url(f"{site.address}/{code}/events?in_language={spoken(code)}")
    card = page.locator(".card", has=page.locator(f"a[href*='{event}']")).first
    lead = [] if code in ("fi", "selko") else [label(reader, "activity", "knitting")]
    assert (card.locator(".lead").all_inner_texts(), fits(page)) == (lead, True)

    # The second: an event.
    card.locator(".card-title a").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(FINNISH.title)
    assert (page.evaluate(AMOUNTS), fits(page)) == ([8, *page.evaluate(AMOUNTS)[1:]], True)
    page.go_back()

    # Back in the list: the month, the sheet to print, and her own calendar.
    for way in ("calendar", "print"):
        page.locator(f".other-forms a[href^='/{code}/{way}']").tap()
        expect(page.locator(f"main a[href*='{event}'], main :text('{FINNISH.title}')").first).to_be_attached()
        assert fits(page)
        page.go_back()
    page.locator(f".subscribe a[href^='/{code}/subscribe']").tap()
    expect(
        page.locator(f"a[href^='webcal:'][href$='/{code}/events.ics?in_language={spoken(code)}']").first
    ).to_be_visible()
    feed = page.locator("main input").first.input_value()
    assert f"UID:{event}@" in page.request.get(feed).text()
    assert (resident.noted, fits(page)) == ([], True)


@pytest.fixture(scope="module")
def told(browser: Browser, furnished_site: Furnished) -> dict[str, tuple[list[str], list[int]]]:
    """Language -> the texts of the event with every fact, and how many facts of each sort there are."""
    found = {}
    with visitor(browser, furnished_site) as one:
        one.look(PHONE)
        for code in LANGUAGES:
            one.page.goto(f"{furnished_site.address}/{code}/events/{furnished_site.events['everything']}")
            found[code] = one.page.evaluate(WORDS), one.page.evaluate(AMOUNTS)
    return found


def without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


def test_no_fact_is_lost_in_any_language(told: dict[str, tuple[list[str], list[int]]]) -> None:
    assert {code: amounts for code, (_, amounts) in told.items()} == dict.fromkeys(LANGUAGES, told["fi"][1])


@pytest.mark.parametrize("code", ["ru", "uk", "ar"])
def test_no_word_of_another_script_stands_among_the_facts(
    told: dict[str, tuple[list[str], list[int]]], code: str
) -> None:
    foreign = [text for text in told[code][0] if re.search("[A-Za-zÅÄÖåäö]{2,}", without_names(text))]

    assert (foreign, len(told[code][0]) > 60) == ([], True)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_languages_say_the_same(told: dict[str, tuple[list[str], list[int]]], code: str) -> None:
    hers = {text for text in map(without_names, told[code][0]) if re.search(r"[^\W\d_]{3,}", text)}
    shared = {
        other: hers & set(map(without_names, texts))
        for other, (texts, _) in told.items()
        if other != code and frozenset({code, other}) not in CLOSE
    }

    assert {other: texts for other, texts in shared.items() if texts} == {}
