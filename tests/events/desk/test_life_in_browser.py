"""Cancelling, undoing and going on next season in a real browser: on a telephone, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from events.editing import publishing as lifecycle
from organisations import sessions
from organisations.models import Organisation, Person
from tests.browser import demonstration
from tests.people import NOW, draft, weekly

pytestmark = pytest.mark.browser
CLUB = "Naisten uintivuoro"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """(address, session, public id of a club whose season ends soon)."""
    known: list[str] = []

    async def further() -> None:
        person = await Person.get(email="toimittaja@pulina.example")
        known.append(await sessions.open_session(person.id, shared=False, browser="Chromium", now=NOW))
        pulina = await Organisation.get(slug="pulina")
        club = draft(
            CLUB, schedule=weekly("2026-09-02 18:00", times=15), online=True, online_url="https://example.org/"
        )
        known.append(await lifecycle.publish(club, pulina, now=NOW, uid_domain="yhdessa.example"))

    folder: Path = tmp_path_factory.mktemp("life")
    with demonstration(folder, further) as address:
        yield address, known[0], known[1]


def opened(browser: Browser, served: tuple[str, str, str], **options: Any) -> BrowserContext:
    """A telephone of the editor's own."""
    address, secret, _ = served
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 780}, **options)
    context.add_cookies([{"name": "session", "value": secret, "url": address}])
    context.set_default_timeout(10_000)
    return context


def says(page: Page, address: str, public_id: str) -> str:
    """What the public page in Finnish says of the club's next date."""
    answer = page.request.get(f"{address}/fi/events/{public_id}?date=2026-12-02")
    return "Peruttu" if "Peruttu" in answer.text() else "Pidetään"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_taps_cancel_and_one_takes_it_back(browser: Browser, served: tuple[str, str, str], script: bool) -> None:
    address, _, club = served
    context = opened(browser, served, java_script_enabled=script)
    page = context.new_page()
    page.goto("/fi/desk/")
    row = page.locator(".desk-date", has_text=CLUB).first

    row.get_by_role("link", name="Peru tämä kerta").click()
    page.get_by_role("button", name="Sairaus").click()

    expect(page.get_by_role("status")).to_contain_text("Se on peruttu")
    assert says(page, address, club) == "Peruttu"
    page.locator(".deed").get_by_role("button", name="Kumoa").click()
    expect(page.get_by_role("status")).to_contain_text("Kumottu.")
    assert says(page, address, club) == "Pidetään"
    context.close()


def test_every_button_is_wide_enough_for_a_thumb(browser: Browser, served: tuple[str, str, str]) -> None:
    context = opened(browser, served)
    page = context.new_page()

    for path in ("", f"events/{served[2]}", f"events/{served[2]}/dates/2026-12-02/cancellation"):
        page.goto(f"/ar/desk/{path}")
        sizes = page.locator("main .button:visible, main summary:visible").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44
    context.close()


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_no_page_has_a_violation_nor_scrolls_sideways(
    browser: Browser, served: tuple[str, str, str], language: str
) -> None:
    context = opened(browser, served)
    page, event = context.new_page(), f"events/{served[2]}"
    nouns = ("cancellation", "postponement", "reinstatement", "fullness", "move")
    paths = ["", "?dates=over", "organisations/pulina/season", event, f"{event}/withdrawal", f"{event}/copy"]
    paths += [f"{event}/dates/2026-12-02/{noun}" for noun in nouns]
    found = {}
    for path in paths:
        page.goto(f"/{language}/desk/{path}")
        for fold in page.locator("summary:visible").all():
            fold.click()
        names = [violation["id"] for violation in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            names.append("scrolls sideways")
        found[path] = names

    assert found == {path: [] for path in paths}
    context.close()


def test_the_next_season_is_one_button(browser: Browser, served: tuple[str, str, str]) -> None:
    context = opened(browser, served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/fi/desk/organisations/pulina/season")

    page.get_by_role("button", name="Julkaise valitut ryhmät").click()

    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.get_by_role("group", name=CLUB)).to_have_count(0)
    context.close()
