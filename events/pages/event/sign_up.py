"""Signing up for an event: by link, by e-mail with a message that only needs a name, by telephone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.labels import label
from events.pages.event.texts import written
from events.presenting.cards import Typed, title, web_address
from events.presenting.shown_date import ShownDate
from web.dates import WITHOUT_TODAY
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Way:
    """One way to sign up: a link, its words, and the address or number as it is written on paper."""

    href: str
    text: str
    address: str
    note: str = ""
    meaning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignUp:
    """Whether to sign up and how. No way is offered to a date that is over or does not take place."""

    lines: tuple[str, ...]
    ways: tuple[Way, ...]
    note: Typed | None


def sign_up(
    event: Event, shown: ShownDate, language: Language, *, today: date, finnish: Language, address: str
) -> SignUp:
    """Signing up for the shown date. Associations read Finnish, so the message is written in it; `address` is its
    page, which the message names."""
    open_ = shown.coming and event.takes_place(shown.one) and not sentences.closed(event, today=today)
    ways = _ways(event, shown.one, language, finnish, address) if open_ else ()
    lines = tuple(sentences.registration(event, language, today=today))
    return SignUp(lines, tuple(ways), written(event, "registration_note", language))


def telephone(number: str) -> str:
    """A number as a link that a telephone dials."""
    return f"tel:{number.replace(' ', '')}"


def _ways(event: Event, one: EventDate, language: Language, finnish: Language, address: str) -> Iterable[Way]:
    way = event.registration
    if web_address(way.link):
        yield Way(way.link, language.gettext("Sign up on the web"), way.link)
    if way.email:
        yield Way(
            mail_href(event, one, finnish, language, address),
            language.gettext("Sign up by e-mail"),
            way.email,
            language.gettext("A ready message in Finnish opens. Write your name in it and send it."),
            () if _reads_finnish(language) else tuple(filter(None, _message(event, one, language, language))),
        )
    if way.phone:
        yield Way(telephone(way.phone), language.gettext("Sign up by telephone"), way.phone)


def mail_href(event: Event, one: EventDate, finnish: Language, reader: Language, address: str) -> str:
    """A `mailto:` address with subject and body in Finnish (RFC 6068); it says which language its sender reads."""
    name, when = _name(event, finnish), _when(event, one, finnish)
    subject = finnish.gettext("Signing up: {event}").format(event=f"{name}, {when}")
    body = "\r\n".join([*_message(event, one, finnish, reader), "", address])
    written_to = quote(event.registration.email, safe="@")
    return f"mailto:{written_to}?{urlencode({'subject': subject, 'body': body}, quote_via=quote, safe='')}"


def _message(event: Event, one: EventDate, language: Language, reader: Language) -> Iterable[str]:
    yield language.gettext("Hello!")
    yield ""
    yield language.gettext("I would like to sign up: {event}").format(event=language.isolated(_name(event, language)))
    yield _when(event, one, language)
    yield ""
    yield language.gettext("My name is:")
    if not _reads_finnish(reader):
        yield language.gettext("My language: {language}").format(language=label(language, "language", reader.tag))
    yield ""
    yield language.gettext("Thank you!")


def _name(event: Event, language: Language) -> str:
    return " ".join(title(event, language).text.split())


def _when(event: Event, one: EventDate, language: Language) -> str:
    """With its year: a message may lie in an inbox over the turn of it."""
    return sentences.when(event, one, language, today=WITHOUT_TODAY)


def _reads_finnish(language: Language) -> bool:
    return language.tag.partition("-")[0] == "fi"
