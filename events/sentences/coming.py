"""Sentences about place, access, and what a newcomer wants to know."""

from collections.abc import Iterable, Mapping
from typing import Final

from events.domain import vocabulary
from events.domain.event import Event
from events.domain.labels import access_answer, label
from web.i18n import Language

WHOLE_SENTENCES: Final = frozenset({("door", "bell"), ("bring", "nothing"), ("food", "none")})
"""First-time values that name no thing."""


def place(event: Event, language: Language) -> str:
    """Place and area in a line: «Kuusankoskitalo, Kuusankoskella», «Online»."""
    if event.place is None:
        return language.gettext("Online") if event.online else language.gettext("Place not given")
    parts = [language.isolated(event.place.name)]
    if event.place.area:
        parts.append(label(language, "in area", event.place.area))
    if event.online:
        parts.append(language.gettext("also online"))
    return language.pgettext("list", ", ").join(parts)


def access(event: Event, language: Language) -> list[str]:
    """What makes coming and taking part easier there."""
    return [access_answer(language, key, True) for key in vocabulary.ACCESS if event.access.get(key) is True]


def access_lacking(event: Event, language: Language) -> list[str]:
    """What is known not to be there."""
    return [access_answer(language, key, False) for key in vocabulary.ACCESS if event.access.get(key) is False]


def access_not_told(event: Event, language: Language) -> str:
    """One line naming what nobody has told; empty where all is told."""
    names = [label(language, "access name", key) for key in vocabulary.ACCESS if key not in event.access]
    if not names:
        return ""
    listed = language.pgettext("list", ", ").join(names)
    return language.gettext("Not told: {things}. Ask the organiser.").format(things=listed)


def first_time(event: Event, language: Language) -> list[str]:
    """«First time here?»: what a newcomer wants to know, as far as told."""
    if not event.first_time and not event.nearest_stop:
        return []
    told = {fact: list(event.first_time.get(fact, ())) for fact in vocabulary.FIRST_TIME}
    lines = [*_each(told, ("alone", "met_by"), language)]
    lines += _together(language.gettext("Way in: {things}"), told, ("door",), language)
    lines += _together(language.gettext("Bring: {things}"), told, ("bring",), language)
    lines += _each(told, ("equipment", "children"), language)
    lines += _together(language.gettext("Served: {things}"), told, ("food", "diet"), language)
    lines += _each(told, ("alcohol_free", "photos", "late"), language)
    if event.nearest_stop:
        lines.append(language.gettext("Nearest stop: {stop}").format(stop=language.isolated(event.nearest_stop)))
    return lines


def _each(told: Mapping[str, Iterable[str]], facts: Iterable[str], language: Language) -> list[str]:
    """A line for each value, which says all by itself."""
    return [label(language, f"first time {fact}", value) for fact in facts for value in told[fact]]


def _together(
    sentence: str, told: Mapping[str, Iterable[str]], facts: Iterable[str], language: Language
) -> Iterable[str]:
    """One line with the names of things; before it those values that say all by themselves."""
    names = []
    for fact in facts:
        for value in told[fact]:
            text = label(language, f"first time {fact}", value)
            if (fact, value) in WHOLE_SENTENCES:
                yield text
            else:
                names.append(text[:1].lower() + text[1:])
    if names:
        yield sentence.format(things=language.pgettext("list", ", ").join(names))


def marks(event: Event, language: Language) -> list[str]:
    """What a card says at a glance beside time, place, languages and price."""
    found = []
    if "yes" in event.first_time.get("alone", ()):
        found.append(label(language, "access", vocabulary.ALONE))
    if event.registration.kind == "none":
        found.append(label(language, "registration", "none"))
    found += [label(language, "audience", "women_only")] if "women_only" in event.audiences else []
    return found + [label(language, "access", key) for key in ("step_free", "childcare") if event.access.get(key)]
