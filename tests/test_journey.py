"""A new association's whole way, in a real browser, with a real mail server and a process that is killed on the way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.events.editing.hostile_images import JPEG
from tests.mail_server import MailServer, mail_server
from tests.ports import kept_port

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
OWNER, EDITOR, CITY = "aino@kutojat.example", "bea@kutojat.example", "kaupunki@kouvola.example"
PATIENCE = 30
CLUB, CLUB_IN_SWEDISH = "Kudontapiiri", "Vävcirkeln"


class Process:
    """The site as an operator runs it; it can be killed and started again on what it left behind."""

    def __init__(self, folder: Path, port: int, mail: MailServer) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite://{folder / 'site.db'}",
            "MEDIA_DIR": str(folder / "media"),
            "PORT": str(port),
            "BASE_URL": self.address,
            "SMTP_URL": mail.url,
            "MAIL_FROM": "yhdessa@kouvola.example",
        }
        self._run("demo").wait()
        self.start()

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "main.py", *arguments], cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        self._served = self._run("serve")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/readyz").close()
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError("the site did not come up")

    def kill(self) -> None:
        """As a power cut would."""
        self._served.send_signal(signal.SIGKILL)
        self._served.wait()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, mail: MailServer) -> Iterator[Process]:
    with kept_port() as port:
        process = Process(tmp_path, port, mail)
        yield process
        process.kill()


def letter(mail: MailServer, recipient: str, wanted: str) -> re.Match[str]:
    """The match of a pattern in a letter to somebody, when it has come."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for one in reversed(mail.letters):
            found = re.search(wanted, f"{one['subject']}\n{one.get_content()}", re.MULTILINE)
            if one["to"] == recipient and found:
                return found
        time.sleep(0.1)
    raise AssertionError(f"no letter to {recipient} with {wanted}")


