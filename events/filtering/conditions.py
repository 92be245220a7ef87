"""A filter as SQL conditions: the one place that applies the grammar to the database.

Conditions on events speak of `e` (event) and `g` (its organisation); conditions on dates of an alias of the
occurrence table. Values are always parameters.

Longer than most files on purpose: no condition of the grammar stands anywhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from events.domain.folding import words
from events.filtering.filters import EventFilter, Window
from events.filtering.parameters import AgeRange
from events.schedule.recurrence import HELSINKI

FEED_DAYS_BACK: Final = 30
FEED_DAYS_AHEAD: Final = 366
LARGEST_ID: Final = 2**31 - 1
SHORTEST_INDEXED: Final = 3
"""Letters of a word that the search index can find: it knows texts by their runs of three."""
MOST_INDEXED: Final = 2
"""How many words of a query are looked up; the others are held against what those found."""

EVENT_JOINS: Final = "JOIN organisation g ON g.id = e.organisation_id"
TOMBSTONE_DAYS: Final = 30
OPEN_FROM_AGE: Final = 13
"""From this age on nobody is left out whom an event does not name; a younger child has to be told welcome."""
CHILDREN: Final = ("children", "families", "babies", "baby_families", "school_age")
WELCOMES_CHILDREN: Final = ("children:welcome", "children:own_activity")
PUBLIC: Final = "e.publication = 'published' AND g.state = 'approved'"

ActivityLabels = Mapping[str, Sequence[str]]
"""Activity key -> its folded labels in every language served."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL with its parameters in order."""

    sql: str
    values: tuple[Any, ...] = ()


NOTHING: Final = Condition("1 = 0")
PUBLIC_ONLY: Final = Condition(PUBLIC)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """The conjunction; true where there is no condition."""
    parts = list(conditions)
    return Condition(
        " AND ".join(f"({part.sql})" for part in parts) or "1 = 1",
        tuple(value for part in parts for value in part.values),
    )


