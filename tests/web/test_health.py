"""What looks after the site asks: is it alive, may it be indexed, whom to tell of a weakness."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.people import BASE_URL, Calendar, once
from web import health as operation

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_a_living_and_ready_site_says_so_to_nobody_elses_cache(sqlite_calendar: Calendar) -> None:
    live, ready = sqlite_calendar.get("/healthz"), sqlite_calendar.get("/readyz")

    assert (live.status_code, live.text, live.headers["cache-control"]) == (200, "ok\n", "no-store")
    assert (ready.status_code, ready.headers["cache-control"]) == (200, "no-store")
    assert ready.text == "ok journal_mode=wal synchronous=2 foreign_keys=1\n"


def test_on_either_database_a_migrated_site_is_ready(calendar: Calendar) -> None:
    assert calendar.get("/readyz").text.split()[0] == "ok"


def test_with_a_broken_database_the_site_lives_but_is_not_ready(
    sqlite_calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise ConnectionError("postgres://admin:hunter2@db.example refused")

    monkeypatch.setattr(operation, "fetch", fail)

    ready, live = sqlite_calendar.get("/readyz"), sqlite_calendar.get("/healthz")

    assert (ready.status_code, ready.text, ready.headers["retry-after"]) == (503, "database: ConnectionError\n", "5")
    assert (ready.headers["cache-control"], live.text) == ("no-store", "ok\n")


def test_without_its_tables_the_site_is_not_ready(sqlite_calendar: Calendar) -> None:
    assert sqlite_calendar.get("/readyz").status_code == 200

    sqlite_calendar.run(operation.fetch, "DROP TABLE revision")

    assert sqlite_calendar.get("/readyz").status_code == 503


def test_everybody_may_index_and_finds_the_site_map(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get("/robots.txt")

    assert (answer.text, answer.headers["content-type"]) == (
        f"User-agent: *\nAllow: /\n\nSitemap: {BASE_URL}/sitemap.xml\n",
        "text/plain; charset=utf-8",
    )


def test_whoever_finds_a_weakness_knows_whom_to_tell(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    sqlite_calendar.clock.move(days=20)
    same = sqlite_calendar.get("/.well-known/security.txt")
    sqlite_calendar.clock.move(days=20)
    later = sqlite_calendar.get("/.well-known/security.txt")

    assert fields == {
        "Contact": "mailto:info@example.org",
        "Expires": "2027-10-31T00:00:00Z",
        "Preferred-Languages": ", ".join(code for code in sqlite_calendar.site.languages if code != "selko"),
        "Canonical": f"{BASE_URL}/.well-known/security.txt",
    }
    assert datetime.fromisoformat(fields["Expires"]) > datetime(2026, 12, 31, tzinfo=UTC)
    assert (same.text == answer.text, later.text == answer.text) == (True, False)


def test_the_site_map_holds_every_public_event_in_every_language_and_no_other(sqlite_calendar: Calendar) -> None:
    coming, cancelled = sqlite_calendar.publish(), sqlite_calendar.publish(event_status="cancelled")
    withdrawn = sqlite_calendar.publish()
    over = sqlite_calendar.publish(schedule=once("2026-11-01 18:00"))
    sqlite_calendar.association("suljettu", state="suspended")
    hidden = sqlite_calendar.publish(organisation="suljettu")
    before = sqlite_calendar.get("/sitemap.xml").text
    sqlite_calendar.withdraw(withdrawn)

    answer = sqlite_calendar.get("/sitemap.xml")
    root = ElementTree.fromstring(answer.content)

    codes = [code for code in sqlite_calendar.site.languages if code != "selko"]
    plain = ["", "events", "organisations", "about", "accessibility", "privacy", "feedback"]
    paths = [*plain, "organisations/pulina", f"events/{coming}", f"events/{cancelled}"]
    assert [entry.findtext(f"{SITEMAP}loc") for entry in root] == [
        f"{BASE_URL}/{code}/{path}" for path in paths for code in codes
    ]
    assert (withdrawn in before, [each in answer.text for each in (withdrawn, over, hidden)]) == (True, [False] * 3)
    links = {link.get("hreflang"): link.get("href") for link in root[-1].iter(f"{XHTML}link")}
    assert links == {code: f"{BASE_URL}/{code}/events/{cancelled}" for code in codes}
    assert root[-1].findtext(f"{SITEMAP}lastmod") == "2026-12-01"
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
