"""The places that an organiser chooses from: her association's own first, then the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from events.domain.folding import fold
from web.database.connection import as_json, fetch

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose, in one line, and whether this association has been there."""

    id: str
    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Places:
    """What can be chosen. `more` says that the register holds others, which a search finds."""

    choices: tuple[PlaceChoice, ...]
    found: int
    more: bool


async def places_for(organisation_id: int, chosen: str, words: str) -> Places:
    """The places whose name or address holds all these words, and the chosen one; all without words."""
    own = [
        str(row["place_id"])
        for row in await fetch(
            "SELECT place_id, MAX(modified) AS latest FROM event WHERE organisation_id = ? AND place_id IS NOT NULL"
            " GROUP BY place_id ORDER BY latest DESC",
            organisation_id,
        )
    ]
    rows = await fetch(
        "SELECT id, name, street_address, city FROM place WHERE replaced_by_id IS NULL ORDER BY name, id"
    )
    wanted = fold(words).split()
    found = [row for row in rows if all(word in fold(_line(row)) for word in wanted)]
    held = {str(row["id"]) for row in found}
    found += [row for row in rows if str(row["id"]) == chosen and chosen not in held]
    ranked = sorted(found, key=lambda row: own.index(str(row["id"])) if str(row["id"]) in own else len(own))
    shown = [row for at, row in enumerate(ranked) if at < MOST_SHOWN or str(row["id"]) == chosen]
    choices = tuple(PlaceChoice(str(row["id"]), _line(row), str(row["id"]) in own) for row in shown)
    return Places(choices, len(held), len(shown) < len(found))


async def place_of_id(text: str) -> Mapping[str, Any] | None:
    """A place's row, its access answers too; None where there is no such place."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    rows = await fetch("SELECT * FROM place WHERE id = ?", int(text))
    return {**rows[0], "access": as_json(rows[0]["access"])} if rows else None


def _line(row: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (row["name"], row["street_address"], row["city"]) if part)