def any_of(conditions: Iterable[Condition]) -> Condition:
    """The disjunction; false where there is no condition."""
    parts = list(conditions)
    if not parts:
        return NOTHING
    return Condition(
        " OR ".join(f"({part.sql})" for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def in_feeds(today: date) -> Condition:
    """What a feed carries: public events, and for 30 days those that their organiser has withdrawn, and those whose
    organiser the city has suspended."""
    since = instant(datetime.combine(today, time()) - timedelta(days=TOMBSTONE_DAYS))
    return Condition(
        "(g.state = 'approved' OR (g.state = 'suspended' AND g.state_changed >= ?)) AND (e.publication = 'published'"
        " OR (e.publication = 'withdrawn' AND e.withdrawn_by = 'organiser' AND e.withdrawn >= ?))",
        (since, since),
    )


def event_condition(
    filter_: EventFilter, labels: ActivityLabels, seen: Condition = PUBLIC_ONLY, *, terms_first: bool = False
) -> Condition:
    """What a filter asks of an event as a whole; of public ones only, unless told otherwise who sees it.

    With `terms_first` events are looked up by their terms, which is cheaper where all of them are wanted; for a
    page in the order of time it is much dearer.
    """
    found = [seen]
    found += _words(words(filter_.q), labels)
    found += [_term(facets, values, terms_first=terms_first) for facets, values in _terms(filter_)]
    columns = {
        "kind": "e.kind",
        "category": "e.category",
        "organisation": "g.slug",
        "registration": "e.registration_kind",
    }
    for parameter, column in columns.items():
        values = getattr(filter_, parameter)
        found += [_in(column, values)] if values else []
    found += _plain_conditions(filter_)
    return all_of(found)


def _plain_conditions(filter_: EventFilter) -> Iterable[Condition]:
    if filter_.area:
        area = _in("held.area", filter_.area)
        yield Condition(f"e.place_id IN (SELECT held.id FROM place held WHERE {area.sql})", area.values)
    if filter_.place:
        yield _place(filter_.place)
    for age in filter_.age:
        yield _welcome(age)
    if filter_.free:
        yield Condition("e.price = 'free'")
    if filter_.online is not None:
        yield Condition("e.online = ?", (filter_.online,))
    if "on" in filter_.status:
        yield Condition("e.event_status NOT IN ('cancelled', 'postponed')")


def _terms(filter_: EventFilter) -> Iterable[tuple[Sequence[str], Sequence[str]]]:
    """(facets, values): an event must have one of these values in one of these facets."""
    if filter_.in_language and filter_.promise:
        yield ["promise"], [f"{code}:{promise}" for code in filter_.in_language for promise in filter_.promise]
    elif filter_.in_language:
        yield ["in_language"], filter_.in_language
    elif filter_.promise:
        yield ["promise"], filter_.promise
    if filter_.translation:
        yield ["translation"], filter_.translation
    if filter_.language:
        yield ["in_language", "translation"], filter_.language
    for facet in ("activity", "audience", "access"):
        if getattr(filter_, facet):
            yield [facet], getattr(filter_, facet)


def _term(facets: Sequence[str], values: Sequence[str], *, terms_first: bool = False) -> Condition:
    facet, value = _in("t.facet", facets), _in("t.value", values)
    wanted = f"{facet.sql} AND {value.sql}"
    sql = (
        f"e.id IN (SELECT t.event_id FROM event_term t WHERE {wanted})"
        if terms_first
        else f"EXISTS (SELECT 1 FROM event_term t WHERE t.event_id = e.id AND {wanted})"
    )
    return Condition(sql, facet.values + value.values)


def _welcome(age: AgeRange) -> Condition:
    """Every age of a range is welcome. Bounds that nobody told are open from 13 on; a younger child is welcome only
    where somebody said so: by an age range, an audience of children, or the first-time fact «children»."""
    bounds = Condition(
        "(e.min_age IS NULL OR e.min_age <= ?) AND (e.max_age IS NULL OR e.max_age >= ?)", (age.low, age.high)
    )
    if age.low >= OPEN_FROM_AGE:
        return bounds
    audience, first_time = _term(["audience"], CHILDREN), _term(["first_time"], WELCOMES_CHILDREN)
    told = Condition("e.min_age IS NOT NULL OR e.max_age IS NOT NULL")
    return all_of([bounds, any_of([told, audience, first_time])])


def _in(column: str, values: Sequence[Any]) -> Condition:
    return Condition(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _place(values: Sequence[str]) -> Condition:
    ids = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 11]
    ids = [number for number in ids if number <= LARGEST_ID]
    if not ids:
        return NOTHING
    chosen = _in("merged.id", ids)
    return Condition(
        f"e.place_id IN (SELECT COALESCE(merged.replaced_by_id, merged.id) FROM place merged WHERE {chosen.sql})",
        chosen.values,
    )


def _words(wanted: Sequence[str], labels: ActivityLabels) -> Iterable[Condition]:
    """All of the words occur. The longest, as the rarest, go through the index; that bounds what any query costs."""
    can_be = [word for word in wanted if len(word) >= SHORTEST_INDEXED and _escaped(word) == word]
    indexed = sorted(can_be, key=len, reverse=True)[:MOST_INDEXED]
    for word in (*indexed, *(word for word in wanted if word not in indexed)):
        activities = [key for key, names in labels.items() if any(word in name for name in names)]
        yield _looked_up(word, activities) if word in indexed else _held_against(word, activities)


def _looked_up(word: str, activities: Sequence[str]) -> Condition:
    # Without ESCAPE, since SQLite's index knows only plain LIKE: no sign of such a word has a meaning in it.
    text = Condition("SELECT s.rowid FROM event_search s WHERE s.search_text LIKE ?", (f"%{word}%",))
    if not activities:
        return Condition(f"e.id IN ({text.sql})", text.values)
    term = _in("t.value", activities)
    named = f"SELECT t.event_id FROM event_term t WHERE t.facet = 'activity' AND {term.sql}"
    return Condition(f"e.id IN ({text.sql} UNION {named})", text.values + term.values)


def _held_against(word: str, activities: Sequence[str]) -> Condition:
    text = Condition("e.search_text LIKE ? ESCAPE '\\'", (f"%{_escaped(word)}%",))
    return any_of([text, _term(["activity"], activities)]) if activities else text


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def date_condition(filter_: EventFilter, today: date, default: Window, alias: str = "o") -> Condition:
    """What a filter asks of one date, over a default window."""
    windows = filter_.windows(today, default)
    found = [any_of(_overlap(window, alias) for window in windows)]
    if filter_.weekday:
        found.append(_in(f"{alias}.weekday", filter_.weekday))
    if filter_.starts_after:
        found.append(Condition(f"{alias}.start_minute >= ?", (_minute(filter_.starts_after),)))
    if filter_.starts_before:
        found.append(Condition(f"{alias}.start_minute <= ?", (_minute(filter_.starts_before),)))
    if "on" in filter_.status:
        found.append(Condition(f"{alias}.status NOT IN ('cancelled', 'postponed')"))
    return all_of(found)


def has_date(dates: Condition) -> str:
    """That an event `e` has a date `o` of which this is true; the condition's values come with it."""
    return f"EXISTS (SELECT 1 FROM occurrence o WHERE o.event_id = e.id AND {dates.sql})"


def _overlap(window: Window, alias: str) -> Condition:
    """Touching is not overlapping; a date without length belongs to the instant it starts at."""
    found = []
    if window.end is not None:
        found.append(Condition(f"{alias}.start < ?", (instant(window.end),)))
    if window.start is not None:
        start = instant(window.start)
        found.append(Condition(f'{alias}."end" > ? OR {alias}.start >= ?', (start, start)))
    return all_of(found)


def page_window(today: date) -> Window:
    """What pages, widget and print show where no time is asked for: everything not over before today."""
    return Window(datetime.combine(today, time()), None)


def feed_window(today: date) -> Window:
    """What feeds carry where no time is asked for: 30 days back, twelve months ahead."""
    midnight = datetime.combine(today, time())
    return Window(midnight - timedelta(days=FEED_DAYS_BACK), midnight + timedelta(days=FEED_DAYS_AHEAD))


def first_day(windows: Iterable[Window], start: datetime, end: datetime) -> date:
    """The first local day of a date that lies in windows given in order: its own first, unless it began before."""
    for window in windows:
        begins, ends = window.start or start, window.end
        if begins <= start and (ends is None or start < ends):
            return start.date()
        if start < begins < end:
            return begins.date()
    return start.date()


def instant(local: datetime) -> datetime:
    """The UTC instant of a naive wall time in Helsinki."""
    return local.replace(tzinfo=HELSINKI).astimezone(UTC)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
