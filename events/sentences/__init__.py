"""Facts in the reader's words: every function takes an event and a language and returns finished text.

Pages, feeds and print say the same because they all ask here. Nothing an organiser typed passes through these
functions: typed text carries its own language and is the template's business.
"""

from collections.abc import Iterable
from datetime import date

from events.domain.event import Event
from events.sentences.coming import access, access_lacking, access_not_told, first_time, marks, place
from events.sentences.provenance import said_by, told, told_by
from events.sentences.spoken import LanguageMark, language_mark, languages, promises
from events.sentences.terms import activity, age, amounts, audience, closed, kinds, price, registration
from events.sentences.times import hours, moved_from, repetition, status, when
from web.i18n import Language

__all__ = (
    "LanguageMark",
    "access",
    "access_lacking",
    "access_not_told",
    "activity",
    "age",
    "amounts",
    "audience",
    "closed",
    "facts_in_lines",
    "first_time",
    "hours",
    "kinds",
    "language_mark",
    "languages",
    "marks",
    "moved_from",
    "place",
    "price",
    "promises",
    "registration",
    "repetition",
    "said_by",
    "status",
    "told",
    "told_by",
    "when",
)


def facts_in_lines(event: Event, language: Language, *, today: date) -> Iterable[str]:
    """Every translated fact but time and place, one a line, the most needed first: for feeds and print."""
    yield from promises(event, language)
    yield price(event, language)
    yield from registration(event, language, today=today)
    yield audience(event, language)
    yield from access(event, language)
    yield from access_lacking(event, language)
    yield from first_time(event, language)
