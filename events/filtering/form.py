"""The filter as a form: every parameter of the grammar as fields with their choices. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from events.domain import vocabulary
from events.filtering.choices import Choices, Counts, Field
from events.filtering.filters import EventFilter
from web.i18n import Language

CARRIED: Final = ("language", "place", "organisation")
"""Parameters without a field: they come with a link and stay until their chip is removed."""
COMING: Final = EventFilter(when=("next-week", "week"))
"""What is offered where nothing was found: this week may be nearly over, so the next one too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that is typed. `hint` is an example of it."""

    name: str
    label: str
    value: str
    type: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields behind one heading, closed until they are wanted; shown open where one of them is in use."""

    title: str
    fields: tuple[Field, ...]
    entries: tuple[tuple[Entry, ...], ...] = ()
    """What is typed, in rows."""

    @property
    def used(self) -> bool:
        """Something in it is chosen."""
        return any(field.used for field in self.fields) or any(entry.value for row in self.entries for entry in row)


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The fields at hand, the groups behind them, and what is carried along unseen."""

    words: str
    near: tuple[Field, ...]
    groups: tuple[Group, ...]
    carried: tuple[tuple[str, str], ...]
    counts: Counts
    no_language_href: str
    """The same wishes, and what needs no shared language; empty where that adds nothing."""
    coming_href: str

    @property
    def counts_as_json(self) -> str:
        """The counts for the script that writes them beside the choices after a change."""
        return json.dumps(self.counts, separators=(",", ":"))


def filter_form(
    filter_: EventFilter,
    language: Language,
    *,
    spoken: Iterable[str],
    shown: Iterable[tuple[str, str]] = (),
    counts: Counts | None = None,
) -> FilterForm:
    """The form for a filter: sent back untouched, it gives the same filter.

    `spoken` are the languages in which something is coming; chosen ones are added. `shown` are the presentation's
    (parameter, value) pairs. `counts` are shown beside the choices of the parameters they speak of.
    """
    choices = Choices(filter_, language, counts or {})
    address = f"/{language.code}/events"
    relaxed = filter_.with_(in_language=(*filter_.in_language, vocabulary.NO_LANGUAGE))
    adds = filter_.in_language and relaxed != filter_ and not filter_.promise
    return FilterForm(
        words=filter_.q,
        near=(choices.when(), choices.spoken(spoken), choices.flags()),
        groups=(_time(choices), *_what(choices), _for_whom(choices), _where(choices), _told(choices), _access(choices)),
        carried=(
            *((name, ",".join(filter_.values_of(name))) for name in CARRIED if filter_.values_of(name)),
            *shown,
        ),
        counts=choices.counts,
        no_language_href=f"{address}?{relaxed.to_query()}" if adds else "",
        coming_href=f"{address}?{COMING.to_query()}" if filter_ != COMING else "",
    )


def _time(choices: Choices) -> Group:
    language = choices.language
    days = {"start": language.gettext("From the day"), "end": language.gettext("Until the day")}
    times = {
        "starts_after": language.gettext("Starts at the earliest"),
        "starts_before": language.gettext("Starts at the latest"),
    }
    return Group(
        language.gettext("Days and times"),
        (choices.weekdays(),),
        (_typed(choices, days, "date"), _typed(choices, times, "time")),
    )


def _typed(choices: Choices, labels: Mapping[str, str], type_: str) -> tuple[Entry, ...]:
    entries = []
    for name, text in labels.items():
        value = ",".join(choices.filter.values_of(name))
        # A day, or day and time where a link asks for that.
        entries.append(Entry(name, text, value, "datetime-local" if "T" in value else type_))
    return tuple(entries)


def _what(choices: Choices) -> tuple[Group, Group]:
    language = choices.language
    kind = choices.with_strangers("kind", language.gettext("Kind"), vocabulary.KINDS)
    theme = choices.with_strangers("category", language.gettext("Theme"), vocabulary.CATEGORIES)
    return (
        Group(language.gettext("Kind and theme"), (kind, theme)),
        Group(language.gettext("Activity"), choices.activities()),
    )


def _for_whom(choices: Choices) -> Group:
    language = choices.language
    value = ",".join(choices.filter.values_of("age"))
    hint = language.gettext("For example {one} or {range}").format(one="4, 9", range="7-12")
    age = Entry("age", language.gettext("Age"), value, "text", hint)
    return Group(language.gettext("For whom"), (choices.audiences(),), ((age,),))


def _where(choices: Choices) -> Group:
    area = choices.with_strangers("area", choices.language.gettext("Area"), vocabulary.AREAS)
    return Group(choices.language.gettext("Where"), (area, choices.online()))


def _told(choices: Choices) -> Group:
    language = choices.language
    promise = choices.with_strangers("promise", language.gettext("What is promised"), vocabulary.PROMISES)
    return Group(language.gettext("More about languages"), (promise, choices.written()))


def _access(choices: Choices) -> Group:
    keys = (vocabulary.ALONE, *vocabulary.ACCESS)
    legend = choices.language.gettext("Access")
    return Group(legend, (choices.with_strangers("access", legend, keys),))
