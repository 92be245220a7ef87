"""Why the city decides something: a reason from a list and a note, as every such form sends them."""

from collections.abc import Collection
from typing import NamedTuple

from starlette.requests import Request

from organisations.city.responses import LONGEST_NOTE
from web.form_body import read_form
from web.forms import Form, Reading
from web.site import language_of


class Decided(NamedTuple):
    """The reason and the note, and the form as it was sent: where that has problems, nothing may be decided."""

    reason: str
    note: str
    form: Form


async def read_decided(request: Request, reasons: Collection[str]) -> Decided:
    """Read what was sent: one of the reasons must be chosen, and «other» be said in words."""
    language = language_of(request)
    reading = Reading(await read_form(request), language)
    reason = reading.choice("reason", reasons, missing=language.gettext("Choose a reason."))
    note = reading.line("note", longest=LONGEST_NOTE)
    if reason == "other" and not note:
        reading.problem("note", language.gettext("Write the reason in your own words."))
    return Decided(reason, note, reading.form)
