"""A reader whose browser runs no script finds, filters, reads, subscribes and writes to the city."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.audit.furnishing import Furnished
from tests.audit.looking import Looks, visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("own_name", "language"), [("suomi", "fi"), ("العربية", "ar"), ("selkosuomi", "selko")])
def test_everything_works_without_script(
    browser: Browser, furnished_site: Furnished, own_name: str, language: str
) -> None:
    address = furnished_site.address
    with visitor(browser, furnished_site, java_script_enabled=False) as one:
        one.look(Looks(360, height=740))
        page = one.page
        page.goto(address)
        page.locator("main").get_by_role("link", name=own_name, exact=True).click()
        expect(page).to_have_url(f"{address}/{language}/")
        page.locator(".tile").filter(has_text="русский").click()
        expect(page).to_have_url(f"{address}/{language}/events?in_language=ru")

        page.locator(".open-filters").click()
        page.locator("input[name=when][value=month]").check()
        page.locator("#filters button[type=submit]").click()
        expect(page).to_have_url(f"{address}/{language}/events?in_language=ru&when=month")
        assert page.locator(".card").count() > 0

        page.locator(".card-title a").first.click()
        expect(page).to_have_url(re.compile(f"{address}/{language}/events/[a-z2-9]{{10}}"))
        own_copy = page.locator(".subscribe a.button").first.get_attribute("href")
        assert page.request.get(str(own_copy)).headers["content-type"] == "text/calendar; charset=utf-8"
        page.go_back()

        page.locator(f".subscribe a[href^='/{language}/subscribe']").click()
        feed = page.locator("main input").first.input_value()
        assert feed == f"{address}/{language}/events.ics?in_language=ru&when=month"
        expect(page.locator(f"a[href='{feed.replace('http:', 'webcal:')}']").first).to_be_visible()

        page.locator(f".footer a[href='/{language}/feedback']").click()
        page.locator("main form button[type=submit]").click()
        expect(page.locator("#error-summary a")).to_have_attribute("href", "#text")
        page.locator("#text").fill("Kiitos! شكرًا")
        page.locator("main form button[type=submit]").click()
        expect(page).to_have_url(f"{address}/{language}/feedback/thanks")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
