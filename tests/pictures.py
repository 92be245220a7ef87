"""Makes the pictures of the documents anew: `make pictures`."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import SWITCHES, demonstration, find_chromium

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LANGUAGES = ("fi", "en", "ar")
PAGES = {
    "home": "",
    "list": "events?in_language=ru",
    "event": "{event}",
    "month": "calendar/2026-12",
}
"""Name -> path behind the language."""
SHOWN_EVENT = "events?q=ystäväkahvila"
"""A list of which the first event is shown in full."""
COLOURS = 96
MONDAY = date(2026, 11, 30)
"""Laid on it, the demonstration fills the very week in which the pictures are taken."""


class Screen(NamedTuple):
    """What the pages are looked at on."""

    width: int
    height: int
    scale: float


SCREENS = {"phone": Screen(360, 780, 2), "desktop": Screen(1280, 860, 1)}


def take(browser: Browser, address: str, screen: Screen, language: str) -> dict[str, bytes]:
    """Page -> its picture on a screen, in a language."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.scale,
        color_scheme="light",
    )
    page, taken = context.new_page(), {}
    page.goto(f"{address}/{language}/{SHOWN_EVENT}")
    href = str(page.locator(".card-title a").first.get_attribute("href"))
    for name, path in PAGES.items():
        page.goto(f"{address}/{language}/{path.format(event=href.removeprefix(f'/{language}/'))}")
        taken[name] = page.screenshot()
    context.close()
    return taken


def small(picture: bytes) -> bytes:
    """The same picture in few colours and few bytes."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Take every picture of the demonstration in a real browser."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder), laid_on=MONDAY) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        for screen in SCREENS:
            for language in LANGUAGES:
                for name, picture in take(browser, address, SCREENS[screen], language).items():
                    file = FOLDER / f"{name}-{language}-{screen}.png"
                    file.write_bytes(small(picture))
                    print(f"{file} ({file.stat().st_size // 1024} kB)")
        browser.close()


if __name__ == "__main__":
    main()
