"""Every kind of public page can be used by everybody: in every language, on a small phone and a wide screen, in
daylight and in the dark. `make audit` looks at all combinations; these are enough to notice what breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.audit.furnishing import Furnished
from tests.audit.kinds import KINDS, LANGUAGES
from tests.audit.looking import Looks, Visitor, visitor

pytestmark = pytest.mark.browser

CLOSELY = [
    ("fi", Looks(320, "light")),
    ("fi", Looks(1280, "dark")),
    ("ar", Looks(320, "dark")),
    ("ar", Looks(1280, "light")),
]
"""Left to right and right to left, each scheme and each width."""


@pytest.fixture(scope="module")
def reader(browser: Browser, furnished_site: Furnished) -> Iterator[Visitor]:
    with visitor(browser, furnished_site) as one:
        yield one


@pytest.mark.parametrize(("language", "looks"), CLOSELY, ids=str)
def test_nothing_keeps_anybody_out(reader: Visitor, language: str, looks: Looks) -> None:
    reader.look(looks)

    found = {kind: reader.faults(kind, language) for kind in KINDS}

    assert {kind: faults for kind, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in ("fi", "ar")])
def test_no_language_is_worse_than_another(reader: Visitor, language: str) -> None:
    reader.look(Looks(320, "light"))

    found = {kind: reader.faults(kind, language, colours=False) for kind in KINDS}

    assert {kind: faults for kind, faults in found.items() if faults} == {}


def test_a_fault_would_be_found(reader: Visitor) -> None:
    reader.look(Looks(320, "light"))
    reader.page.route("**/fi/about", lambda route: route.fulfill(body=FAULTY, content_type="text/html"))

    faults = " ".join(reader.faults("about", "fi"))
    reader.page.unroute("**/fi/about")
    reader.page.context.clear_cookies()

    wanted = ("asks another host", "console", "stores x=1", "px wide", "html-has-lang", "color-contrast", "target-size")
    assert [word for word in wanted if word not in faults] == []


FAULTY = """<!DOCTYPE html><title>x</title><meta name="viewport" content="width=device-width"><h1>x</h1>
<img src="http://127.0.0.1:9/x.png" alt=""><p style="color: #bbb; width: 900px">pale and wide</p>
<div style="line-height: 9px"><a style="display: block" href="/x">a</a><a style="display: block" href="/y">b</a></div>
<script>document.cookie = "x=1"; console.log("hello")</script>"""
