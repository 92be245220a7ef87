"""Finding the place of the register that a typed name means: the one function for forms and imports alike.

A name alone is enough; a town or district typed beside it must not be another one. A street, which people write in
many ways, only tells which of several is meant. Names are folded here, so that both databases find the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from events.domain.folding import fold
from events.editing.input.facts import NewPlace
from web.database.connection import fetch

_STEPS: Final = 10
"""So many mergers are followed; more would be a circle."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the register. `replaced_by` is the number of the one that took its place."""

    id: int
    name: str
    street_address: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = ""
    replaced_by: int | None = None

    @classmethod
    def of(cls, row: Any) -> Self:
        """A stored place."""
        same = ("id", "name", "street_address", "postal_code", "city", "area")
        return cls(**{name: getattr(row, name) for name in same}, replaced_by=row.replaced_by_id)

    @property
    def in_full(self) -> str:
        """Name, street and town on one line."""
        return ", ".join(filter(None, (self.name, self.street_address, self.city)))


async def known_places() -> list[KnownPlace]:
    """The whole register. One statement."""
    rows = await fetch(
        "SELECT id, name, street_address, postal_code, city, area, replaced_by_id AS replaced_by FROM place ORDER BY id"
    )
    return [KnownPlace(**row) for row in rows]


def known_place(typed: NewPlace, register: Iterable[KnownPlace]) -> KnownPlace | None:
    """The place that is meant, or the one that took its place; None where the register knows none such.

    Of several that could be meant the one that agrees in most of what is typed, then the one known longest.
    """
    places = {place.id: place for place in register}
    found = [(agreed, place) for place in places.values() if (agreed := _agreement(typed, place)) is not None]
    if not found:
        return None
    _, place = max(found, key=lambda each: (each[0], -each[1].id))
    return current(place, places)


def current(place: KnownPlace, places: Mapping[int, KnownPlace]) -> KnownPlace:
    """The place itself, or the one that took its place, if they were merged."""
    for _step in range(_STEPS):
        following = places.get(place.replaced_by or 0)
        if following is None:
            break
        place = following
    return place


def _agreement(typed: NewPlace, place: KnownPlace) -> int | None:
    """In how much of what is typed a place agrees; None where it is another one."""
    beside = _beside_name(typed.name, place)
    towns = (fold(place.city), place.area)
    told = (
        beside,
        _agrees(fold(typed.city), *towns),
        _agrees(typed.area, place.area),
        _same_street(typed.street_address, place.street_address) or 0,
    )
    return None if None in told else sum(filter(None, told))


def _beside_name(text: str, place: KnownPlace) -> int | None:
    """The same for a line that may go on behind the name: «Kuusankoskitalo, Kymenlaaksonkatu 1, Kouvola»."""
    if fold(text) == fold(place.name):
        return 0
    name, parts = _parts(place.name), _parts(text)
    if parts[: len(name)] != name:
        return None
    beside = [re.sub(r"^\d{5} ", "", part) for part in parts[len(name) :]]
    if all(_is_of(part, place) for part in beside):
        return len(beside)
    return None


def _is_of(part: str, place: KnownPlace) -> bool:
    """Whether a part of a typed line may be this place's town, district, postal code or street."""
    if part in (fold(place.city), place.area, place.postal_code):
        return True
    if any(sign.isdigit() for sign in part):
        return _same_street(part, place.street_address) is not None
    return not place.city or _words(part) == _words(place.street_address)


def _parts(text: str) -> list[str]:
    return [fold(part) for part in text.split(",") if part.strip()]


def _agrees(typed: str, *known: str) -> int | None:
    """1 where it is one of those known, 0 where nobody can tell, None where it contradicts."""
    told = [one for one in known if one]
    if not typed or not told:
        return 0
    return 1 if typed in told else None


def _same_street(typed: str, known: str) -> int | None:
    """The same for streets: «Keskuskatu 3» is in «Keskuskatu 3 B», and not in «Keskuskatu 33»."""
    one, other = _words(typed), _words(known)
    if not one or not other:
        return 0
    shorter = min(len(one), len(other))
    return 1 if one[:shorter] == other[:shorter] else None


def _words(text: str) -> Sequence[str]:
    return re.findall(r"\d+|[^\W\d_]+", fold(text))
