"""An organisation's part of its address, made once out of its name. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 60
RESERVED: Final = frozenset({"new"})
RESIDENTS: Final = "_residents"
"""The one organisation that is none: behind it stand the events that residents have told of and that no organisation
of the register has taken on. The city runs it; nobody joins, sees or chooses it, and no name gives this slug."""
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "ł": "l"})


def slugs(name: str) -> Iterator[str]:
    """Ever more slugs for a name, the nicest first: «kymen-naapurit», «kymen-naapurit-2» …"""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    first = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:LONGEST].strip("-") or "organiser"
    if first not in RESERVED:
        yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1
