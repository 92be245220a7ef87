"""Readers' reports about an event: stored for the city, passed on to its organiser without saying by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tortoise.transactions import in_transaction

from organisations import city_letters
from organisations.city_letters import REPORT_REASONS
from organisations.models import Message
from organisations.people import language_for
from web.database.connection import fetch
from web.forms import Form, Reading
from web.i18n import Language
from web.mail.outbox import queue
from web.site import Site

KIND: Final = "event"
LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready to be stored."""

    reason: str
    text: str
    reply_to: str


def reasons(language: Language) -> list[tuple[str, str]]:
    """What may not be right, in the reader's words."""
    _ = language.gettext
    return [
        ("wrong_time", _("The time or the place is wrong")),
        ("not_on", _("It does not take place")),
        ("wrong_facts", _("Something else in it is not right")),
        ("personal", _("It shows somebody’s personal data")),
        ("unlawful", _("It is insulting or unlawful")),
        ("spam", _("It is advertising")),
        ("other", _("Something else")),
    ]


def read(form: Form, language: Language) -> tuple[Report, Form]:
    """The report in a sent form, and the form with its problems; only without any may it be stored."""
    reading = Reading(form, language)
    reason = reading.choice("reason", REPORT_REASONS, missing=language.gettext("Choose what is not right."))
    text = reading.block("text", longest=LONGEST_TEXT)
    if reason == "other" and not text:
        reading.problem("text", language.gettext("Tell in a few words what is not right."))
    return Report(reason, text, reading.email("reply_to")), reading.form


async def keep(
    report: Report, public_id: str, title: str, *, site: Site, language: Language, now: datetime, due: date
) -> None:
    """Store a report and tell the organiser's people: one letter a day about one event, however many reports come."""
    rows = await fetch(
        "SELECT g.id, g.slug FROM event e JOIN organisation g ON g.id = e.organisation_id WHERE e.public_id = ?",
        public_id,
    )
    organisation = rows[0]
    async with in_transaction():
        await Message.create(
            kind=KIND,
            reason=report.reason,
            text=report.text,
            about=f"/{language.code}/events/{public_id}",
            language=language.code,
            reply_to=report.reply_to,
            organisation_id=organisation["id"],
            created=now,
            due=due,
        )
        await _tell(organisation["id"], organisation["slug"], public_id, title, report.reason, site=site, now=now)


async def _tell(
    organisation_id: int, slug: str, public_id: str, title: str, reason: str, *, site: Site, now: datetime
) -> None:
    people = await fetch(
        "SELECT p.id, p.email, p.language FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.organisation_id = ? ORDER BY p.id",
        organisation_id,
    )
    for person in people:
        theirs = language_for(site, person["language"])
        link = f"{site.settings.base_url}/{theirs.code}/desk/organisations/{slug}/reports"
        letter = city_letters.event_reported(title, reason, link, settings=site.settings, language=theirs)
        key = f"report {public_id} {now:%Y-%m-%d} {person['id']}"
        await queue(person["email"], letter, now=now, key=key)
