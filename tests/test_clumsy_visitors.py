"""Somebody who presses whatever she sees, and types whatever comes to her hand, is always answered with a page."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.desks import Browser, somebody
from tests.events.editing.hostile_images import JPEG, REFUSED
from tests.pages import Node, parse
from tests.people import Calendar, once, weekly

STEPS = 60
ANSWERS = {200, 303, 401, 403, 404, 409, 410, 413, 422, 429}
ODD = [
    *("", " ", "0", "-1", "9999", "1.1.9999", "2026-02-30", "29.2.", "25:99", "24", "3.30", "28.3.2027", "25.10.2026"),
    *("<script>alert(1)</script>", "' OR 1=1 --", "\x00\x07", "a\u202egpj.exe", "a\r\nBcc: x@y.example", "🧶" * 50),
    *(
        "javascript:alert(1)",
        "http://[::1",
        "x@y",
        "+358 40",
        "PERUTTU: Kuoro",
        "[a](javascript:b)",
        "A" * 9_000,
        "ملغى: ك",
    ),
    *("8.12.,9.12.\nhuomenna", ",".join(f"{day}.1.2027" for day in range(1, 32)), "%00", "²", "٢٠٢٦"),
]
SENSIBLE = {
    "date": ("2026-12-08", "2027-01-11", "10.12."),
    "time": ("17:30", "19:00", "9.15"),
    "email": ("info@pulina.example",),
    "number": ("2", "12"),
}
"""What a field of a kind usually holds."""


class Visitor:
    """One visitor who does the next best thing."""

    def __init__(self, browser: Browser, chance: random.Random, start: str) -> None:
        self.browser = browser
        self.chance = chance
        self.here = self.start = start
        self.page = parse(browser.get(start).text)
        self.done: list[str] = []

    def step(self) -> None:
        """Follow a link of the desk, or send a form."""
        forms = [
            form
            for form in self.page.all("form")
            if form.get("method") == "post" and "sign-out" not in form.get("action")
        ]
        if forms and self.chance.random() < 0.75:
            self._send(self.chance.choice(forms))
        else:
            links = [link["href"] for link in self.page.all("a") if self._own(link.get("href"))]
            href = self.chance.choice([*links, self.start])
            self._show(self.browser.get(href), href)

    def _own(self, href: str) -> bool:
        return any(part in href for part in ("/desk", "/city/", "/propose", "/feedback")) and "." not in href

    def _send(self, form: Node) -> None:
        action = urlsplit(urljoin(f"http://site{self.here}", form.get("action") or self.here))
        path = action.path + (f"?{action.query}" if action.query else "")
        sent = self._filled_in(form)
        if form.get("enctype").startswith("multipart"):
            file = self.chance.choice(
                [JPEG, b"", *(content for content, _ in REFUSED.values() if len(content) < 10_000)]
            )
            self._show(self.browser.upload(path, file, sent), path)
        elif form.get("hx-post") and self.chance.random() < 0.5:
            self._check(self.browser.post(path, sent, hx_request="true", hx_request_type="partial"), path)
        else:
            self._show(self.browser.post(path, sent), path)

    def _filled_in(self, form: Node) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for field in (node for node in form.walk() if node.get("name") and node.tag != "button"):
            value = self._value(field)
            if value is not None:
                sent.setdefault(field["name"], []).append(value)
        buttons = [node for node in form.all("button") if node.get("name")]
        if buttons:
            button = self.chance.choice(buttons)
            sent[button["name"]] = [button.get("value")]
        return sent

    def _value(self, field: Node) -> str | None:
        """What is put into a field; None where a browser would send nothing."""
        kind, odd = field.get("type"), self.chance.random() < 0.06
        if kind == "hidden":
            return field.get("value")
        if odd:
            return self.chance.choice(ODD)
        if kind in ("checkbox", "radio"):
            ticked = "checked" in field.attributes or self.chance.random() < 0.15
            return field.get("value") if ticked else None
        if field.tag == "select":
            options = [option.get("value") for option in field.all("option")]
            chosen = [option.get("value") for option in field.all("option") if "selected" in option.attributes]
            return self.chance.choice(chosen or options) if self.chance.random() < 0.7 else self.chance.choice(options)
        stands = field.text if field.tag == "textarea" else field.get("value")
        if stands and self.chance.random() < 0.8:
            return stands
        return self.chance.choice(SENSIBLE.get(kind, ("", "Kuoro", "Tule mukaan")))

    def _show(self, answer: Any, path: str) -> None:
        while answer.status_code == 303:
            self._check(answer, path)
            path = answer.headers["location"]
            answer = self.browser.get(path)
        self._check(answer, path)
        if answer.status_code in (200, 422) and "text/html" in answer.headers["content-type"]:
            self.here, self.page = path, parse(answer.text)
        else:
            self.here, self.page = self.start, parse(self.browser.get(self.start).text)

    def _check(self, answer: Any, path: str) -> None:
        self.done.append(f"{answer.request.method} {answer.request.url.path} {answer.status_code}")
        assert answer.status_code in ANSWERS, (self.done[-10:], path)


@pytest.mark.parametrize("seed", range(8))
def test_whoever_presses_anything_is_always_answered(sqlite_calendar: Calendar, seed: int) -> None:
    calendar, chance = sqlite_calendar, random.Random(seed)
    place = calendar.place()
    calendar.association("pulina", review_first=bool(seed % 2), contact_email="info@pulina.example")
    calendar.publish(schedule=weekly(times=6), place_id=place)
    calendar.publish("Lettukestit", schedule=once("2026-12-03 17:30"), place_id=place)
    code = chance.choice(["fi", "ar", "en"])
    editor = Visitor(somebody(calendar, role="owner"), chance, f"/{code}/desk/")
    clerk = Visitor(somebody(calendar, "kaisa@kouvola.example", city=True), chance, f"/{code}/city/")
    resident = Visitor(Browser(calendar), chance, f"/{code}/propose")

    for step in range(STEPS):
        (resident if step % 10 == 9 else clerk if step % 10 > 6 else editor).step()
        calendar.clock.move(minutes=1)
    for path in ("events", "events.ics", "", "organisations", "print", "calendar/2026-12", "widget"):
        assert calendar.get(f"/{code}/{path}").status_code == 200
