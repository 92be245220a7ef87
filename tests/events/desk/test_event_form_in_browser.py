"""The form of an event in a real browser: with script and without, on a telephone, off the net."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.events.desk.signed_in import desk
from tests.events.editing.hostile_images import JPEG

pytestmark = pytest.mark.browser
NEW = "/fi/desk/organisations/{slug}/events/new"
EVENT_PAGE = re.compile("/fi/desk/events/")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


def opened(browser: Browser, served: tuple[str, str], **options: Any) -> BrowserContext:
    """A browser of the editor's own."""
    address, secret = served
    context = browser.new_context(base_url=address, **options)
    context.add_cookies([{"name": "session", "value": secret, "url": address}])
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page(browser: Browser, served: tuple[str, str]) -> Iterator[Page]:
    """Its page, which must not complain."""
    context = opened(browser, served, viewport={"width": 360, "height": 780})
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert [
        one
        for one in complaints
        if "ERR_INTERNET_DISCONNECTED" not in one and "422" not in one and "Failed to fetch" not in one
    ] == []
    context.close()


class Hands:
    """Somebody who fills in a form; every field and every press counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = 0

    def fill(self, field: str, text: str) -> None:
        self.page.locator(f'[id="{field}"]').fill(text)
        self.done += 1

    def choose(self, field: str, value: str) -> None:
        self.page.locator(f'[id="{field}"]').select_option(value)
        self.done += 1

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.done += 1


def first_series(hands: Hands) -> None:
    """What a new association says of its weekly club."""
    hands.fill("title.fi", "Shakkikerho")
    hands.choose("subject.1", "a:chess")
    hands.press("label[for=repeats-weekly]")
    hands.fill("date", "2026-12-04")
    hands.fill("start", "18:00")
    hands.fill("end", "20:00")
    hands.fill("until", "2027-02-26")
    hands.choose("place", hands.page.locator("#place option").nth(1).get_attribute("value") or "")
    hands.press("label[for=price]")
    hands.press("label[for=registration]")


def test_a_new_association_publishes_its_first_series_with_few_touches(page: Page) -> None:
    page.goto("/fi/desk/organisations/uusi")
    hands = Hands(page)
    page.goto(NEW.format(slug="uusi"))
    hands.done += 1
    first_series(hands)
    expect(page.locator("#dates-found summary")).to_have_text("13 kertaa")
    hands.press("#dates-found input[type=checkbox] >> nth=0")
    hands.press("button[value=publish]")

    expect(page).to_have_url(EVENT_PAGE)
    page.goto("/fi/events?q=shakkikerho")
    expect(page.locator(".card-title")).to_contain_text(["Shakkikerho"])
    assert hands.done <= 25


def test_what_is_typed_is_saved_by_itself_and_is_there_after_a_crash(browser: Browser, served: tuple[str, str]) -> None:
    context = opened(browser, served)
    page = context.new_page()
    page.goto(NEW.format(slug="uusi"))
    address = page.url
    page.locator('[id="title.fi"]').fill("Kesken jäänyt")
    expect(page.locator("#saved")).to_contain_text("Tallennettu")
    context.close()

    after = opened(browser, served)
    again = after.new_page()
    again.goto(address)
    assert again.locator('[id="title.fi"]').input_value() == "Kesken jäänyt"
    assert again.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    after.close()


def test_without_a_connection_the_page_says_so_and_saves_when_it_is_back(page: Page) -> None:
    page.goto(NEW.format(slug="pulina"))
    page.context.set_offline(True)
    page.locator('[id="title.fi"]').fill("Junassa")
    expect(page.locator("#trouble")).to_contain_text("Ei yhteyttä: pidä tämä sivu auki")
    page.context.set_offline(False)

    expect(page.locator("#saved")).to_contain_text("Tallennettu")
    expect(page.locator("#trouble")).to_be_empty()
    assert page.locator('[id="title.fi"]').input_value() == "Junassa"


def test_a_place_is_found_while_typing(page: Page) -> None:
    page.goto(NEW.format(slug="uusi"))
    page.locator("#place_words").press_sequentially("kirjasto")

    expect(page.locator("#place-hint")).to_contain_text("löytyi")
    assert all("kirjasto" in text.lower() for text in page.locator("#place option").all_inner_texts()[1:])


@pytest.mark.parametrize("stood_there", [False, True])
def test_the_list_of_places_gives_way_to_a_new_place_that_is_typed(page: Page, stood_there: bool) -> None:
    page.goto(NEW.format(slug="pulina"))
    place, hint = page.locator("#place"), page.locator("#place-hint")
    known = place.locator("option").nth(3).get_attribute("value") or ""
    place.select_option(known)
    expect(page.locator("#saved")).to_contain_text("Tallennettu")
    if stood_there:
        page.reload()
    assert place.input_value() == known
    page.locator("summary", has_text="Verkossa, tai paikka").click()
    page.locator("#new_place_name").fill("Kylätalo")

    expect(hint).to_contain_text("Kylätalo")
    assert place.input_value() == ""
    place.focus()
    place.select_option(known)
    expect(place).to_have_value("")
    expect(place).to_be_focused()
    page.locator("#place_words").press_sequentially("kirjasto")
    expect(hint).to_contain_text("Kylätalo")
    page.locator("#new_place_name").fill("")
    expect(hint).not_to_contain_text("Kylätalo")


def test_a_mistake_is_one_press_from_its_field(page: Page) -> None:
    page.goto(NEW.format(slug="uusi"))
    Hands(page).press("button[value=publish]")
    expect(page.locator("#error-summary")).to_be_focused()

    for link in page.locator("#error-summary a").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        expect(page.locator(f'[id="{target}"]')).to_be_in_viewport()


def test_everything_works_without_a_script(browser: Browser, served: tuple[str, str]) -> None:
    context = opened(browser, served, java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(NEW.format(slug="uusi"))
    hands = Hands(page)
    first_series(hands)
    hands.fill("title.fi", "Ilman skriptiä")
    hands.press("button[value=dates]")
    expect(page.locator("#dates-found summary")).to_have_text("13 kertaa")
    page.locator("#place_words").fill("kirjasto")
    hands.press("button[value=places]")
    expect(page.locator("#place-hint")).to_contain_text("löytyi")
    hands.press("button[value=preview]")
    expect(page.locator(".preview-mark")).to_be_visible()
    hands.press(".preview-mark form button")

    expect(page).to_have_url(EVENT_PAGE)
    context.close()


def test_a_refused_picture_costs_no_text(page: Page, tmp_path: Path) -> None:
    page.goto(NEW.format(slug="pulina"))
    page.locator('[id="title.fi"]').fill("Kuvallinen")
    page.locator("summary", has_text="Tekstit, muut kielet, kuva").click()
    page.locator("button[value=image]").click()
    page.locator("#file").set_input_files(files=[{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not one"}])
    page.locator('[id="alternative.fi"]').fill("Ihmisiä pöydän ääressä")
    page.locator("main form.form button[type=submit]").click()

    expect(page.locator("#file-error")).to_be_visible()
    assert page.locator('[id="alternative.fi"]').input_value() == "Ihmisiä pöydän ääressä"
    page.locator("#file").set_input_files(files=[{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": JPEG}])
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("#saved")).to_be_visible()
    assert page.locator('[id="title.fi"]').input_value() == "Kuvallinen"


@pytest.mark.parametrize("code", ["fi", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_form_breaks_no_rule_of_accessibility(
    browser: Browser, served: tuple[str, str], code: str, width: int
) -> None:
    context = opened(browser, served, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"/{code}/desk/organisations/pulina/events/new")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    form = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.locator("button[value=publish]").first.click()
    page.locator("#error-summary").wait_for()
    wrong = Axe().run(page)

    assert (form.response["violations"], wrong.response["violations"], wide) == ([], [], width)
    context.close()
