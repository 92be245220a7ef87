"""Calendar programs that subscribe to a feed: what each of them shows after it has looked again."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from socket import create_connection
from typing import Any, Protocol
from xml.etree import ElementTree

import httpx2
import icalendar

from events.schedule.recurrence import HELSINKI
from tests.clients.environment import program
from tests.ports import kept_port

Shown = list[tuple[str, str, str, str]]
"""Local start, local end, status and title of every date, in the order of time."""

FIRST, LAST = date(2026, 11, 1), date(2029, 12, 31)
PATIENCE = 60
"""Seconds: Radicale needs five for some feeds where the machine has other work."""


class Subscriber(Protocol):
    """Somebody's calendar program."""

    def look_again(self) -> Shown:
        """Fetch the feed anew and tell what the program shows."""


class Khal:
    """vdirsyncer copies the feed into a folder, one file an event, and khal lists what lies there."""

    def __init__(self, folder: Path, url: str) -> None:
        self.environment = {**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder), "TZ": "America/New_York"}
        self.sync = self._configuration(
            folder / "vdirsyncer.ini",
            f"""\
            [general]
            status_path = "{folder}/status"
            [pair subscription]
            a = "feed"
            b = "copy"
            collections = null
            conflict_resolution = "a wins"
            [storage feed]
            type = "http"
            url = "{url}"
            [storage copy]
            type = "filesystem"
            path = "{folder}/copy"
            fileext = ".ics"
            """,
        )
        self.khal = self._configuration(
            folder / "khal.ini",
            f"""\
            [calendars]
            [[copy]]
            path = {folder}/copy
            [sqlite]
            path = {folder}/khal.db
            [locale]
            default_timezone = Europe/Helsinki
            local_timezone = Europe/Helsinki
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            """,
        )
        (folder / "copy").mkdir()
        self._run("vdirsyncer", "--config", self.sync, "discover")

    def look_again(self) -> Shown:
        self._run("vdirsyncer", "--config", self.sync, "sync")
        fields = ("start-long", "end-long", "status", "title")
        asked = [word for field in fields for word in ("--json", field)]
        printed = self._run("khal", "--config", self.khal, "list", *asked, str(FIRST), str(LAST))
        # An event that goes on overnight is listed on each of its days.
        listed = {
            tuple(one[field].strip() for field in fields) for line in printed.splitlines() for one in json.loads(line)
        }
        return sorted((start, exclusive(end), status, title) for start, end, status, title in listed)

    def _configuration(self, file: Path, text: str) -> str:
        file.write_text("\n".join(line.strip() for line in text.splitlines()))
        return str(file)

    def _run(self, name: str, *arguments: str) -> str:
        done = subprocess.run(
            [program(name), *arguments], env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


class Radicale:
    """A CalDAV server that a subscriber imports the feed into, and asks for the dates of some years."""

    def __init__(self, address: str, url: str) -> None:
        self.url = url
        self.collection = f"{address}/reader/events/"
        self.headers = {"Authorization": f"Basic {base64.b64encode(b'reader:any').decode()}"}

    def look_again(self) -> Shown:
        feed = httpx2.get(self.url, timeout=PATIENCE)
        assert feed.status_code == 200
        kept = self._ask("PUT", feed.content, content_type=feed.headers["content-type"])
        assert kept.status_code == 201, kept.text
        return sorted(self._dates())

    def _dates(self) -> Iterator[tuple[str, str, str, str]]:
        window = f'start="{FIRST:%Y%m%dT000000Z}" end="{LAST:%Y%m%dT000000Z}"'
        query = f"""<?xml version="1.0"?>
            <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
              <D:prop><C:calendar-data><C:expand {window}/></C:calendar-data></D:prop>
              <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
                <C:time-range {window}/>
              </C:comp-filter></C:comp-filter></C:filter>
            </C:calendar-query>"""
        answer = self._ask("REPORT", query.encode(), content_type="application/xml; charset=utf-8", depth="1")
        assert answer.status_code == 207, answer.text
        for found in ElementTree.fromstring(answer.content).iter("{urn:ietf:params:xml:ns:caldav}calendar-data"):
            for one in icalendar.Calendar.from_ical(found.text or "").walk("VEVENT"):
                yield wall(one.decoded("DTSTART")), wall(one.decoded("DTEND")), str(one["STATUS"]), str(one["SUMMARY"])

    def _ask(self, method: str, content: bytes, *, content_type: str, depth: str = "0") -> Any:
        headers = {**self.headers, "Content-Type": content_type, "Depth": depth}
        return httpx2.request(method, self.collection, content=content, headers=headers, timeout=PATIENCE)


def exclusive(end: str) -> str:
    """The end as iCalendar says it, from khal's: there the last of whole days belongs to them."""
    return end if ":" in end else str(date.fromisoformat(end) + timedelta(days=1))


def wall(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return str(moment)
    return f"{moment.astimezone(HELSINKI):%Y-%m-%d %H:%M}"


@contextmanager
def running_radicale(folder: Path) -> Iterator[str]:
    """A Radicale of one's own until the block ends; its address."""
    with kept_port() as port:
        configuration = folder / "radicale.ini"
        configuration.write_text(
            f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[web]\ntype = none\n"
            f"[storage]\nfilesystem_folder = {folder}/collections\n[logging]\nlevel = warning\n"
        )
        server = subprocess.Popen([program("radicale"), "--config", configuration])
        try:
            _await_connection("127.0.0.1", port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _await_connection(host: str, port: int) -> None:
    for _ in range(200):
        try:
            create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Radicale does not answer")
