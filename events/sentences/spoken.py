"""In which languages somebody is understood there, and what exactly is promised."""

from dataclasses import dataclass

from events.domain import vocabulary
from events.domain.event import Event
from events.domain.labels import label
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class LanguageMark:
    """One language: named in itself and in the reader's language, and what is promised beside being held in it."""

    code: str
    own_name: str
    direction: str
    name: str
    promise: str = ""


def language_mark(code: str, language: Language, promise: str = "") -> LanguageMark:
    """A language of the vocabulary as a mark."""
    spoken = vocabulary.LANGUAGES[code]
    return LanguageMark(code, spoken.own_name, spoken.direction, label(language, "language", code), promise)


def languages(event: Event, language: Language) -> list[LanguageMark]:
    """One mark for each language of an event, those it is held in first; nothing is added to plain «held in»."""
    kept: dict[str, list[str]] = {}
    for code, promise in _promised(event):
        beside = [label(language, "promise", promise)] if promise != "main" else []
        kept[code] = kept.get(code, []) + beside
    comma = language.pgettext("list", ", ")
    return [language_mark(code, language, comma.join(beside)) for code, beside in kept.items()]


def _promised(event: Event) -> list[tuple[str, str]]:
    """The promises of an event, the strongest first, languages in the vocabulary's order."""
    order = list(vocabulary.LANGUAGES)
    known = [(code, promise) for code, promise in event.promises if code in vocabulary.LANGUAGES]
    return sorted(known, key=lambda pair: (vocabulary.PROMISES.index(pair[1]), order.index(pair[0])))


def promises(event: Event, language: Language) -> list[str]:
    """The language promise in sentences: «Held in Finnish and Russian», «Someone there speaks Arabic»."""
    names: dict[str, list[str]] = {}
    for code, promise in _promised(event):
        names.setdefault(promise, []).append(label(language, f"language {promise}", code))
    lines = [_sentence(promise, language).format(languages=language.join(made)) for promise, made in names.items()]
    if event.no_language:
        lines.append(label(language, "language", vocabulary.NO_LANGUAGE))
    return lines


def _sentence(promise: str, language: Language) -> str:
    return {
        "main": language.gettext("Held in {languages}"),
        "helper": language.gettext("Someone there speaks {languages}"),
        "interpreter": language.gettext("Interpreting into {languages}"),
        "practise": language.gettext("A good place to practise {languages}"),
    }[promise]
