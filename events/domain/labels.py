"""Which vocabulary keys need words, under which catalogue context; and how to ask for them.

A label is found by (context, key) with no English in between: `label(language, "activity", "swimming")`.
An unknown key, as a reader may type it into an address, is its own label.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import IO, Any, Final

from events.domain import vocabulary
from web.i18n import Language

CONTEXTS: Final[Mapping[str, Iterable[str]]] = {
    "kind": vocabulary.KINDS,
    "category": vocabulary.CATEGORIES,
    "activity": vocabulary.ACTIVITIES,
    "audience": vocabulary.AUDIENCES,
    "area": vocabulary.AREAS,
    "in area": vocabulary.AREAS,
    "access": (*vocabulary.ACCESS, vocabulary.ALONE),
    "access no": vocabulary.ACCESS,
    "access name": vocabulary.ACCESS,
    "language": (*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE),
    "language main": vocabulary.LANGUAGES,
    "language helper": vocabulary.LANGUAGES,
    "language interpreter": vocabulary.LANGUAGES,
    "language practise": vocabulary.LANGUAGES,
    "promise": vocabulary.PROMISES,
    "status": vocabulary.STATUSES,
    "reason": vocabulary.REASONS,
    "price": vocabulary.PRICES,
    "price unit": vocabulary.PRICE_UNITS,
    "price group": vocabulary.PRICE_GROUPS,
    "registration": vocabulary.REGISTRATIONS,
    "organisation kind": vocabulary.ORGANISATION_KINDS,
    "title prefix": vocabulary.TITLE_PREFIXES,
    "when": vocabulary.PRESETS,
    **{f"first time {fact}": values for fact, values in vocabulary.FIRST_TIME.items()},
}

REMEMBERED: Final = 4096
"""Labels in all languages that are kept in mind: a page or a feed asks for the same few again and again."""


@lru_cache(maxsize=REMEMBERED)
def label(language: Language, context: str, key: str) -> str:
    """The reader's words for a key; the key itself where it is in no vocabulary."""
    return language.pgettext(context, key)


def access_answer(language: Language, key: str, answer: bool) -> str:
    """What an answer about access says, as it is published: a form that asks shows this very sentence to choose."""
    return label(language, "access" if answer else "access no", key)


def access_answers(language: Language, key: str) -> list[tuple[str, str]]:
    """(what a form sends, the sentence that it publishes) of both answers about access."""
    return [("yes", access_answer(language, key, True)), ("no", access_answer(language, key, False))]


def access_name(language: Language, key: str) -> str:
    """What a question about access is about, before its answers in sentences; never before a bare yes or no."""
    name = label(language, "access name", key)
    return name[:1].upper() + name[1:]


def extract(
    fileobj: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterable[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel extractor: hands every (context, key) to `make messages`."""
    for context, keys in CONTEXTS.items():
        for key in keys:
            yield 1, "pgettext", (context, key), []
