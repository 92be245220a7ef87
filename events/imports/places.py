"""The places that imported entries name: found again, or made, without touching what people edited."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

from events.editing.lifecycle import save_place
from events.folding import fold
from events.imports.entries import ImportedPlace
from events.models import Place


@dataclass(slots=True)
class Places:
    """Every place there is, as one import sees them."""

    source: str
    now: datetime
    by_id: dict[int, Place] = field(default_factory=dict)
    by_source_id: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=dict)
    replaced: dict[int, int] = field(default_factory=dict)

    @classmethod
    async def load(cls, source: str, *, now: datetime) -> Self:
        """Read the places for the import called `source`."""
        places = cls(source, now)
        for place in await Place.all().order_by("id"):
            places._remember(place)
        merged = Place.filter(replaced_by_id__isnull=False)
        places.replaced = dict(await merged.values_list("id", "replaced_by_id"))
        return places

    async def id_of(self, wanted: ImportedPlace) -> int:
        """The id of the place: by its id in this source, else by its name; a new one where there is none.

        Only a place of this source that nobody has verified is brought up to date.
        """
        known = self.by_source_id.get(wanted.source_id) if wanted.source_id else None
        if known is not None and known.verified is None and known.id not in self.replaced:
            await save_place(known, self._columns(wanted), now=self.now)
        known = known or self._named(wanted)
        if known is None:
            known, _made = await save_place(None, self._columns(wanted), now=self.now)
            self._remember(known)
        return self._current(known.id)

    def _named(self, wanted: ImportedPlace) -> Place | None:
        """A place of the same name, unless both name a town and not the same one."""
        for place in self.by_name.get(fold(wanted.name), ()):
            if not wanted.city or not place.city or fold(wanted.city) == fold(place.city):
                return place
        return None

    def _current(self, place_id: int) -> int:
        """The place that took its place, if they were merged."""
        for _step in range(10):
            place_id = self.replaced.get(place_id, place_id)
        return place_id

    def _columns(self, wanted: ImportedPlace) -> dict[str, Any]:
        return {**asdict(wanted), "source": self.source}

    def _remember(self, place: Place) -> None:
        self.by_id[place.id] = place
        self.by_name.setdefault(fold(place.name), []).append(place)
        if place.source == self.source and place.source_id:
            self.by_source_id[place.source_id] = place
