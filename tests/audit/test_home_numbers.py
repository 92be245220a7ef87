"""The first page on a poor connection: what it costs, and that nothing jumps while it comes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.audit.furnishing import Furnished
from tests.audit.looking import Looks, visitor

pytestmark = pytest.mark.browser

MOST_BYTES = 30_000
MOST_REQUESTS = 4
SHIFTS = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries().map(entry => entry.value)))
    .observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_home_page_comes_whole_in_thirty_kilobytes(
    browser: Browser, furnished_site: Furnished, language: str
) -> None:
    received: dict[str, int] = {}
    types: list[str] = []
    with visitor(browser, furnished_site) as one:
        network = one.page.context.new_cdp_session(one.page)
        network.send("Network.enable")

        def count(finished: dict[str, Any]) -> None:
            received[finished["requestId"]] = finished["encodedDataLength"]

        network.on("Network.loadingFinished", count)
        network.on("Network.responseReceived", lambda told: types.append(told["type"]))
        one.page.goto(f"{furnished_site.address}/{language}/", wait_until="networkidle")

    # The picture in the tab stands in the page itself.
    over_the_wire = [size for size in received.values() if size]
    assert (sorted(types)[:1], {"Document", "Stylesheet", "Script"} - set(types)) == (["Document"], set())
    assert (len(over_the_wire) <= MOST_REQUESTS, sum(over_the_wire) <= MOST_BYTES) == (True, True), received


@pytest.mark.parametrize("path", ["", "events", "calendar/2026-12"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_a_page_comes(browser: Browser, furnished_site: Furnished, path: str, width: int) -> None:
    with visitor(browser, furnished_site) as one:
        one.look(Looks(width))
        one.page.add_init_script(SHIFTS)
        one.page.goto(f"{furnished_site.address}/ar/{path}", wait_until="networkidle")

        assert one.page.evaluate("shifts") == []
