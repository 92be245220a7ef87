"""Every way to have a filter's events in one's own calendar, and how late each program really is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from events.filtering.filter_summary import Names, feed_name, summary
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.presenting.subscription import OUTLOOK_AT_WORK, Subscription, subscription
from web.dates import WITHOUT_TODAY
from web.i18n import Language
from web.links import with_query
from web.qr_code import qr_code

PREVIEW: Final = Presentation(series="expand", limit=5)
"""The next dates that the page shows of the calendar."""


@dataclass(frozen=True, slots=True)
class Button:
    """A link that opens a calendar program with the address in it."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of calendar program. With `on_computer` its buttons do nothing good on a telephone."""

    programs: str
    buttons: tuple[Button, ...]
    refresh: str
    note: str = ""
    on_computer: bool = False


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """What the page shows. `code` is the picture of `address`, the page's own; empty where that is too long."""

    sentence: str
    whole_series: bool
    subscription: Subscription
    ways: tuple[Way, ...]
    address: str
    code: str
    steps: tuple[str, ...]
    mail_href: str
    list_href: str


def subscribe_view(
    filter_: EventFilter, language: Language, names: Names, *, today: date, base_url: str, site_name: str
) -> SubscribeView:
    """The page of a filter."""
    sentence = summary(filter_, language, names, today=today)
    name = feed_name(filter_, language, names, today=WITHOUT_TODAY, site_name=site_name)
    subscribed = subscription(filter_, language, base_url, title=sentence, slug=_only_organisation(filter_, names))
    address = base_url + subscribed.page
    return SubscribeView(
        sentence=sentence,
        whole_series=filter_.picks_dates,
        subscription=subscribed,
        ways=tuple(_ways(subscribed, name, language)),
        address=address,
        code=qr_code(address),
        steps=tuple(_steps(language)),
        mail_href=f"mailto:?subject={quote(name, safe='')}&body={quote(address, safe='')}",
        list_href=with_query(f"/{language.code}/events", filter_.to_query()),
    )


def _only_organisation(filter_: EventFilter, names: Names) -> str:
    """The slug of the organisation whose own permanent feed holds exactly this filter; else empty."""
    slug = filter_.organisation[0] if filter_.organisation else ""
    known = ("organisation", slug) in names
    return slug if known and filter_ == EventFilter(organisation=(slug,)) else ""


def _ways(subscribed: Subscription, name: str, language: Language) -> Iterable[Way]:
    open_it = Button(subscribed.webcal, language.gettext("Open in a calendar program"))
    add = language.gettext("Add to {program}")
    at_work = language.gettext("{program}: work or school account")
    google, outlook = language.isolated("Google Calendar"), language.isolated("Outlook.com")
    yield Way(
        "iPhone · iPad · Mac",
        (open_it,),
        language.gettext("You choose how often it looks for changes. Once a week is preselected: choose more often."),
    )
    yield Way(
        "Google Calendar · Android",
        (Button(subscribed.google, add.format(program=google)),),
        language.gettext("Looks for changes every 8 to 24 hours."),
        language.gettext(
            "{program} takes a new address only in a computer’s browser, once. After that its phone app shows the"
            " events too, if Sync is on for this calendar in the app’s settings."
        ).format(program=google),
        on_computer=True,
    )
    yield Way(
        "Outlook",
        (
            Button(subscribed.outlook(name), add.format(program=outlook)),
            Button(
                subscribed.outlook(name, host=OUTLOOK_AT_WORK), at_work.format(program=language.isolated("Outlook"))
            ),
        ),
        language.gettext("Looks for changes about every 3 hours; a work or school account can take up to a day."),
    )
    yield Way(
        "Thunderbird · GNOME · Nextcloud · ICSx5",
        (open_it,),
        language.gettext("Looks for changes every few hours, or as you set it."),
        language.gettext("{app} is an app for {system} phones. Into {website}, copy the address above.").format(
            app=language.isolated("ICSx5"),
            system=language.isolated("Android"),
            website=language.isolated("Nextcloud"),
        ),
    )


def _steps(language: Language) -> Iterable[str]:
    """From paper to the telephone, for somebody who helps at a desk."""
    google = language.isolated("Google Calendar")
    yield language.gettext("Point the phone’s camera at the code and press the address that appears.")
    yield language.gettext("{phone}: press “{button}” and accept.").format(
        phone=language.isolated("iPhone"), button=language.gettext("Open in a calendar program")
    )
    yield language.gettext(
        "{system}: open the same page on a computer, press “{button}” and sign in there. Once is enough."
    ).format(system=language.isolated("Android"), button=language.gettext("Add to {program}").format(program=google))
    yield language.gettext("Then turn Sync on for the new calendar in the phone’s {program} app.").format(
        program=google
    )
