"""A volunteer with a real browser and no script: she signs in, registers her association, and signs out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import demonstration

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with demonstration(folder) as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


def last_letter(folder: Path) -> tuple[str, str]:
    """Subject and text of the last letter in the outbox."""
    with closing(sqlite3.connect(folder / "demo.db")) as database:
        subject, text = database.execute("SELECT subject, text FROM outgoing_mail ORDER BY id DESC").fetchone()
    return subject, text


def sign_in(page: Page, address: str, folder: Path, email: str, code: str = "fi") -> None:
    page.goto(f"{address}/{code}/sign-in")
    page.locator("#email").fill(email)
    page.locator("main form.form button").click()
    page.locator("#code").wait_for()
    page.locator("#code").fill(re.findall(r"\d{6}", last_letter(folder)[0])[0])
    page.locator("main form.form button").click()
    expect(page).to_have_url(f"{address}/{code}/desk/")


def test_from_the_first_letter_to_an_application_without_script(visit: Page, address: str, folder: Path) -> None:
    sign_in(visit, address, folder, "uusi@kutojat.example")

    visit.get_by_role("link", name="Ilmoita järjestäjä mukaan").click()
    visit.get_by_role("button", name="Lähetä kaupungille").click()
    summary = visit.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(3)
    visit.get_by_label("Nimi", exact=True).fill("Kutojat ry")
    visit.get_by_label(re.compile("Mitä teette")).first.fill("Kudomme.")
    visit.get_by_label("Sähköpostiosoite lukijoille").fill("info@kutojat.example")
    visit.get_by_role("button", name="Lähetä kaupungille").click()

    expect(visit.get_by_role("heading", name="Kutojat ry")).to_be_visible()
    expect(visit.get_by_text("Odottaa kaupungin hyväksyntää")).to_be_visible()


def test_after_signing_out_going_back_shows_nothing(visit: Page, address: str, folder: Path) -> None:
    sign_in(visit, address, folder, "toimittaja@pulina.example")
    visit.goto(f"{address}/fi/desk/account")
    expect(visit.get_by_text("toimittaja@pulina.example").first).to_be_visible()

    visit.get_by_role("button", name="Kirjaudu ulos", exact=True).click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Olet kirjautunut ulos")
    visit.go_back()

    expect(visit.get_by_role("heading", level=1)).to_have_text("Kirjaudu")
    expect(visit.get_by_text("toimittaja@pulina.example")).to_have_count(0)


def test_the_link_of_the_letter_opens_a_page_with_one_button(visit: Page, address: str, folder: Path) -> None:
    visit.goto(f"{address}/ar/sign-in")
    visit.locator("#email").fill("toimittaja@pulina.example")
    visit.locator("main form.form button").click()
    visit.locator("#code").wait_for()
    (link,) = re.findall(r"^http\S+/sign-in/\S+$", last_letter(folder)[1], re.MULTILINE)

    visit.context.clear_cookies()
    visit.goto(link)
    visit.locator("main form.form button").click()

    expect(visit).to_have_url(f"{address}/ar/desk/")


@pytest.mark.parametrize("code", ["fi", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(browser: Browser, address: str, folder: Path, code: str, width: int) -> None:
    paths = (
        "desk/account",
        "desk/account/deletion",
        "desk/organisations/pulina",
        "desk/organisations/pulina/members",
        "desk/organisations/new",
        "sign-in",
        "sign-in/nonsense",
        "signed-out",
    )
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        sign_in(page, address, folder, "puheenjohtaja@pulina.example", code)
        found = {}
        for path in paths:
            page.goto(f"{address}/{code}/{path}")
            wide = page.evaluate("document.documentElement.scrollWidth") - width
            violations = [violation["id"] for violation in Axe().run(page).response["violations"]]
            if violations or wide > 0:
                found[path] = (violations, wide)

    assert found == {}
