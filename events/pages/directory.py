"""The directory of organisations: which of them a filter finds, in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events.domain import vocabulary
from events.domain.folding import fold, words
from events.domain.labels import label
from events.filtering.filters import EventFilter
from events.presenting.cards import Typed, spoken_choices, typed_in
from events.sentences import LanguageMark
from organisations.queries import Profile
from web.cleaning import clean_line
from web.i18n import Language

PARAMETERS: Final = ("q", "language", "area")
"""Those of the one grammar that can be asked of an organisation."""
LONGEST_TEXT: Final = 240


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation in the directory. `coming` is how many of its events are still on, in words, or empty."""

    href: str
    name: str
    kind: str
    area: str
    languages: tuple[LanguageMark, ...]
    text: Typed | None
    coming: str


def directory_filter(pairs: Iterable[tuple[str, str]]) -> EventFilter:
    """What an address asks of the directory; never raises, and what it does not know it ignores."""
    filter_, _ = EventFilter.from_query((key, value) for key, value in pairs if key in PARAMETERS)
    return filter_


def found_in(organisations: Iterable[Profile], filter_: EventFilter, languages: Iterable[Language]) -> list[Profile]:
    """The organisations that a filter finds, in the order given: all words in name, kind, area or what they say."""
    wanted, readers = words(filter_.q), list(languages)
    return [
        organisation
        for organisation in organisations
        if (not filter_.language or set(filter_.language) & set(organisation.languages))
        and (not filter_.area or organisation.area in filter_.area)
        and (not wanted or _holds(organisation, wanted, readers))
    ]


def _holds(organisation: Profile, wanted: Sequence[str], readers: Sequence[Language]) -> bool:
    labels = (
        label(language, context, key)
        for language in readers
        for context, key in (("organisation kind", organisation.kind), ("area", organisation.area))
        if key
    )
    text = fold(" ".join((organisation.name, *labels, *organisation.texts.values())))
    return all(word in text for word in wanted)


def entry(organisation: Profile, language: Language, coming: int) -> Entry:
    """One organisation in the reader's words; of what it says of itself the beginning."""
    texts = {tag: clean_line(text, LONGEST_TEXT) for tag, text in organisation.texts.items()}
    said = language.ngettext("{n} event is coming", "{n} events are coming", coming).format(n=coming)
    return Entry(
        href=f"/{language.code}/organisations/{organisation.slug}",
        name=organisation.name,
        kind=label(language, "organisation kind", organisation.kind),
        area=label(language, "area", organisation.area) if organisation.area else "",
        languages=tuple(spoken_choices(organisation.languages, language)),
        text=typed_in(texts, language),
        coming=said if coming else "",
    )


def options(
    parameter: str, everything: str, present: Iterable[str], filter_: EventFilter, language: Language
) -> list[tuple[str, str]]:
    """The choices of a list that drops down: all, each of those present, and what the address combines."""
    known = vocabulary.LANGUAGES if parameter == "language" else vocabulary.AREAS
    kept = set(present)
    found = [("", everything), *((key, label(language, parameter, key)) for key in known if key in kept)]
    chosen = filter_.values_of(parameter)
    if chosen and ",".join(chosen) not in dict(found):
        found.append((",".join(chosen), language.join(label(language, parameter, key) for key in chosen)))
    return found


def chosen(filter_: EventFilter, language: Language) -> list[tuple[str, str, str]]:
    """(parameter, value, words) of each thing that the address asks for."""
    quoted = language.gettext("“{words}”").format(words=filter_.q)
    return [
        (parameter, value, quoted if parameter == "q" else label(language, parameter, value))
        for parameter in PARAMETERS
        for value in filter_.values_of(parameter)
    ]


def with_texts(organisations: Iterable[Profile], texts: Mapping[str, Mapping[str, str]]) -> list[Profile]:
    """The organisations with what each says of itself, by language."""
    return [organisation.saying(texts.get(organisation.slug, {})) for organisation in organisations]
