"""The choices of the filter: every value of a parameter that can be picked, in the reader's words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from events.domain import vocabulary
from events.domain.labels import label
from events.filtering.filters import EventFilter
from web.dates import write_date
from web.i18n import KNOWN, Language

Counts = Mapping[str, Mapping[str, int]]
"""Parameter -> value -> how many entries one would get. A value that is missing under its parameter has none."""

FIRST_AUDIENCES: Final = ("children", "families", "youth", "adults", "older", "women", "men")
"""Whom most people look for; the others are a step further."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter: a box to tick. `tag` and `direction` are set where the text is in its own language;
    `count` is None where it is not known."""

    name: str
    value: str
    text: str
    chosen: bool
    count: int | None = None
    tag: str = ""
    direction: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A group of choices. `many` may be ticked together, else one is picked. `further` ones are shown on request;
    all are where the field is `folded`."""

    legend: str
    choices: tuple[Choice, ...]
    many: bool = True
    further: tuple[Choice, ...] = ()
    folded: bool = False

    @property
    def used(self) -> bool:
        """Something other than the default is chosen."""
        return any(choice.chosen and choice.value for choice in self.choices) or self.further_used

    @property
    def further_used(self) -> bool:
        """One of those shown on request is chosen, so they are shown."""
        return any(choice.chosen for choice in self.further)


@dataclass(frozen=True, slots=True)
class Choices:
    """Makes the fields of one filter for one reader."""

    filter: EventFilter
    language: Language
    counts: Counts = field(default_factory=dict)

    def of(
        self, name: str, legend: str, keys: Iterable[str], *, first: int | None = None, folded: bool = False
    ) -> Field:
        """The keys of a parameter, `first` of them at once. A word that no vocabulary holds stays, as it came,
        until somebody unticks it."""
        offered = tuple(dict.fromkeys(keys))
        shown = tuple(self._one(name, key, label(self.language, name, key)) for key in offered)
        return Field(legend, shown[:first], further=shown[first:] if first else (), folded=folded)

    def with_strangers(self, name: str, legend: str, keys: Iterable[str], *, first: int | None = None) -> Field:
        """As `of`, with whatever else a link has chosen."""
        return self.of(name, legend, (*keys, *self.filter.values_of(name)), first=first)

    def audiences(self) -> Field:
        """Whom it is for: those that most people look for, then the others."""
        keys = (*FIRST_AUDIENCES, *vocabulary.AUDIENCES)
        legend = self.language.gettext("For whom")
        return self.with_strangers("audience", legend, keys, first=len(FIRST_AUDIENCES))

    def activities(self) -> tuple[Field, ...]:
        """Every activity under its theme."""
        by_theme: dict[str, list[str]] = {theme: [] for theme in vocabulary.CATEGORIES}
        for key, activity in vocabulary.ACTIVITIES.items():
            by_theme[activity.category].append(key)
        fields = [
            self.of("activity", label(self.language, "category", theme), keys, folded=True)
            for theme, keys in by_theme.items()
            if keys
        ]
        strangers = [key for key in self.filter.activity if key not in vocabulary.ACTIVITIES]
        other = [self.of("activity", self.language.gettext("Other"), strangers)] if strangers else []
        return (*fields, *other)

    def when(self) -> Field:
        """The presets: one of them, or any time."""
        chosen, legend = self.filter.when, self.language.gettext("When")
        presets = tuple(self._one("when", key, label(self.language, "when", key)) for key in vocabulary.PRESETS)
        if len(chosen) > 1:
            # Only a link can have picked several; radio buttons would keep one of them.
            return Field(legend, presets)
        any_time = Choice("when", "", self.language.gettext("Any time"), not chosen)
        return Field(legend, (any_time, *presets), many=False)

    def weekdays(self) -> Field:
        """Monday to Sunday."""
        monday = date(2024, 1, 1)
        names = [write_date(monday + timedelta(days=day), "weekday", self.language) for day in range(7)]
        choices = tuple(self._one("weekday", str(day), name) for day, name in enumerate(names, start=1))
        return Field(self.language.gettext("Weekday"), choices)

    def spoken(self, codes: Iterable[str]) -> Field:
        """The languages that somebody there understands, and «no shared language needed»."""
        offered = {*codes, *self.filter.in_language} - {vocabulary.NO_LANGUAGE}
        none_needed = self._one(
            "in_language", vocabulary.NO_LANGUAGE, label(self.language, "language", vocabulary.NO_LANGUAGE)
        )
        known, unknown = self._languages("in_language", offered)
        return Field(self.language.gettext("Language spoken there"), (*known, none_needed, *unknown))

    def written(self) -> Field:
        """The languages in which something is told about an event: those of the site, and what a link has chosen."""
        offered = {*(known.tag for known in KNOWN.values()), *self.filter.translation}
        known, unknown = self._languages("translation", offered)
        return Field(self.language.gettext("Information in these languages"), (*known, *unknown))

    def online(self) -> Field:
        """On the spot, online or both."""
        both = Choice("online", "", self.language.gettext("Both"), self.filter.online is None)
        texts = {"0": self.language.gettext("On the spot"), "1": self.language.gettext("Online")}
        choices = tuple(self._one("online", value, text) for value, text in texts.items())
        return Field(self.language.gettext("On the spot or online"), (both, *choices), many=False)

    def flags(self) -> Field:
        """Boxes of different parameters that belong together; rare values are offered where a link chose them."""
        registrations = dict.fromkeys(("none", *self.filter.registration))
        choices = (
            self._one("free", "1", self.language.gettext("Show only free")),
            *(self._one("registration", key, label(self.language, "registration", key)) for key in registrations),
            self._one("status", "on", self.language.gettext("Without cancelled ones")),
        )
        return Field(self.language.gettext("Also"), choices)

    def _one(self, name: str, value: str, text: str, **told: str) -> Choice:
        counted = self.counts.get(name)
        count = None if counted is None else counted.get(value, 0)
        return Choice(name, value, text, value in self.filter.values_of(name), count, **told)

    def _languages(self, name: str, offered: Iterable[str]) -> tuple[list[Choice], list[Choice]]:
        """Those we know, in their own names and in our order, and those we do not."""
        codes = set(offered)
        known = [
            self._one(
                name,
                code,
                spoken.own_name,
                tag=code,
                direction=spoken.direction,
                note=label(self.language, "language", code),
            )
            for code, spoken in vocabulary.LANGUAGES.items()
            if code in codes
        ]
        strangers = sorted(codes - {*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE})
        return known, [self._one(name, code, code) for code in strangers]
