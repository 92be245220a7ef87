"""Why the city decides something: a reason from a list and a note, as every such form sends them."""

from collections.abc import Collection
from typing import NamedTuple

from organisations.city.responses import LONGEST_NOTE
from web.forms import Form, Reading
from web.i18n import Language


class Decided(NamedTuple):
    """The reason and the note, and the form as it was sent: where that has problems, nothing may be decided."""

    reason: str
    note: str
    form: Form


def read_decided(sent: Form, language: Language, reasons: Collection[str]) -> Decided:
    """Read what was sent: one of the reasons must be chosen, and «other» be said in words."""
    reading = Reading(sent, language)
    reason = reading.choice("reason", reasons, missing=language.gettext("Choose a reason."))
    note = reading.line("note", longest=LONGEST_NOTE)
    if reason == "other" and not note:
        reading.problem("note", language.gettext("Write the reason in your own words."))
    return Decided(reason, note, reading.form)
