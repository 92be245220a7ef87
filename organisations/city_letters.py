"""The letters that the city's decisions bring to organisers and to residents, and the reasons in them. Pure."""

from collections.abc import Mapping
from typing import Final

from organisations.letters import letter, return_reason
from web.i18n import Language
from web.mail.outbox import Letter
from web.settings import Settings


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


SUSPENSION_REASONS: Final = ("spam", "unlawful", "unreachable", "own_wish", "other")
"""Why an organisation is suspended; the words stand in `letters.return_reason`."""
WITHDRAWAL_REASONS: Final[Mapping[str, str]] = {
    "spam": _("It is advertising."),
    "unlawful": _("It is unlawful or against the rules of the calendar."),
    "personal": _("It shows somebody’s personal data."),
    "duplicate": _("It is in the calendar already."),
    "other": "",
}
REPORT_REASONS: Final[Mapping[str, str]] = {
    "wrong_time": _("The time or the place is wrong."),
    "not_on": _("It does not take place."),
    "wrong_facts": _("Something else in it is not right."),
    "personal": _("It shows somebody’s personal data."),
    "unlawful": _("It is insulting or unlawful."),
    "spam": _("It is advertising."),
    "other": "",
}


def said(reasons: Mapping[str, str], reason: str, language: Language) -> str:
    """A reason in words; empty for one that only a note tells."""
    text = reasons.get(reason, "")
    return language.gettext(text) if text else ""


def suspended(
    organisation: str, reason: str, note: str, link: str, *, settings: Settings, language: Language
) -> Letter:
    """To an organisation's people: the city has taken it off for now."""
    _ = language.gettext
    return letter(
        _("{organisation} has been suspended").format(organisation=organisation),
        _("{organisation} and its events do not stand in the calendar at the moment.").format(
            organisation=organisation
        ),
        return_reason(reason, language),
        note,
        _("Nothing is lost: what you have written is still at your desk."),
        link,
        settings=settings,
        language=language,
    )


def reinstated(organisation: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: it is back."""
    _ = language.gettext
    return letter(
        _("{organisation} is in the calendar again").format(organisation=organisation),
        _("{organisation} and its events stand in the calendar again, and you can publish.").format(
            organisation=organisation
        ),
        link,
        settings=settings,
        language=language,
    )


def event_published(title: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an author: everybody can see it now."""
    _ = language.gettext
    return letter(
        _("Published: {event}").format(event=title),
        _("The city has looked at it. Everybody can see it now:"),
        link,
        settings=settings,
        language=language,
    )


def event_returned(title: str, reason: str, note: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an author: something is missing. Without a link there is nothing to mend, as for who has no account."""
    _ = language.gettext
    return letter(
        _("Not published yet: {event}").format(event=title),
        _("The city has looked at it and could not publish it yet."),
        reason,
        note,
        _("Everything you wrote is still there. Mend it and publish again:") if link else "",
        link,
        settings=settings,
        language=language,
    )


def event_withdrawn(title: str, reason: str, note: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: the city has taken an event off."""
    _ = language.gettext
    return letter(
        _("Taken off the calendar: {event}").format(event=title),
        _("The city has taken this event off the calendar."),
        said(WITHDRAWAL_REASONS, reason, language),
        note,
        link,
        settings=settings,
        language=language,
    )


def event_reported(title: str, reason: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: a reader says that something is not right. Never says who."""
    _ = language.gettext
    return letter(
        _("A reader has noticed something: {event}").format(event=title),
        said(REPORT_REASONS, reason, language),
        _("Please look whether it is so, and mend it. What the reader wrote is here:"),
        link,
        settings=settings,
        language=language,
    )


def answered(answer: str, *, settings: Settings, language: Language) -> Letter:
    """To a reader who gave an address: the city's answer. What the reader wrote is not repeated."""
    _ = language.gettext
    return letter(
        _("The city answers your message"),
        _("You wrote to the city about the calendar. This is the answer:"),
        answer,
        settings=settings,
        language=language,
    )


def owner_appointed(organisation: str, person: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: the city has named a new owner."""
    _ = language.gettext
    return letter(
        _("New owner: {organisation}").format(organisation=organisation),
        _("The city has made {person} the owner of {organisation}.").format(person=person, organisation=organisation),
        link,
        settings=settings,
        language=language,
    )
