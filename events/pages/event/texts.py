"""The typed texts of an event, each in the best language there is for the reader, and labelled. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Final

from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.texts import begins_with
from events.presenting.cards import Typed, typed
from web.i18n import Language
from web.markdown import to_html

LONGEST_OPENING: Final = 300
"""Characters, as many as a summary may have."""


@dataclass(frozen=True, slots=True)
class Words:
    """The organiser's own words. `body_foreign` is empty where the summary above has the same label."""

    summary: Typed | None
    body: Typed | None
    body_html: str
    body_foreign: str

    @property
    def opening(self) -> str:
        """The first words without their form, for those who show no more."""
        beginning = self.summary.text if self.summary else unescape(re.sub(r"<[^>]+>", " ", self.body_html))
        return " ".join(beginning.split())[:LONGEST_OPENING]


def words(event: Event, language: Language) -> Words | None:
    """Summary and description; None where nothing was written."""
    body = written(event, "description", language)
    summary = _unless_repeated(written(event, "summary", language), body)
    if summary is None and body is None:
        return None
    return Words(summary, body, to_html(body.text) if body else "", _label_once(summary, body))


def written(event: Event, name: str, language: Language) -> Typed | None:
    """One text field in the reader's language; where only others hold it, as it was first written."""
    if not any(getattr(text, name) for text in event.texts.values()):
        return None
    title_tag, _ = event.text_for(language.tag)
    for tag in dict.fromkeys((language.tag, title_tag, event.original_language)):
        if tag in event.texts and getattr(event.texts[tag], name):
            return typed(getattr(event.texts[tag], name), tag, language)
    return None


def notes(event: Event, one: EventDate, language: Language) -> Iterable[Typed]:
    """What was written about the status of this date, then of the whole event."""
    for day in (one.original_date, None) if event.notes else ():
        note = event.note_for(language.tag, day)
        text = typed(note.text, note.language, language) if note else None
        if text:
            yield text


def original_title(event: Event, language: Language) -> Typed | None:
    """The title as it was first written, where the reader sees another one."""
    tag, _ = event.text_for(language.tag)
    original = event.texts.get(event.original_language)
    if original is None or tag == event.original_language:
        return None
    return typed(original.title, event.original_language, language)


def _unless_repeated(summary: Typed | None, body: Typed | None) -> Typed | None:
    """The summary, where the description does not begin with the same words, as imported ones do."""
    return None if summary and body and begins_with(body.text, summary.text) else summary


def _label_once(above: Typed | None, below: Typed | None) -> str:
    """The foreign language of a text, unless the one above it has just been labelled with it."""
    told = above.foreign if above else ""
    return below.foreign if below and below.foreign != told else ""
