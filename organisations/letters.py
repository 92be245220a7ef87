"""The letters that people get about their account and their organisation. Pure: words in, a letter out."""

from datetime import datetime

from web.dates import write_date
from web.i18n import Language
from web.mail.outbox import Letter
from web.settings import Settings


def sign_in(code: str, link: str, *, minutes: int, settings: Settings, language: Language) -> Letter:
    """The code and the link by which an address is proven."""
    _ = language.gettext
    return _letter(
        _("{code} is your sign-in code").format(code=code),
        _("Your code: {code}").format(code=code),
        _("Type it on the page where you asked for it. Or open this link on the device you want to use:"),
        link,
        _("Code and link work once, for {minutes} minutes.").format(minutes=minutes),
        _("You did not ask for this? Then you need not do anything: without this letter nobody gets in."),
        settings=settings,
        language=language,
    )


def invitation(
    organisation: str, by: str, link: str, *, expires: datetime, settings: Settings, language: Language
) -> Letter:
    """Somebody is asked to join an organisation."""
    _ = language.gettext
    return _letter(
        _("Invitation: {organisation}").format(organisation=organisation),
        _("{person} invites you to look after the events of {organisation} together.").format(
            person=by, organisation=organisation
        ),
        _("Open this link and press the button:"),
        link,
        _("The link works once, until {date}.").format(date=write_date(expires.date(), "day and year", language)),
        _("You do not know them? Then you need not do anything."),
        settings=settings,
        language=language,
    )


def address_change(link: str, *, minutes: int, settings: Settings, language: Language) -> Letter:
    """To a new address: is it really yours?"""
    _ = language.gettext
    return _letter(
        _("Confirm your new address"),
        _("You want to sign in with this address from now on. Open this link and press the button:"),
        link,
        _("The link works once, for {minutes} minutes.").format(minutes=minutes),
        _("You did not ask for this? Then you need not do anything."),
        settings=settings,
        language=language,
    )


def address_changed(*, settings: Settings, language: Language) -> Letter:
    """To the old address: it is no longer the one. Does not say the new one."""
    _ = language.gettext
    return _letter(
        _("Your address has been changed"),
        _("From now on another address is used to sign in to your account. This one no longer works."),
        _("Was that not you? Write or call at once: {contact}").format(contact=_contact(settings)),
        settings=settings,
        language=language,
    )


def application_came(organisation: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To the city: somebody wants to publish."""
    _ = language.gettext
    return _letter(
        _("New organiser: {organisation}").format(organisation=organisation),
        _("{organisation} would like to publish in the calendar. Approve it or send it back here:").format(
            organisation=organisation
        ),
        link,
        settings=settings,
        language=language,
    )


def approved(organisation: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: you may publish now."""
    _ = language.gettext
    return _letter(
        _("{organisation} has been approved").format(organisation=organisation),
        _("You can publish events and hobbies in the name of {organisation} now:").format(organisation=organisation),
        link,
        settings=settings,
        language=language,
    )


def returned(organisation: str, reason: str, note: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To an organisation's people: something has to be mended first."""
    _ = language.gettext
    return _letter(
        _("{organisation}: please complete your details").format(organisation=organisation),
        _("{organisation} could not be approved yet.").format(organisation=organisation),
        reason,
        note,
        _("Mend what is missing and save: that sends it in again."),
        link,
        settings=settings,
        language=language,
    )


def idle_account(link: str, *, until: datetime, settings: Settings, language: Language) -> Letter:
    """To somebody who has not signed in for long: the account will be deleted."""
    _ = language.gettext
    return _letter(
        _("Your account will be deleted"),
        _("You have not signed in for almost two years. Your account will be deleted on {date}.").format(
            date=write_date(until.date(), "day and year", language)
        ),
        _("Would you like to keep it? Then sign in once before that:"),
        link,
        settings=settings,
        language=language,
    )


def left_alone(organisation: str, link: str, *, settings: Settings, language: Language) -> Letter:
    """To the city: nobody is left who looks after an organisation."""
    _ = language.gettext
    return _letter(
        _("Nobody is left: {organisation}").format(organisation=organisation),
        _(
            "The last account of {organisation} was deleted because it had not been used for two years. "
            "Invite somebody else here:"
        ).format(organisation=organisation),
        link,
        settings=settings,
        language=language,
    )


def return_reason(reason: str, language: Language) -> str:
    """Why an application or an event was sent back, or an organisation suspended; empty where only a note tells."""
    _ = language.gettext
    return {
        "spam": _("Its events were advertising."),
        "unlawful": _("Its events broke the law or the rules of the calendar."),
        "unreachable": _("The city could not reach anybody of the organisation."),
        "own_wish": _("The organisation wished it itself."),
        "price": _("Tell what it costs, or that it is free."),
        "language": _("Tell in which languages it is held."),
        "contact": _("Give a way to ask: an e-mail address or a telephone number."),
        "place": _("Tell exactly where it takes place."),
        "unclear": _("The text does not tell clearly what happens there."),
        "duplicate": _("It is in the calendar already."),
        "not_open": _("The calendar is for what is open to everybody."),
        "incomplete": _("Something important is missing."),
        "known_already": _("This organiser is in the calendar already. Ask its people for an invitation."),
        "not_suitable": _("The calendar is for associations and groups that invite everybody."),
    }.get(reason, "")


def letter(subject: str, *parts: str, settings: Settings, language: Language) -> Letter:
    """A letter of these paragraphs, signed by the city; empty ones are left out."""
    return _letter(subject, *parts, settings=settings, language=language)


def _letter(subject: str, *parts: str, settings: Settings, language: Language) -> Letter:
    ask = language.gettext("Questions? {contact}").format(contact=_contact(settings))
    signed = f"{settings.site_name}, {settings.city_name}\n{settings.base_url}/{language.code}/\n{ask}"
    return Letter(subject, "\n\n".join([*filter(None, parts), f"-- \n{signed}"]) + "\n")


def _contact(settings: Settings) -> str:
    return settings.help_contact.removeprefix("mailto:").removeprefix("tel:")
