"""A resident with a real browser: she filters the list, looks at an event and goes back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    """The titles of the cards on the screen."""
    return [text.strip() for text in page.locator(".results .card-title").all_inner_texts()]


def test_she_filters_by_language_opens_an_event_and_goes_back(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events")
    everything = titles(visit)

    visit.get_by_role("checkbox", name=re.compile("русский")).check()
    expect(visit).to_have_url(f"{address}/fi/events?in_language=ru")
    expect(visit.locator("#count")).to_have_text("4 tapahtumaa")
    russian = titles(visit)
    visit.get_by_role("link", name="Kävelyryhmä").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Kävelyryhmä")
    visit.go_back()

    expect(visit.locator("#count")).to_have_text("4 tapahtumaa")
    assert titles(visit) == russian
    assert visit.get_by_role("checkbox", name=re.compile("русский")).is_checked()
    visit.go_back()
    expect(visit).to_have_url(f"{address}/fi/events")
    expect(visit.locator("#count")).to_have_text("23 tapahtumaa")
    assert titles(visit) == everything
    expect(visit.get_by_role("navigation", name="Osiot")).to_be_visible()


def test_the_other_languages_keep_what_she_has_just_chosen(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events")
    visit.get_by_role("radio", name="Ensi viikolla").check()
    expect(visit).to_have_url(f"{address}/fi/events?when=next-week")

    visit.get_by_role("link", name="svenska", exact=True).click()

    expect(visit).to_have_url(f"{address}/sv/events?when=next-week")
    assert visit.get_by_role("radio", name="Nästa vecka").is_checked()


def test_words_are_found_while_she_types(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events")

    visit.get_by_role("searchbox").fill("neulo")

    expect(visit).to_have_url(f"{address}/fi/events?q=neulo")
    expect(visit.locator("#count")).to_have_text("1 tapahtuma")
    assert titles(visit) == ["Neulotaan yhdessä"]
    assert visit.title() == "”neulo” – Yhdessä"


def test_without_script_the_form_answers_the_same(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}/fi/events")

    page.get_by_role("link", name="Suodata").click()
    page.get_by_role("checkbox", name=re.compile("русский")).check()
    page.get_by_role("button", name="Näytä tapahtumat").click()

    expect(page).to_have_url(f"{address}/fi/events?in_language=ru")
    assert page.locator("#count").inner_text() == "4 tapahtumaa"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


@pytest.mark.parametrize("path", ["/fi/", "/fi/events", "/en/organisations", "/sv/events?when=month&free=1"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(visit: Page, address: str, path: str, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    visit.goto(address + path)

    assert visit.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["/fi/calendar/2026-12", "/ar/calendar/2026-12", "/fi/print", "/ar/print?when=month"])
@pytest.mark.parametrize("width", [320, 768])
def test_without_script_neither_month_nor_sheet_is_wider_than_the_screen(
    browser: Any, address: str, path: str, width: int
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + path)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_she_finds_every_way_to_subscribe_to_what_she_has_chosen(visit: Page, address: str, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    visit.goto(f"{address}/ar/events?in_language=ru,uk")

    visit.locator(".subscribe a").last.click()

    expect(visit).to_have_url(f"{address}/ar/subscribe?in_language=ru,uk")
    feed = visit.locator("main input").input_value()
    assert feed == f"{address}/ar/events.ics?in_language=ru,uk"
    assert visit.request.get(feed).headers["content-type"] == "text/calendar; charset=utf-8"
    assert visit.locator("img.code").evaluate("image => image.complete && image.naturalWidth > 0")
    assert visit.evaluate("document.documentElement.scrollWidth") == width
    visit.emulate_media(media="print")
    expect(visit.locator(".sheet .on-paper")).to_be_visible()
    expect(visit.locator(".ways, .footer, .cards").locator("visible=true")).to_have_count(0)
