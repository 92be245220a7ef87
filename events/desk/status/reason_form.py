"""The form for the reason of a cancellation: one from the list, and a message in any languages. Pure."""

from dataclasses import dataclass
from typing import Final

from events.domain import vocabulary
from events.domain.labels import label
from events.editing.status_changes import NOTE, Reason
from web.forms import Form, Reading
from web.i18n import Language

FIELD: Final = "note"
WRITTEN_IN: Final = "note_language"


@dataclass(frozen=True, slots=True)
class ReasonLists:
    """What the form offers: reasons, languages to write in, and the languages of the site for more messages."""

    reasons: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    more: list[Language]
    longest: int = NOTE


def lists(language: Language, served: list[Language]) -> ReasonLists:
    """The lists in the reader's words; easy Finnish is a style of Finnish and no language to write a message in."""
    return ReasonLists(
        reasons=[(key, label(language, "reason", key)) for key in vocabulary.REASONS],
        languages=[(tag, label(language, "language", tag)) for tag in vocabulary.LANGUAGES],
        more=[one for one in served if one.tag in vocabulary.LANGUAGES and "-" not in one.tag],
    )


def begun(language: Language) -> Form:
    """An empty form, to be written in the reader's language."""
    tag = language.tag.partition("-")[0]
    return Form({WRITTEN_IN: (tag if tag in vocabulary.LANGUAGES else "fi",)})


def read(reading: Reading, shown: ReasonLists) -> Reason:
    """What was sent, as far as it can be stored; what cannot stands among the problems of the reading."""
    reason = reading.choice("reason", vocabulary.REASONS)
    tag = reading.choice(WRITTEN_IN, vocabulary.LANGUAGES, default="fi")
    main = reading.line(FIELD, longest=shown.longest)
    others = {one.tag: reading.line(f"{FIELD}_{one.tag}", longest=shown.longest) for one in shown.more}
    notes = {**others, **({tag: main} if main else {})}
    return Reason(reason, {tag: text for tag, text in notes.items() if text})
