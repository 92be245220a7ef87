"""What an organiser wrote, in one language each, and whom it serves without translation. Pure."""

from dataclasses import dataclass
from datetime import date


def understands(reader: str, text: str) -> bool:
    """Whether a reader of one language needs no help with a text in another: her own, or Finnish for easy Finnish."""
    return reader == text or (reader, text) == ("fi-simple", "fi")


def begins_with(text: str, beginning: str) -> bool:
    """Whether a text opens with these words, however its lines are broken and the beginning was cut."""
    words = " ".join(beginning.rstrip("…").split())
    return bool(words) and " ".join(text.split()).startswith(words)


@dataclass(frozen=True, slots=True)
class Text:
    """What an organiser wrote in one language. `description` is Markdown, everything else one line or a few."""

    title: str = ""
    summary: str = ""
    description: str = ""
    place_note: str = ""
    price_note: str = ""
    registration_note: str = ""
    first_time_note: str = ""

    @property
    def opening(self) -> str:
        """The summary, unless the description begins with the same words, as imported ones do."""
        return "" if begins_with(self.description, self.summary) else self.summary


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a status, in one language; about one date where `original_date` is set."""

    language: str
    text: str
    original_date: date | None = None
