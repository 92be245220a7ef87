"""The full accessibility matrix: every kind of page, in every language, at every width, in every colour scheme.

    make audit                              all of it
    python -m tests.audit --languages fi    some of it

Prints what is wrong as it is found and a table at the end; the exit status says whether anything was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path
from time import monotonic

from playwright.sync_api import sync_playwright

from tests.audit.furnishing import furnished
from tests.audit.kinds import KINDS, LANGUAGES
from tests.audit.looking import Looks, Visitor, visitor
from tests.browser import SWITCHES, find_chromium

WIDTHS = (320, 390, 768, 1280, 1920)
COLOURS = ("light", "dark", "forced")


def arguments() -> argparse.Namespace:
    """What to look at."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description="looks at every kind of public page")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--colours", nargs="+", choices=COLOURS, default=COLOURS)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="KIND")
    return parser.parse_args()


def look_at_all(reader: Visitor, wanted: argparse.Namespace) -> Counter[tuple[str, str]]:
    """(kind, looks) -> how much is wrong, over all languages."""
    table: Counter[tuple[str, str]] = Counter()
    rounds = list(product(wanted.colours, wanted.widths, wanted.languages))
    for done, (colours, width, language) in enumerate(rounds, 1):
        began, looks = monotonic(), Looks(width, colours)
        reader.look(looks)
        for kind in wanted.kinds:
            # Forced colours are the reader's own; contrast in them is hers to choose.
            faults = reader.faults(kind, language, colours=colours != "forced")
            for fault in faults:
                print(f"  {language}, {looks}, {kind}: {fault}", flush=True)
            table[kind, str(looks)] += len(faults)
        print(f"{done}/{len(rounds)} {language}, {looks}: {monotonic() - began:.0f} s", flush=True)
    return table


def show(table: Counter[tuple[str, str]]) -> None:
    """One line a kind of page, one column a way of looking at it."""
    columns = list(dict.fromkeys(looks for _, looks in table))
    kinds = list(dict.fromkeys(kind for kind, _ in table))
    longest = max(map(len, kinds))
    print("\n" + " " * longest, *(f"{looks:>15}" for looks in columns))
    for kind in kinds:
        print(f"{kind:{longest}}", *(f"{table[kind, looks] or '·':>15}" for looks in columns))
    print(f"\n{sum(table.values())} faults in {len(table)} fields")


def main() -> int:
    """Look at everything that is wanted; 1 where something is wrong."""
    wanted = arguments()
    with (
        tempfile.TemporaryDirectory() as folder,
        furnished(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        with visitor(browser, site) as reader:
            table = look_at_all(reader, wanted)
        browser.close()
    show(table)
    return 1 if sum(table.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
