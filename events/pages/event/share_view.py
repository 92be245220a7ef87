"""The sheet to share an event: in each language its name, its address, its QR code. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from events.domain.event import Event
from events.pages.event.view import Head, Surroundings, event_address, event_head
from events.presenting.shown_date import ShownDate, shown_date
from web.i18n import Language
from web.links import with_query
from web.qr_code import qr_code


@dataclass(frozen=True, slots=True)
class Handout:
    """The event in one language; all its words are in that language. `mail_href` holds a message to a friend."""

    language: Language
    head: Head
    address: str
    code: str
    code_text: str
    steps: str
    mail_href: str
    mail_text: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """What the page shows: the reader's own language first, then every other."""

    head: Head
    shown: ShownDate
    handouts: tuple[Handout, ...]
    back_href: str


def share_view(
    event: Event, language: Language, languages: Mapping[str, Language], around: Surroundings, *, asked: str
) -> ShareView:
    """The sheet to share of an event, or of the one date asked for."""
    shown = shown_date(event, asked, around.midnight)
    own_first = [language, *(other for other in languages.values() if other != language)]
    handouts = tuple(_handout(event, shown, each, around) for each in own_first)
    back_href = with_query(f"/{language.code}/events/{event.public_id}", shown.query)
    return ShareView(handouts[0].head, shown, handouts, back_href)


def _handout(event: Event, shown: ShownDate, language: Language, around: Surroundings) -> Handout:
    head = event_head(event, shown, language, today=around.today)
    address = with_query(event_address(event, language, around.base_url), shown.query)
    told = (head.status, head.text, f"{head.when} · {head.where}", address)
    message = "\r\n".join(line for line in told if line)
    return Handout(
        language=language,
        head=head,
        address=address,
        code=qr_code(address),
        code_text=language.gettext("Square code with the address of this page"),
        steps=language.gettext("Point the phone’s camera at the code and press the address that appears."),
        mail_href=f"mailto:?subject={quote(head.text, safe='')}&body={quote(message, safe='')}",
        mail_text=language.gettext("Send by e-mail"),
    )
