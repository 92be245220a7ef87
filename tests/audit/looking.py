"""One look at one page in a real browser, and everything that is wrong with what it sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Request

from tests.audit.furnishing import Furnished
from tests.audit.kinds import REFUSED, path_of

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "iframes": False,
}
"""WCAG 2.0 to 2.2 A and AA. A page in a frame is a kind of its own and looked at by itself."""
IN_A_FRAME = {"page-has-heading-one": {"enabled": False}}
"""The widget stands in a page that has a first heading."""
WITHOUT_COLOURS = {"color-contrast": {"enabled": False}}
"""The slowest rule; what it finds does not depend on the language."""
RUN_AXE = """rules => axe.run(document, rules).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`)))"""
STORED = "document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)"
TOO_WIDE = """width => [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && getComputedStyle(element).position !== "absolute";
}).slice(0, 3).map(element => element.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Looks:
    """How a page is looked at. `colours` is light, dark or forced."""

    width: int = 320
    colours: str = "light"
    height: int = 800

    def __str__(self) -> str:
        return f"{self.width} px, {self.colours}"


class Visitor:
    """A reader with a browser of her own who notes what a page should not do."""

    def __init__(self, page: Page, site: Furnished) -> None:
        self.page = page
        self.site = site
        self.looks = Looks()
        self.noted: list[str] = []
        page.on("console", lambda message: self.noted.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.noted.append(f"script: {error}"))
        page.on("request", self._watch)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:")):
            self.noted.append(f"asks another host: {request.url}")

    def look(self, looks: Looks) -> None:
        """Look at pages like this from now on."""
        forced = looks.colours == "forced"
        self.page.set_viewport_size({"width": looks.width, "height": looks.height})
        self.page.emulate_media(
            color_scheme="dark" if looks.colours == "dark" else "light", forced_colors="active" if forced else "none"
        )
        self.looks = looks

    def faults(self, kind: str, language: str, *, colours: bool = True) -> list[str]:
        """Open a kind of page in a language; what is wrong with it. Without `colours` contrast is not looked at."""
        self.noted.clear()
        answer = self.page.goto(self.site.address + path_of(kind, language, self.site))
        assert answer is not None
        expected = REFUSED.get(kind, 200)
        refusal = f"console: Failed to load resource: the server responded with a status of {expected} "
        found = [note for note in self.noted if not note.startswith(refusal)]
        if answer.status != expected:
            found.append(f"is answered with {answer.status}")
        return [*found, *self._stored(), *self._scrolls(), *self._axe(kind, colours)]

    def _stored(self) -> Iterator[str]:
        stored = self.page.evaluate(STORED)
        if stored or self.page.context.cookies():
            yield f"stores {stored or self.page.context.cookies()}"

    def _scrolls(self) -> Iterator[str]:
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.looks.width:
            yield f"is {width} px wide: {self.page.evaluate(TOO_WIDE, self.looks.width)}"

    def _axe(self, kind: str, colours: bool) -> list[str]:
        framed = kind in ("widget", "widget, nothing found")
        left_out = {**(IN_A_FRAME if framed else {}), **({} if colours else WITHOUT_COLOURS)}
        self.page.evaluate(AXE_SCRIPT)
        violations: list[str] = self.page.evaluate(RUN_AXE, {**RULES, "rules": left_out})
        return violations


@contextmanager
def visitor(browser: Browser, site: Furnished, **options: Any) -> Iterator[Visitor]:
    """A visitor whose browser is closed when the block ends. It asks for a language that nobody here has written."""
    context = browser.new_context(**{"locale": "de-DE", **options})
    try:
        yield Visitor(context.new_page(), site)
    finally:
        context.close()
