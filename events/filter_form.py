"""The filter as a form: every parameter of the grammar as fields with their choices. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from events import vocabulary
from events.filters import EventFilter
from events.labels import label
from web.dates import write_date
from web.i18n import Language

TYPED: Final = ("q", "start", "end", "starts_after", "starts_before", "age")
"""Parameters that are typed into fields of their own."""
CARRIED: Final = ("activity", "translation", "language", "place", "organisation")
"""Parameters without a field: they come with a link and stay until their chip is removed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter: a box to tick. `tag` and `direction` are set where the text is in its own language."""

    name: str
    value: str
    text: str
    chosen: bool
    tag: str = ""
    direction: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A group of choices. `many` may be ticked together, else one is picked."""

    legend: str
    choices: tuple[Choice, ...]
    many: bool

    @property
    def used(self) -> bool:
        """Something other than the default is chosen."""
        return any(choice.chosen and choice.value for choice in self.choices)


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The fields at hand and those behind «more choices», and the plain values of the text fields."""

    near: tuple[Field, ...]
    more: tuple[Field, ...]
    values: Mapping[str, str]
    carried: tuple[tuple[str, str], ...]

    @property
    def day_types(self) -> Mapping[str, str]:
        """The kind of field for start and end: a day, or day and time where a link asks for that."""
        return {name: "datetime-local" if "T" in self.values[name] else "date" for name in ("start", "end")}

    @property
    def more_used(self) -> bool:
        """Something behind «more choices» is in use, so it is shown open."""
        texts = ("start", "end", "starts_after", "starts_before", "age")
        return any(field.used for field in self.more) or any(self.values[name] for name in texts)


def filter_form(
    filter_: EventFilter, language: Language, *, spoken: Iterable[str], shown: Iterable[tuple[str, str]] = ()
) -> FilterForm:
    """The form for a filter: sent back untouched, it gives the same filter.

    `spoken` are the languages in which something is coming; chosen ones are added. `shown` are the presentation's
    (parameter, value) pairs.
    """
    values = {name: ",".join(filter_.values_of(name)) for name in TYPED}
    return FilterForm(
        near=(_when(filter_, language), _languages(filter_, language, spoken)),
        more=(
            _field("promise", language.gettext("What is promised"), vocabulary.PROMISES, filter_, language),
            _field("kind", language.gettext("Kind"), vocabulary.KINDS, filter_, language),
            _field("category", language.gettext("Theme"), vocabulary.CATEGORIES, filter_, language),
            _field("area", language.gettext("Area"), vocabulary.AREAS, filter_, language),
            _field("audience", language.gettext("For whom"), vocabulary.AUDIENCES, filter_, language),
            _field(
                "access",
                language.gettext("Access"),
                (vocabulary.ALONE, *vocabulary.ACCESS),
                filter_,
                language,
            ),
            _weekdays(filter_, language),
            _flags(filter_, language),
        ),
        values=values,
        carried=(
            *((name, ",".join(filter_.values_of(name))) for name in CARRIED if filter_.values_of(name)),
            *shown,
        ),
    )


def _field(name: str, legend: str, keys: Iterable[str], filter_: EventFilter, language: Language) -> Field:
    chosen = filter_.values_of(name)
    # A word that no vocabulary holds stays, as it came, until somebody unticks it.
    offered = dict.fromkeys((*keys, *chosen))
    return Field(
        legend, tuple(Choice(name, key, label(language, name, key), key in chosen) for key in offered), many=True
    )


def _when(filter_: EventFilter, language: Language) -> Field:
    chosen = filter_.when
    presets = [Choice("when", key, label(language, "when", key), key in chosen) for key in vocabulary.PRESETS]
    if len(chosen) > 1:
        # Only a link can have picked several; radio buttons would keep one of them.
        return Field(language.gettext("When"), tuple(presets), many=True)
    any_time = Choice("when", "", language.gettext("Any time"), not chosen)
    return Field(language.gettext("When"), (any_time, *presets), many=False)


def _languages(filter_: EventFilter, language: Language, spoken: Iterable[str]) -> Field:
    offered = {*spoken, *filter_.in_language} - {vocabulary.NO_LANGUAGE}
    unknown = [
        Choice("in_language", code, code, chosen=True)
        for code in filter_.in_language
        if code not in (*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE)
    ]
    choices = [
        Choice(
            "in_language",
            code,
            known.own_name,
            code in filter_.in_language,
            tag=code,
            direction=known.direction,
            note=label(language, "language", code),
        )
        for code, known in vocabulary.LANGUAGES.items()
        if code in offered
    ]
    none_needed = Choice(
        "in_language",
        vocabulary.NO_LANGUAGE,
        label(language, "language", vocabulary.NO_LANGUAGE),
        vocabulary.NO_LANGUAGE in filter_.in_language,
    )
    return Field(language.gettext("Language spoken there"), (*choices, none_needed, *unknown), many=True)


def _weekdays(filter_: EventFilter, language: Language) -> Field:
    monday = date(2024, 1, 1)
    choices = tuple(
        Choice(
            "weekday",
            str(day),
            write_date(monday + timedelta(days=day - 1), "weekday", language),
            day in filter_.weekday,
        )
        for day in range(1, 8)
    )
    return Field(language.gettext("Weekday"), choices, many=True)


def _flags(filter_: EventFilter, language: Language) -> Field:
    """Boxes of different parameters that belong together; rare values are offered where a link chose them."""
    registrations = dict.fromkeys(("none", *filter_.registration))
    on_the_spot = [Choice("online", "0", language.gettext("On the spot"), chosen=True)]
    return Field(
        language.gettext("Also"),
        (
            Choice("free", "1", language.gettext("Show only free"), bool(filter_.free)),
            *(
                Choice("registration", key, label(language, "registration", key), key in filter_.registration)
                for key in registrations
            ),
            Choice("online", "1", language.gettext("Online"), filter_.online is True),
            *(on_the_spot if filter_.online is False else ()),
            Choice("status", "on", language.gettext("Without cancelled ones"), "on" in filter_.status),
        ),
        many=True,
    )
