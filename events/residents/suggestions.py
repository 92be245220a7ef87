"""Residents' suggestions without an account: a few fields that become a proposal in the city's queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tortoise.transactions import in_transaction

from events.domain import vocabulary
from events.domain.labels import label
from events.editing import acceptance, proposals
from events.editing.acceptance import Outcome
from events.editing.changes import Actor
from events.editing.input.facts import TEXT_LIMITS
from events.editing.input.fields import Payload, Typed, read_date, read_time
from events.storage.models import Proposal
from web.forms import Form, Reading
from web.i18n import Language

RESIDENT: Final = Actor(None, "resident")
REMEMBERED: Final = timedelta(days=30)
"""How long what was sent back to a resident is kept."""
LONGEST_LINE: Final = 160
LONGEST_TEXT: Final = 2_000
LONGEST_CONTACT: Final = 254


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A resident's proposal as fields of an event, and what only the city sees of it."""

    fields: Payload
    resident: Mapping[str, str]


class _IncompleteError(Exception):
    """Something keeps a suggestion from the queue."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.state)


def categories(language: Language) -> list[tuple[str, str]]:
    """What it may be, in the reader's words."""
    return [("", language.gettext("Choose")), *_options(language, "category", vocabulary.CATEGORIES)]


def spoken(language: Language) -> list[tuple[str, str]]:
    """In which language it may be held."""
    return [*_options(language, "language", [*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE])]


def read(form: Form, language: Language, *, today: date) -> tuple[Suggestion, Form]:
    """The suggestion in a sent form, and the form with its problems; only without any may it be stored."""
    _, reading = language.gettext, Reading(form, language)
    tag = _written_in(language)
    title = reading.line("title", longest=TEXT_LIMITS["title"], missing=_("Write what it is called."))
    category = reading.choice("category", vocabulary.CATEGORIES, missing=_("Choose what it is about."))
    day = reading.line("date", longest=40, missing=_("Write on which day it is."))
    start = reading.line("start", longest=20, missing=_("Write at what time it starts."))
    end = reading.line("end", longest=20)
    when = read_date(day, today=today) if day else None
    if day and when is None:
        reading.problem("date", _("This is not a day. Write for example {example}.").format(example="24.12.2026"))
    if when is not None and when < today:
        reading.problem("date", _("This day is over. Write a coming one."))
    for name, text in (("start", start), ("end", end)):
        if text and read_time(text) is None:
            reading.problem(name, _("This is not a time. Write for example {example}.").format(example="18.30"))
    where = reading.line("where", longest=LONGEST_LINE, missing=_("Write where it is."))
    held_in = reading.choice("spoken", [*vocabulary.LANGUAGES, vocabulary.NO_LANGUAGE])
    contact = reading.line("contact", longest=LONGEST_CONTACT)
    way = _way(contact, today)
    if contact and not way:
        reading.problem("contact", _("Write a web address, an e-mail address or a telephone number."))
    fields = {
        "kind": "event",
        "original_language": tag,
        "repeats": "once",
        f"title.{tag}": title,
        "category": category,
        "date": day,
        "start": start,
        "end": end,
        "new_place_name": where,
        **_held_in(held_in),
        **way,
        f"description.{tag}": reading.block("text", longest=LONGEST_TEXT),
    }
    organiser = reading.line("organiser", longest=LONGEST_LINE)
    resident = {"organiser": organiser, "reply_to": reading.email("reply_to"), "language": language.code}
    return Suggestion({name: text for name, text in fields.items() if text}, resident), reading.form


async def keep(suggestion: Suggestion, *, now: datetime, uid_domain: str) -> Outcome:
    """Put it into the queue; where something keeps it from there, nothing is stored and the outcome says what."""
    try:
        async with in_transaction():
            stored = await proposals.begin(organisation_id=None, author_id=None, fields=suggestion.fields, now=now)
            row = await Proposal.get(key=stored.key)
            row.payload = {**row.payload, "resident": dict(suggestion.resident)}
            await row.save(update_fields=["payload"])
            outcome = await acceptance.submit(stored.key, by=RESIDENT, now=now, uid_domain=uid_domain)
            if outcome.state != "submitted":
                raise _IncompleteError(outcome)
    except _IncompleteError as incomplete:
        return incomplete.outcome
    return outcome


async def forget_returned(*, now: datetime) -> None:
    """Drop what was sent back to residents, who have no desk to mend it at, after a while."""
    before = now - REMEMBERED
    await Proposal.filter(author_id=None, organisation_id=None, state="returned", modified__lt=before).delete()


def _written_in(language: Language) -> str:
    return language.tag.partition("-")[0]


def _held_in(code: str) -> Payload:
    if code == vocabulary.NO_LANGUAGE:
        return {"no_language": "yes"}
    return {"promises": f"{code}:main"} if code else {}


def _way(contact: str, today: date) -> Payload:
    """The field that a contact belongs to: an e-mail address, a telephone number or a link."""
    for name, reader in (("contact_email", "email"), ("contact_phone", "phone"), ("link", "link")):
        typed = Typed({name: contact}, today=today)
        found = typed.link(name, LONGEST_CONTACT) if reader == "link" else getattr(typed, reader)(name)
        if found and not typed.problems:
            return {name: found}
    return {}


def _options(language: Language, context: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    return [(key, label(language, context, key)) for key in keys]