def signed_in(browser: Browser, site: Process, mail: MailServer, email: str) -> Page:
    """Somebody's own browser after she has typed the code of her letter."""
    context: BrowserContext = browser.new_context(base_url=site.address, viewport={"width": 390, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto("/fi/sign-in")
    page.locator("#email").fill(email)
    page.locator("main form.form button").click()
    page.locator("#code").fill(letter(mail, email, r"\b(\d{6})\b")[1])
    page.locator("main form.form button").click()
    expect(page).to_have_url(f"{site.address}/fi/desk/")
    return page


def vevents(page: Page) -> list[icalendar.Event]:
    """What the feed of the association carries."""
    return icalendar.Calendar.from_ical(page.request.get("/ar/organisations/kutojat-ry.ics").body()).events


def seen(page: Page, path: str, words: str) -> bool:
    """Whether a public page says something."""
    return words in page.request.get(path).text()


def skipped(series: icalendar.Event) -> list[date]:
    """The days left out of a series."""
    given = series.get("EXDATE", [])
    return [one.dt.date() for each in (given if isinstance(given, list) else [given]) for one in each.dts]


def test_from_an_address_to_the_next_season(browser: Browser, site: Process, mail: MailServer) -> None:
    owner = signed_in(browser, site, mail, OWNER)
    owner.goto("/fi/desk/organisations/new")
    owner.get_by_label("Nimi", exact=True).fill("Kutojat ry")
    owner.get_by_label(re.compile("Mitä teette")).first.fill("Kudomme yhdessä.")
    owner.get_by_label("Sähköpostiosoite lukijoille").fill("info@kutojat.example")
    owner.get_by_role("button", name="Lähetä kaupungille").click()
    expect(owner.get_by_text("Odottaa kaupungin hyväksyntää")).to_be_visible()

    city = signed_in(browser, site, mail, CITY)
    city.goto("/fi/city/")
    city.locator('form[action$="/kutojat-ry/approval"] button').click()
    letter(mail, OWNER, "Kutojat ry")

    first = datetime.now(UTC).date() + timedelta(days=8)
    owner.goto("/fi/desk/organisations/kutojat-ry/events/new")
    draft = owner.url
    owner.locator('[id="title.fi"]').fill(CLUB)
    owner.locator('[id="subject.1"]').select_option("a:crafts")
    owner.locator("label[for=repeats-weekly]").click()
    owner.locator("#date").fill(str(first))
    owner.locator("#start").fill("18:00")
    owner.locator("#end").fill("20:00")
    owner.locator("#until").fill(str(first + timedelta(weeks=50)))
    owner.locator("#place").select_option(index=1)
    owner.locator("label[for=price]").first.click()
    owner.locator("label[for=registration]").first.click()
    expect(owner.locator("#saved")).to_contain_text("Tallennettu")

    site.kill()
    site.start()
    owner.goto(draft)
    assert owner.locator('[id="title.fi"]').input_value() == CLUB
    boxes = owner.locator("#dates-found input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    owner.locator("summary", has_text="Tekstit, muut kielet, kuva").click()
    owner.locator("summary", has_text=re.compile("^ruotsi$")).click()
    owner.locator('[id="title.sv"]').fill(CLUB_IN_SWEDISH)
    owner.locator("button[value=image]").click()
    owner.locator("#file").set_input_files(files=[{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": JPEG}])
    owner.locator('[id="alternative.fi"]').fill("Kangaspuut")
    owner.locator('[id="alternative.sv"]').fill("En vävstol")
    owner.locator("main form.form button[type=submit]").click()
    owner.locator("button[value=publish]").first.click()
    expect(owner).to_have_url(re.compile("/fi/desk/events/"))
    public_id = re.search(r"/desk/events/(\w+)", owner.url)
    assert public_id is not None
    shown = f"/ar/events/{public_id[1]}"

    listed = {"fi": CLUB, "sv": CLUB_IN_SWEDISH}
    assert [seen(owner, f"/{code}/events?organisation=kutojat-ry", name) for code, name in listed.items()] == [True] * 2
    assert seen(owner, shown, 'alt="Kangaspuut" lang="fi"')
    (series,) = vevents(owner)
    assert len(skipped(series)) == 2

    off = skipped(series)
    planned = [day for day in (first + timedelta(weeks=week) for week in range(9)) if day not in off]
    cancelled, moved = planned[1], planned[2]
    owner.goto(f"/fi/desk/events/{public_id[1]}/dates/{cancelled}/cancellation")
    owner.get_by_role("button", name="Sairaus").click()
    expect(owner.get_by_role("status")).to_contain_text("Se on peruttu")
    owner.goto(f"/fi/desk/events/{public_id[1]}/dates/{moved}/move")
    owner.locator("#date").fill(str(moved + timedelta(days=1)))
    owner.locator("main form.form button[type=submit]").first.click()
    expect(owner.locator(".deed")).to_be_visible()

    changes = {one["RECURRENCE-ID"].dt.date(): one for one in vevents(owner) if "RECURRENCE-ID" in one}
    assert {day: (str(one["STATUS"]), one["DTSTART"].dt.date()) for day, one in changes.items()} == {
        cancelled: ("CANCELLED", cancelled),
        moved: ("CONFIRMED", moved + timedelta(days=1)),
    }
    assert seen(owner, f"{shown}?date={cancelled}", "أُلغي") or seen(owner, f"{shown}?date={cancelled}", "ملغ")

    owner.goto("/fi/desk/organisations/kutojat-ry/members")
    owner.locator("#email").fill(EDITOR)
    owner.locator('form[action$="/invitations"] input[value=editor]').check()
    owner.get_by_role("button", name="Lähetä kutsu").click()
    link = letter(mail, EDITOR, r"(http\S+/invitations/\S+)")[1]
    editor = signed_in(browser, site, mail, EDITOR)
    editor.goto(link)
    editor.get_by_role("button", name="Liity").click()
    editor.goto("/fi/desk/organisations/kutojat-ry/members")
    expect(editor.locator("main")).to_contain_text(OWNER)

    next_season = first + timedelta(weeks=52)
    editor.goto(f"/fi/desk/events/{public_id[1]}/copy")
    editor.locator("main form.form button[type=submit]").first.click()
    assert editor.locator('[id="title.fi"]').input_value() == CLUB
    editor.locator("#date").fill(str(next_season))
    editor.locator("#until").fill(str(next_season + timedelta(weeks=10)))
    editor.locator("button[value=publish]").first.click()
    expect(editor).to_have_url(re.compile("/fi/desk/events/"))
    starts = sorted(one["DTSTART"].dt.date() for one in vevents(editor) if "RRULE" in one)
    assert starts == [first]  # A feed looks twelve months ahead: the page knows more.
    assert seen(editor, f"/fi/events?organisation=kutojat-ry&start={next_season}&end={next_season}", CLUB)
