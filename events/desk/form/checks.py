"""Checks before a form is published, beyond what its fields check themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from events.desk.form.fields import shown_problems
from events.editing.drafts import lacking, read
from events.editing.input.facts import NEW_PLACE
from events.editing.input.fields import Problem as Unread
from events.editing.input.title_status import status_in_title
from events.editing.proposals import Stored
from events.editing.publishing_checks import Edited, untrue
from events.editing.rows.stored_drafts import edited_of
from web.database.connection import fetch
from web.forms import Problem
from web.i18n import Language

OWN_ADDRESS: Final = "own_address_ok"
TITLE_KEPT: Final = "title_ok"


async def edited(stored: Stored) -> Edited | None:
    """The public event that a proposal would change; None for a new one."""
    rows = await fetch("SELECT id FROM event WHERE public_id = ?", stored.public_id) if stored.public_id else []
    return await edited_of(rows[0]["id"], stored.scope, stored.day) if rows else None


def unpublishable(
    fields: Mapping[str, str], language: Language, *, today: date, edited: Edited | None
) -> list[Problem]:
    """What is wrong or lacking in a form, or would not be true, all of it at once."""
    reading = read(fields, today=today)
    problems = [*reading.problems, *lacking(reading), *untrue(fields, reading, today=today, edited=edited)]
    if any(problem.field == "times" for problem in problems):
        # It was told how often, only not so that it could be read.
        problems = [problem for problem in problems if problem.code != "endless"]
    somewhere = any(fields.get(name) for name in ("place", "online", "online_url", *NEW_PLACE))
    if reading.draft is None and not somewhere:
        problems.append(Unread("place", "where_missing"))
    return shown_problems(problems, language)


async def to_be_confirmed(fields: Mapping[str, str], organisation_id: int, language: Language) -> list[Problem]:
    """What its author must say once more before everybody reads it: a person's own address, a status in the title."""
    _ = language.gettext
    problems = []
    for name in ("contact_email", "registration_email"):
        if not fields.get(OWN_ADDRESS) and await _is_personal(fields.get(name, ""), organisation_id):
            problems.append(
                Problem(
                    name,
                    _("This looks like a person’s own address. Give the association’s, or tick that it may be shown."),
                )
            )
    title = f"title.{fields.get('original_language', 'fi')}"
    if not fields.get(TITLE_KEPT) and status_in_title(fields.get(title, ""))[0]:
        problems.append(
            Problem(
                title,
                _("The name tells a status. Take it out: the status has its own place, and calendars know it there."),
            )
        )
    return problems


async def _is_personal(address: str, organisation_id: int) -> bool:
    """Whether somebody signs in with an address that is not the organisation's own."""
    rows = await fetch(
        "SELECT 1 AS one FROM person WHERE email = ? AND NOT EXISTS"
        " (SELECT 1 FROM organisation WHERE id = ? AND LOWER(contact_email) = ?)",
        address.lower(),
        organisation_id,
        address.lower(),
    )
    return bool(address) and bool(rows)
