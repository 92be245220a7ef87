"""The letter that asks whether events are still on. Pure: words in, a letter out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.dates import write_date
from web.i18n import Language
from web.mail.outbox import Letter
from web.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """An event as the letter names it, and when it takes place next."""

    title: str
    when: str


def letter(
    organisation: str, asked: Sequence[Asked], link: str, *, until: date, settings: Settings, language: Language
) -> Letter:
    """To somebody of an association: these are on the calendar, is that still right?"""
    _ = language.gettext
    lines = "\n".join(f"- {one.title}: {one.when}" for one in asked)
    contact = settings.help_contact.removeprefix("mailto:").removeprefix("tel:")
    parts = [
        _("These events of {organisation} are on the calendar, and we have not heard of them for two months:").format(
            organisation=organisation
        ),
        lines,
        _("Are they still on? Open this link and press one button. You need not sign in:"),
        link,
        _("The link works until {date}.").format(date=write_date(until, "day and year", language)),
        _("Has something changed? Then change or cancel it at your desk:"),
        f"{settings.base_url}/{language.code}/desk/",
        f"-- \n{settings.site_name}, {settings.city_name}\n{settings.base_url}/{language.code}/\n"
        + _("Questions? {contact}").format(contact=contact),
    ]
    return Letter(_("Is it still on? {organisation}").format(organisation=organisation), "\n\n".join(parts) + "\n")
