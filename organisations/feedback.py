"""The feedback form: a reader's message to the city, and by when it is answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from web.forms import Form, Reading
from web.i18n import Language

KINDS: Final = ("feedback", "accessibility", "word")
ANSWERED_WITHIN: Final = timedelta(days=14)
"""What the law gives an authority for an answer about accessibility (306/2019, 11 §); here it holds for all."""
LONGEST_TEXT: Final = 5_000
LONGEST_ADDRESS: Final = 500
TRAP: Final = "more"
"""The field that only programs fill in."""
PER_CLIENT: Final = 6
WITHIN: Final = timedelta(hours=1)
"""So many messages one client may send in this time."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One message, ready to be stored. `about` is a path of this site or empty."""

    kind: str
    text: str
    about: str
    reply_to: str


def begun(query: Mapping[str, str], base_url: str) -> Form:
    """The form as an address asks for it: its kind chosen, the page in question filled in."""
    kind = query.get("kind", "")
    about = own_path(query.get("about", ""), base_url)
    return Form({"kind": (kind if kind in KINDS else KINDS[0],), "about": (about,)})


def kinds(language: Language) -> list[tuple[str, str]]:
    """What a message may be, in the reader's words."""
    return [
        ("feedback", language.gettext("A question or an opinion")),
        ("accessibility", language.gettext("Something is hard to use (accessibility)")),
        ("word", language.gettext("A word or a translation is wrong")),
    ]


def read(form: Form, language: Language, base_url: str) -> tuple[Feedback, Form]:
    """The message in a sent form, and the form with its problems; only without any may the message be stored."""
    reading = Reading(form, language)
    kind = reading.choice("kind", KINDS, default=KINDS[0])
    text = reading.block("text", longest=LONGEST_TEXT, missing=language.gettext("Write what you want to tell or ask."))
    address = reading.line("about", longest=LONGEST_ADDRESS)
    about = own_path(address, base_url)
    if address and not about:
        reading.problem(
            "about", language.gettext("This is not an address of this site. Copy it from the page, or leave it empty.")
        )
    return Feedback(kind, text, about, reading.email("reply_to")), reading.form


def own_path(address: str, base_url: str) -> str:
    """The path and query of a page of this site, out of a path or a whole address; empty for any other."""
    path = address.removeprefix(base_url)
    plain = path.isprintable() and not any(sign in path for sign in ' \\<>"')
    if not path.startswith("/") or path.startswith("//") or not plain or len(path) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    return "" if parts.netloc or parts.scheme else path.partition("#")[0]


def due_on(today: date) -> date:
    """The last day for an answer to what comes today."""
    return today + ANSWERED_WITHIN
