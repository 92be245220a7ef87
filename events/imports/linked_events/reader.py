"""Reads events as Finnish cities' Linked Events interfaces answer them. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from events.domain import vocabulary
from events.domain.drafts import EventDraft
from events.domain.texts import Text
from events.imports.entries import (
    MAXIMUM_BYTES,
    MAXIMUM_ENTRIES,
    Entry,
    Gone,
    Imported,
    ImportedPlace,
    ImportRefused,
    Skipped,
    reason_of,
)
from events.imports.linked_events.facts import (
    Object,
    Price,
    audiences,
    by_language,
    id_of,
    objects,
    place_of,
    price_of,
    promises,
    sorts,
)
from events.imports.linked_events.times import times_of
from events.imports.plain_text import without_markup
from events.imports.texts import NOTE, SUMMARY, Labels, description_of, link_of, summary_of, title_of
from web.cleaning import clean_line

_STATUSES: Final = {
    "EventScheduled": "scheduled",
    "EventRescheduled": "scheduled",
    "EventPostponed": "postponed",
    "EventCancelled": "cancelled",
}
_OLDEST_AGE: Final = 120
_MARKS: Final = frozenset({"start_time", "event_status", "in_language", "super_event", "offers"})


def read_linked_events(content: bytes, *, labels: Labels, places: Mapping[str, Object] | None = None) -> list[Entry]:
    """Every entry of an answer, of a list or a single object: taken, skipped or gone.

    `places` maps ids to place objects, for answers that only refer to them. Raises `ImportRefused` with one
    line if it is no such answer. At most 2,000 entries are read.
    """
    found = _entries(_parsed(content))
    if found and not any(_MARKS & one.keys() for one in found if isinstance(one, Mapping)):
        raise ImportRefused("The file is JSON, but holds no events as Linked Events writes them.")
    events = _with_nested(found)
    entries = list(_Reader(events, labels, places or {}).entries())
    if (more := len(events) - MAXIMUM_ENTRIES) > 0:
        entries.append(Skipped("The end of the file", f"{more} entries more than the {MAXIMUM_ENTRIES} that are read"))
    return entries


def read_places(content: bytes) -> dict[str, Object]:
    """The places of a Linked Events answer by their ids; raises `ImportRefused` as above."""
    return {id_of(one): one for one in objects(_entries(_parsed(content)))}


def _parsed(content: bytes) -> Any:
    if not content.strip():
        raise ImportRefused("The file is empty.")
    if len(content) > MAXIMUM_BYTES:
        raise ImportRefused(f"The file is larger than {MAXIMUM_BYTES // 1_000_000} MB.")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR":
        raise ImportRefused("The file is an iCalendar file, not Linked Events JSON. Is it for import-ics?")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        raise ImportRefused("The file is not JSON, so it holds no Linked Events answer.") from None


def _entries(parsed: Any) -> list[Any]:
    if isinstance(parsed, Mapping):
        data = parsed.get("data", [parsed])
        if isinstance(data, list):
            return data
    elif isinstance(parsed, list):
        return parsed
    raise ImportRefused("The file is JSON, but holds no events as Linked Events writes them.")


def _with_nested(found: Sequence[Any]) -> list[Any]:
    """With the sub-events that stand in full inside their parent."""
    ids = {id_of(one) for one in found}
    nested = [
        sub
        for one in found
        if isinstance(one, Mapping)
        for sub in objects(one.get("sub_events") or [])
        if "start_time" in sub and id_of(sub) not in ids
    ]
    return [*found, *nested]


class _Reader:
    """What all entries of one answer share."""

    def __init__(self, events: Sequence[Any], labels: Labels, places: Mapping[str, Object]) -> None:
        self.events, self.labels, self.places = events[:MAXIMUM_ENTRIES], labels, places
        self.ids = {id_of(one) for one in events}
        self.parents = {id_of(one.get("super_event")) for one in events if isinstance(one, Mapping)} - {""}

    def entries(self) -> Iterator[Entry]:
        seen: set[str] = set()
        for event in self.events:
            if not isinstance(event, Mapping):
                yield Skipped("An entry", "it is no object")
                continue
            try:
                entry = self._entry(event, seen)
            except Exception as error:
                entry = Skipped(_name(event), reason_of(error))
            yield entry

    def _entry(self, event: Object, seen: set[str]) -> Entry:
        source_id = id_of(event)[:250]
        if not source_id:
            raise ValueError("no id")
        if source_id in seen:
            raise ValueError("the file has it twice")
        seen.add(source_id)
        if event.get("deleted") is True:
            return Gone(source_id, _name(event), "deleted in its source")
        if event.get("replaced_by"):
            return Gone(source_id, _name(event), "replaced by another entry in its source")
        if event.get("publication_status") == "draft":
            return Gone(source_id, _name(event), "a draft in its source")
        if event.get("super_event_type") and self._has_parts(event, source_id):
            return Skipped(_name(event), "it only holds other entries together, and those are in the file")
        return self._imported(event, source_id)

    def _has_parts(self, event: Object, source_id: str) -> bool:
        subs = event.get("sub_events")
        listed = [id_of(sub) for sub in subs] if isinstance(subs, list) else []
        return source_id in self.parents or any(sub in self.ids for sub in listed if sub)

    def _imported(self, event: Object, source_id: str) -> Imported:
        schedule, changes, notes = times_of(event)
        price = price_of(event.get("offers"))
        texts, status, original = _texts(event, price, notes)
        held_in, unknown = promises(event.get("in_language"))
        notes += [f"the language «{name[:40]}» is not known here" for name in unknown]
        category, activities = sorts(event.get("keywords"), self.labels)
        place, online = self._where(event, original, notes)
        ages = _age(event.get("audience_min_age")), _age(event.get("audience_max_age"))
        draft = EventDraft(
            kind="event",
            category=category,
            original_language=original,
            schedule=schedule,
            texts=texts,
            activities=activities,
            audiences=audiences(event.get("audience")),
            promises=held_in,
            changes=changes,
            online=online,
            price=price.kind,
            prices=price.rows,
            min_age=ages[0],
            max_age=ages[1] if ages[0] is None or ages[1] is None or ages[1] >= ages[0] else None,
            link=_link(event.get("info_url"), original, notes),
            event_status=_status(event.get("event_status"), status, notes),
        )
        return Imported(source_id, texts[original].title, draft, place, tuple(dict.fromkeys(notes)))

    def _where(self, event: Object, language: str, notes: list[str]) -> tuple[ImportedPlace | None, bool]:
        location = event.get("location")
        place_id = id_of(location)
        if place_id.endswith(":internet"):
            return None, True
        if not place_id and not isinstance(location, Mapping):
            return None, False
        known = location if isinstance(location, Mapping) and location.get("name") else self.places.get(place_id)
        place = place_of({"id": place_id, **known}, language) if known else None
        if place is None:
            notes.append(f"its place {place_id} is not in the file: not known")
        return place, False


def _texts(event: Object, price: Price, notes: list[str]) -> tuple[dict[str, Text], str, str]:
    """(texts by language, the status typed into a title, the original language)."""
    names = by_language(event.get("name"))
    short, long = by_language(event.get("short_description")), by_language(event.get("description"))
    where = by_language(event.get("location_extra_info"))
    texts: dict[str, Text] = {}
    status = "scheduled"
    for tag, name in names.items():
        title, typed = title_of(name)
        if tag not in vocabulary.LANGUAGES or not title:
            notes.append(f"its text in «{tag[:20]}» was left out: the language is not known here")
            continue
        status = typed if typed != "scheduled" else status
        description = description_of(long.get(tag, ""))
        texts[tag] = Text(
            title=title,
            summary=clean_line(without_markup(short.get(tag, "")), SUMMARY) or summary_of(description),
            description=description,
            place_note=clean_line(without_markup(where.get(tag, "")), NOTE),
            price_note=(price.notes or {}).get(tag, ""),
        )
    if not texts:
        raise ValueError("no title")
    untitled = sorted(({*short, *long} & vocabulary.LANGUAGES.keys()) - texts.keys())
    notes += [f"its text in «{tag}» was left out: it has no title" for tag in untitled]
    return texts, status, "fi" if "fi" in texts else next(iter(texts))


def _status(value: Any, typed: str, notes: list[str]) -> str:
    stated = str(value or "EventScheduled").rstrip("/").rsplit("/", 1)[-1]
    if stated not in _STATUSES:
        notes.append(f"its status «{stated[:40]}» is not known here")
    status = _STATUSES.get(stated, "scheduled")
    return typed if status == "scheduled" else status


def _link(value: Any, language: str, notes: list[str]) -> str:
    links = by_language(value)
    written = links.get(language) or next(iter(links.values()), "")
    link = link_of(written)
    if written and not link:
        notes.append("its web address was left out")
    return link


def _age(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= _OLDEST_AGE else None


def _name(event: Object) -> str:
    """What a person will know the entry by."""
    names = by_language(event.get("name"))
    name = names.get("fi") or next(iter(names.values()), "") or id_of(event)
    return clean_line(without_markup(name), SUMMARY) or "An entry without a name"
