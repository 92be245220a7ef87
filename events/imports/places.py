"""The places of imported entries: found in the register, or made, without touching what people have edited."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

from events.editing.input.facts import NewPlace
from events.editing.known_places import KnownPlace, current, known_place
from events.editing.publishing import save_place
from events.imports.entries import ImportedPlace
from events.storage.models import Place


@dataclass(slots=True)
class Places:
    """Every place there is, as one import sees them."""

    source: str
    now: datetime
    by_source_id: dict[str, Place] = field(default_factory=dict)
    register: dict[int, KnownPlace] = field(default_factory=dict)

    @classmethod
    async def load(cls, source: str, *, now: datetime) -> Self:
        """Read the places for the import called `source`."""
        places = cls(source, now)
        for place in await Place.all().order_by("id"):
            places._remember(place)
        return places

    async def id_of(self, wanted: ImportedPlace) -> int:
        """The id of the place: by its id in this source, else by its name; a new one where there is none.

        Only a place of this source that nobody has verified is brought up to date.
        """
        own = self.by_source_id.get(wanted.source_id) if wanted.source_id else None
        if own is not None:
            if own.verified is None and self.register[own.id].replaced_by is None:
                await save_place(own, self._columns(wanted), now=self.now)
                self._remember(own)
            return current(self.register[own.id], self.register).id
        typed = NewPlace(wanted.name, wanted.street_address, wanted.postal_code, wanted.city)
        if known := known_place(typed, self.register.values()):
            return known.id
        made, _made = await save_place(None, self._columns(wanted), now=self.now)
        self._remember(made)
        return int(made.id)

    def _columns(self, wanted: ImportedPlace) -> dict[str, Any]:
        return {**asdict(wanted), "source": self.source}

    def _remember(self, place: Place) -> None:
        self.register[place.id] = KnownPlace.of(place)
        if place.source == self.source and place.source_id:
            self.by_source_id[place.source_id] = place
