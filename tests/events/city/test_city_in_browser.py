"""From an application in the queue to its first event on another page, and to its being taken off, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from events.editing import acceptance, proposals
from events.editing.changes import Actor
from events.residents import suggestions
from events.storage.models import Event
from organisations import sessions
from organisations.models import Membership, Message, Organisation, Person
from tests.browser import demonstration
from tests.events.city.waiting import FORM
from tests.people import NOW, TODAY

pytestmark = pytest.mark.browser
CLUB = "Lettukestit"
RESIDENT = {"organiser": "Kylätoimikunta", "reply_to": "ella@example.org", "language": "fi"}


@dataclass(frozen=True, slots=True)
class Served:
    """The demonstration with a full desk: its address and the session of its clerk."""

    address: str
    session: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    known: list[str] = []

    async def further() -> None:
        clerk = await Person.get(email="kaupunki@kouvola.example")
        known.append(await sessions.open_session(clerk.id, shared=False, browser="Chromium", now=NOW))
        await _apply()
        await _change_and_report()

    folder: Path = tmp_path_factory.mktemp("city")
    with demonstration(folder, further) as address:
        yield Served(address, known[0])


async def _apply() -> None:
    """A new association waits, its first event too, and what a resident has proposed."""
    columns = {"state": "pending", "contact_email": "info@uudet.example", "created": NOW, "modified": NOW}
    new = await Organisation.create(slug="uudet-naapurit", name="Uudet naapurit ry", **columns)
    aino = await Person.create(email="aino@uudet.example", name="Aino", language="ru", created=NOW, last_seen=NOW)
    await Membership.create(person=aino, organisation=new, role="owner", created=NOW)
    stored = await proposals.begin(organisation_id=new.id, author_id=aino.id, fields=FORM, now=NOW)
    await acceptance.submit(stored.key, by=Actor(aino.id, "owner"), now=NOW, uid_domain="yhdessa.example")
    told = {name: text for name, text in FORM.items() if name != "online_url"}
    wish = suggestions.Suggestion({**told, "title.fi": "Kyläjuhla", "new_place_name": "Tori"}, RESIDENT)
    await suggestions.keep(wish, now=NOW, uid_domain="yhdessa.example")


async def _change_and_report() -> None:
    """An editor has changed a public event that the city reads first, and a reader has noticed something."""
    await Organisation.filter(slug="pulina").update(review_first=True)
    event = (await Event.filter(organisation__slug="pulina").order_by("id"))[0]
    stored = await proposals.begin_edit(event.public_id, author_id=None, now=NOW)
    fields = {**stored.fields, "summary.fi": "Uusi tiivistelmä", "price": "free", "start": "18.15"}
    await proposals.save(stored.key, fields, stored.version, author_id=None, now=NOW)
    await acceptance.submit(stored.key, by=Actor(None, "editor"), now=NOW, uid_domain="yhdessa.example")
    about = f"/fi/events/{event.public_id}"
    await Message.create(kind="event", reason="wrong_time", text="Ovi oli kiinni.", about=about, language="fi",
                         created=NOW, due=TODAY)  # fmt: skip


def opened(browser: Browser, served: Served, *, width: int = 360) -> BrowserContext:
    """The clerk's own browser."""
    context = browser.new_context(base_url=served.address, viewport={"width": width, "height": 780})
    context.add_cookies([{"name": "session", "value": served.session, "url": served.address}])
    context.set_default_timeout(10_000)
    return context


def faults(page: Page) -> list[str]:
    """What axe says of the page, and whether it is too wide."""
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{width} px wide"] if width > page.viewport_size["width"] else [])  # type: ignore[index]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", ["fi", "en"])
def test_every_page_of_the_city_can_be_used_by_everybody(
    browser: Browser, served: Served, code: str, width: int
) -> None:
    with opened(browser, served, width=width) as context:
        page = context.new_page()
        page.goto(f"/{code}/city/events")
        event = page.locator("main .desk-row a").first.get_attribute("href")
        paths = ["", "organisations", "organisations/pulina", "organisations/uudet-naapurit", "messages", "messages/1"]
        paths += ["places", "places/1", "places/new?q=x", "audit", "events"]
        wrong = {}
        for path in [*(f"/{code}/city/{path}" for path in paths), event or "", f"/{code}/propose"]:
            page.goto(path)
            if said := faults(page):
                wrong[path] = said

    assert wrong == {}


def test_from_the_application_to_the_first_event_in_the_widget_and_to_its_end(browser: Browser, served: Served) -> None:
    with opened(browser, served) as context:
        page = context.new_page()
        page.goto("/fi/city/")
        page.get_by_role("button", name="Hyväksy (Uudet naapurit ry)").click()
        expect(page.locator(".notice").first).to_contain_text("Hyväksytty.")
        page.get_by_role("button", name=f"Julkaise ({CLUB})").click()
        expect(page.locator(".notice").first).to_contain_text("Julkaistu.")
        widget = context.new_page()
        widget.goto("/fi/widget?organisation=uudet-naapurit")
        expect(widget.get_by_text(CLUB)).to_be_visible()
        feed = context.request.get("/fi/organisations/uudet-naapurit.ics")
        assert CLUB in feed.text()

        page.goto("/fi/city/events?organisation=uudet-naapurit")
        page.get_by_role("link", name=CLUB).click()
        page.get_by_role("group").get_by_text("Poista kalenterista").click()
        page.get_by_label("Mainontaa").check()
        page.get_by_role("button", name="Poista heti").click()
        expect(page.locator(".notice").first).to_contain_text("Poistettu kaikkialta.")

        widget.reload()
        expect(widget.get_by_text(CLUB)).to_have_count(0)
        assert CLUB not in context.request.get("/fi/organisations/uudet-naapurit.ics").text()
        public_id = page.url.partition("?")[0].rpartition("/")[2]
        assert context.request.get(f"/fi/events/{public_id}").status == 410
        page.get_by_role("button", name="Kumoa: palauta kalenteriin").click()
        widget.reload()
        expect(widget.get_by_text(CLUB)).to_be_visible()
