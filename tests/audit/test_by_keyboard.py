"""A reader without a mouse, one who enlarges everything, one who sets her own spacing, one whom motion makes ill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.audit.furnishing import Furnished
from tests.audit.kinds import KINDS, path_of
from tests.audit.looking import Looks, Visitor, visitor

pytestmark = pytest.mark.browser

WALKED = ("home", "list", "event with every fact", "subscribe", "feedback", "organisations", "widget builder")
ENLARGED = Looks(320, height=256)
"""1280 × 1024 at 400 %."""

MOST_IN_A_FRAME = 40

HELPERS = """
window.reachable = () => {
    const seen = new Set();
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex]";
    return [...document.querySelectorAll(wanted)].filter(element => {
        if (element.tabIndex < 0 || element.disabled || element.type === "hidden") return false;
        if (!element.checkVisibility({visibilityProperty: true})) return false;
        if (element.type !== "radio") return true;
        // One of a group of radio buttons takes part: the chosen one, else the first.
        const name = element.name, chosen = document.querySelector(`input[name="${name}"]:checked`);
        if (chosen ? chosen !== element : seen.has(name)) return false;
        return seen.add(name);
    });
};
window.described = element => `${element.tagName} ${(element.textContent || element.name).trim().slice(0, 40)}`;
window.focused = () => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const middle = [Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1),
                    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1)];
    const seen = document.elementFromPoint(...middle);
    return {
        what: described(element),
        index: reachable().indexOf(element),
        top: box.top + scrollY,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        uncovered: Boolean(seen) && (element.contains(seen) || seen.contains(element)),
    };
};
"""
UNSTUCK = """document.querySelectorAll("*").forEach(element => {
    if (getComputedStyle(element).position === "sticky") element.style.position = "static";
})"""
"""What sticks to an edge of the window stands where it belongs."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter(element => {
    const style = getComputedStyle(element), clips = /hidden|clip/.test(style.overflowX + style.overflowY);
    const cut = element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
    const shown = element.checkVisibility() && element.clientWidth > 1 && element.clientHeight > 1;
    return clips && cut && shown && element.tagName !== "INPUT";
}).map(element => element.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    return [style.animationDuration, style.transitionDuration].some(time => parseFloat(time) > 0)
        || style.scrollBehavior === "smooth";
}).map(element => element.tagName)"""


@pytest.fixture(scope="module")
def reader(browser: Browser, furnished_site: Furnished) -> Iterator[Visitor]:
    with visitor(browser, furnished_site, reduced_motion="reduce") as one:
        one.page.add_init_script(HELPERS)
        yield one


def opened(reader: Visitor, kind: str, language: str, looks: Looks) -> None:
    reader.look(looks)
    reader.page.goto(reader.site.address + path_of(kind, language, reader.site))


def walk(reader: Visitor) -> list[dict[str, Any]]:
    """Everything that Tab stops at, from the top of the page until it leaves it. What is in a frame is not counted."""
    stops: list[dict[str, Any]] = []
    for _ in range(reader.page.evaluate("reachable().length") + MOST_IN_A_FRAME):
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate("focused()")
        if stop is None or (stops and stop["index"] == 0):
            break
        if stop["what"].startswith("IFRAME"):
            continue
        stops.append(stop)
    return stops


@pytest.mark.parametrize("kind", WALKED)
@pytest.mark.parametrize(("language", "looks"), [("fi", ENLARGED), ("ar", Looks(1280))], ids=str)
def test_tab_reaches_everything_in_order_and_is_always_seen(
    reader: Visitor, kind: str, language: str, looks: Looks
) -> None:
    opened(reader, kind, language, looks)
    expected = reader.page.evaluate("reachable().map(described)")

    stops = walk(reader)

    assert [stop["what"] for stop in stops] == expected
    assert [stop["what"] for stop in stops if not stop["outlined"]] == []
    assert [stop["what"] for stop in stops if not stop["uncovered"]] == []


@pytest.mark.parametrize("kind", WALKED)
def test_on_a_small_screen_tab_never_goes_back_up(reader: Visitor, kind: str) -> None:
    opened(reader, kind, "fi", Looks(320))
    reader.page.evaluate(UNSTUCK)
    tops = reader.page.evaluate(
        "reachable().slice(1).map(element => [described(element), element.getBoundingClientRect().top])"
    )

    back = [(before[0], after[0]) for before, after in pairwise(tops) if after[1] < before[1] - 24]

    assert back == []


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_skip_link_comes_first_is_seen_and_skips(reader: Visitor, language: str) -> None:
    opened(reader, "list", language, ENLARGED)

    reader.page.keyboard.press("Tab")
    skip = reader.page.evaluate("focused()")
    inside = "(box => box.left >= 0 && box.right <= innerWidth)(document.activeElement.getBoundingClientRect())"
    assert (skip["index"], skip["uncovered"], reader.page.evaluate(inside)) == (0, True, True)
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"
    reader.page.keyboard.press("Tab")

    assert reader.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("language", ["fi", "ar", "ru"])
def test_at_four_hundred_percent_nothing_needs_scrolling_sideways(reader: Visitor, language: str) -> None:
    wide = {}
    for kind in KINDS:
        opened(reader, kind, language, ENLARGED)
        wide[kind] = reader.page.evaluate("document.documentElement.scrollWidth")

    assert {kind: width for kind, width in wide.items() if width > 320} == {}


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_letters_twice_as_large_still_fit(reader: Visitor, language: str) -> None:
    wrong = {}
    for kind in KINDS:
        opened(reader, kind, language, Looks(1280))
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong[kind] = (reader.page.evaluate("document.documentElement.scrollWidth"), reader.page.evaluate(CLIPPED))

    assert {kind: found for kind, found in wrong.items() if found != (1280, [])} == {}


@pytest.mark.parametrize("language", ["fi", "uk"])
def test_a_readers_own_spacing_cuts_nothing_off(browser: Browser, furnished_site: Furnished, language: str) -> None:
    wrong = {}
    with visitor(browser, furnished_site, bypass_csp=True) as reader:
        for kind in KINDS:
            opened(reader, kind, language, Looks(320))
            reader.page.add_style_tag(content=SPACED)
            wrong[kind] = (reader.page.evaluate("document.documentElement.scrollWidth"), reader.page.evaluate(CLIPPED))

    assert {kind: found for kind, found in wrong.items() if found != (320, [])} == {}


def test_nothing_moves_for_whom_motion_makes_ill(reader: Visitor) -> None:
    moving = {}
    for kind in WALKED:
        opened(reader, kind, "fi", Looks(1280))
        moving[kind] = reader.page.evaluate(MOVING)

    assert {kind: found for kind, found in moving.items() if found} == {}
