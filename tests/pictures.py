"""Makes the pictures of the documents anew: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import SWITCHES, demonstration, find_chromium

DOCUMENTS = Path(__file__).parents[1] / "docs"
PICTURES = {"list.png": ("/fi/events?in_language=ru", 1120, 860)}
"""File name -> address, width and height in pixels."""


def main() -> None:
    """Take every picture of the demonstration in a real browser."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(address + path)
            page.screenshot(path=DOCUMENTS / name)
            print(DOCUMENTS / name)
        browser.close()


if __name__ == "__main__":
    main()
