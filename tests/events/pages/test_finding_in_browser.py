"""A resident with a real browser whose connection breaks, who copies an address, who goes back."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

NEXT_WEEK = "Ensi viikolla"


def titles(page: Page) -> list[str]:
    """The titles of the cards on the screen."""
    return [text.strip() for text in page.locator(".results .card-title").all_inner_texts()]


def lose_connection(page: Page) -> None:
    """From now on nothing that the page asks arrives."""
    page.route("**/events?*", lambda route: route.abort("internetdisconnected"))


def test_without_connection_she_is_told_keeps_what_she_sees_and_tries_again(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/events")
    before = titles(page)
    lose_connection(page)

    page.get_by_role("radio", name=NEXT_WEEK).check()

    expect(page.get_by_role("alert").get_by_text("Ei yhteyttä. Yritä uudelleen.")).to_be_visible()
    assert (titles(page), page.url) == (before, f"{address}/fi/events")
    page.get_by_role("button", name="Yritä uudelleen").click()
    expect(page.get_by_text("Ei yhteyttä")).to_have_count(1)
    page.unroute("**/events?*")
    page.get_by_role("button", name="Yritä uudelleen").click()
    expect(page).to_have_url(f"{address}/fi/events?when=next-week")
    expect(page.get_by_text("Ei yhteyttä")).to_have_count(0)
    assert titles(page) != before
    expect(page.get_by_role("radio", name=NEXT_WEEK)).to_be_focused()


@pytest.mark.parametrize("status", [500, 503, 429, 404])
def test_an_answer_that_is_no_list_does_not_take_the_place_of_the_list(page: Page, address: str, status: int) -> None:
    page.goto(f"{address}/ar/events")
    before, title = titles(page), page.title()
    page.route("**/events?*", lambda route: route.fulfill(status=status, body="<title>Bad</title><p>Bad Gateway</p>"))

    page.get_by_role("searchbox").fill("uinti")

    expect(page.get_by_role("alert").get_by_text("لم تستجب الخدمة كما ينبغي")).to_be_visible()
    assert (titles(page), page.title(), page.url) == (before, title, f"{address}/ar/events")


def test_a_server_that_does_not_answer_in_time_is_as_good_as_none(page: Page, address: str) -> None:
    page.goto(f"{address}/sv/events")
    page.locator("#filters").evaluate("form => form.setAttribute('hx-config', 'timeout:200ms')")
    held: list[Route] = []
    page.route("**/events?*", lambda route: held.append(route))

    page.get_by_role("radio", name="Nästa vecka").check()

    expect(page.get_by_text("Ingen förbindelse. Försök igen.")).to_be_visible()


def test_a_change_that_succeeds_takes_the_notice_away(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/events")
    lose_connection(page)
    page.get_by_role("radio", name=NEXT_WEEK).check()
    expect(page.locator(".trouble-notice")).to_be_visible()
    page.unroute("**/events?*")

    page.get_by_role("radio", name="Tänään").check()

    expect(page).to_have_url(f"{address}/fi/events?when=today")
    expect(page.locator(".trouble-notice")).to_have_count(0)
    expect(page.get_by_role("radio", name="Tänään")).to_be_focused()


def test_she_copies_the_address_with_one_press(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.goto(f"{address}/fi/subscribe?free=1")

    page.get_by_role("button", name="Kopioi").click()

    expect(page.locator(".copy [role=status]")).to_have_text("Kopioitu")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/fi/events.ics?free=1"


def test_where_nothing_can_be_copied_there_is_no_button(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})")

    page.goto(f"{address}/fi/subscribe?free=1")

    expect(page.locator("main input")).to_have_value(f"{address}/fi/events.ics?free=1")
    expect(page.get_by_role("button", name="Kopioi")).to_have_count(0)


def test_results_that_are_swapped_and_gone_back_to_have_one_button_to_copy(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events")
    expect(visit.get_by_role("button", name="Kopioi")).to_have_count(1)

    visit.get_by_role("radio", name=NEXT_WEEK).check()
    expect(visit).to_have_url(f"{address}/fi/events?when=next-week")
    expect(visit.get_by_role("button", name="Kopioi")).to_have_count(1)
    visit.go_back()

    expect(visit.get_by_role("radio", name="Milloin vain")).to_be_checked()
    expect(visit.get_by_role("button", name="Kopioi")).to_have_count(1)


def numbers(page: Page) -> dict[str, int]:
    """The counts beside the choices, as the page shows them."""
    script = "all => Object.fromEntries(all.map(one => [one.dataset.count, Number(one.textContent)]))"
    found: dict[str, int] = page.locator("[data-count]").evaluate_all(script)
    return found


def test_the_counts_beside_the_choices_follow_what_she_chooses(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events?when=week")
    narrow = numbers(visit)
    visit.goto(f"{address}/fi/events")
    before = numbers(visit)

    visit.get_by_role("radio", name="Tällä viikolla").check()
    expect(visit).to_have_url(f"{address}/fi/events?when=week")
    expect(visit.locator('[data-count="free:1"]')).to_have_text(str(narrow["free:1"]))

    assert (numbers(visit), narrow == before) == (narrow, False)


def test_a_group_that_she_has_opened_stays_open_and_keeps_her_place(visit: Page, address: str) -> None:
    visit.goto(f"{address}/fi/events")
    visit.locator("summary", has_text="Kenelle").click()
    box = visit.get_by_role("checkbox", name=re.compile("^Lapset"))

    box.focus()
    visit.keyboard.press("Space")

    expect(visit).to_have_url(f"{address}/fi/events?audience=children")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(visit.locator("#count")).to_have_text(re.compile("tapahtuma"))
    visit.reload()
    expect(box).to_be_visible()


def test_without_script_every_group_opens_and_is_sent(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}/fi/events#filters")

    page.locator("summary", has_text="Päivät ja kellonajat").click()
    page.get_by_label("Alkaa aikaisintaan").fill("17:00")
    page.locator("summary", has_text="Missä").click()
    page.get_by_role("radio", name=re.compile("^Paikan päällä")).check()
    page.get_by_role("button", name="Näytä tapahtumat").click()

    expect(page).to_have_url(f"{address}/fi/events?online=0&starts_after=17:00")
    assert page.locator("details.more[open] > summary").all_inner_texts() == ["Päivät ja kellonajat", "Missä"]
    context.close()


@pytest.mark.parametrize("language", ["ar", "selko", "uk"])
def test_the_whole_panel_fits_a_small_phone(visit: Page, address: str, language: str) -> None:
    visit.set_viewport_size({"width": 320, "height": 640})
    visit.goto(f"{address}/{language}/events?activity=swimming&age=7-12#filters")
    visit.locator("details.more").evaluate_all("all => all.forEach(one => { one.open = true })")

    small = visit.locator("#filters label.choice, #filters summary, #filters button").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 32).map(one => one.textContent)"
    )

    assert visit.evaluate("document.documentElement.scrollWidth") == 320
    assert json.dumps(small) == "[]"
    expect(visit.locator("#filters button[type=submit]")).to_be_in_viewport()
