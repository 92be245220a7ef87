"""Letters to the city's staff about the queue: one each working day on which something waits, and one at once for what
takes place within three days. Nobody gets a second letter about the same day, nor a second warning of one thing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.city import queue
from events.city.queue import Item
from events.schedule.holidays import keys_of_year
from organisations import messages
from organisations.letters import letter
from organisations.people import Reader, city_staff, language_for
from web.dates import write_moment
from web.i18n import Language
from web.jobs import Work
from web.mail.outbox import Letter
from web.mail.outbox import queue as send
from web.site import LOCAL_ZONE, Site

MORNING: Final = time(8)
SOON: Final = timedelta(days=3)
MOST_NAMED: Final = 10
MOST_READ: Final = 1_000


async def tell_staff(site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Write the letters that are due now."""
    items = await queue.items(most=MOST_READ)
    staff = await city_staff()
    local = now.astimezone(LOCAL_ZONE)
    urgent = [item for item in items if item.start is not None and now < item.start <= now + SOON]
    late = await messages.overdue(local.date())
    total = await queue.count() if items else 0
    async with in_transaction():
        for reader in staff:
            for item in urgent:
                await _warn(reader, item, site=site, now=now)
            if (total or late) and is_working_day(local.date()) and local.time() >= MORNING:
                await _sum_up(reader, items, total, late, site=site, now=now)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.isoweekday() < 6 and day not in keys_of_year(day.year)


async def _warn(reader: Reader, item: Item, *, site: Site, now: datetime) -> None:
    language = language_for(site, reader.language)
    await send(
        reader.email,
        _soon(item, language, site),
        now=now,
        expires=item.start,
        key=f"city soon {item.key} {reader.person_id}",
    )


async def _sum_up(reader: Reader, items: Sequence[Item], total: int, late: int, *, site: Site, now: datetime) -> None:
    language = language_for(site, reader.language)
    today = now.astimezone(LOCAL_ZONE).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), LOCAL_ZONE).astimezone(UTC)
    await send(
        reader.email,
        _daily(items, total, late, language, site),
        now=now,
        expires=midnight,
        key=f"city queue {today} {reader.person_id}",
    )


def _soon(item: Item, language: Language, site: Site) -> Letter:
    _ = language.gettext
    return letter(
        _("Waits, and begins soon: {title}").format(title=item.title),
        _line(item, language, site),
        _("It waits for the city and takes place within three days:"),
        _link(language, site),
        settings=site.settings,
        language=language,
    )


def _daily(items: Sequence[Item], total: int, late: int, language: Language, site: Site) -> Letter:
    waits = language.ngettext("{n} thing waits for the city", "{n} things wait for the city", total).format(n=total)
    overdue = language.ngettext(
        "{n} message should have been answered already.", "{n} messages should have been answered already.", late
    ).format(n=late)
    shown = "\n".join(_line(item, language, site) for item in items[:MOST_NAMED])
    more = total - MOST_NAMED
    also = language.ngettext("and {n} more", "and {n} more", more).format(n=more) if more > 0 else ""
    return letter(
        waits if total else overdue,
        shown,
        also,
        overdue if late and total else "",
        _link(language, site),
        settings=site.settings,
        language=language,
    )


def _line(item: Item, language: Language, site: Site) -> str:
    if item.start is None:
        return f"- {item.title}"
    local = item.start.astimezone(LOCAL_ZONE).replace(tzinfo=None)
    return f"- {item.title} ({write_moment(local, language, today=site.today())})"


def _link(language: Language, site: Site) -> str:
    return f"{site.settings.base_url}/{language.code}/city/"


WORKS: Final = (Work("city_queue", tell_staff, every=timedelta(minutes=5)),)
