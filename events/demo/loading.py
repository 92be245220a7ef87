"""The demonstration: organisations and events to look at, always ahead of today."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.editing import publishing as lifecycle
from events.schedule.recurrence import HELSINKI, Schedule
from events.schedule.rrule import Frequency, Rule
from events.storage.models import Event
from organisations import demo_people
from organisations.models import Organisation, OrganisationText

CONTENT: Final = Path(__file__).with_name("demo.toml")
FIRST_DATE: Final = date(2026, 12, 1)
CITY: Final = "Kouvola"


async def load(*, now: datetime, today: date, uid_domain: str) -> int:
    """Fill an empty database and return how many events there are now; leave one that has events alone."""
    if await Event.exists():
        return 0
    content = tomllib.loads(CONTENT.read_text("utf-8"))
    organisations = {entry["slug"]: await _organisation(entry, now=now) for entry in content["organisation"]}
    places = {entry["key"]: await _place(entry, now=now) for entry in content["place"]}
    shift = weeks_ahead(today)
    for entry in content["event"]:
        draft = draft_of(entry, place_id=places.get(entry.get("place", "")), shift=shift)
        await lifecycle.publish(draft, organisations[entry["organisation"]], now=now, uid_domain=uid_domain)
    await demo_people.load(now=now)
    return len(content["event"])


def weeks_ahead(today: date) -> timedelta:
    """Whole weeks to add so that the first date is one to seven days from today; weekdays stay."""
    return timedelta(weeks=(today - FIRST_DATE).days // 7 + 1)


async def _organisation(entry: Mapping[str, Any], *, now: datetime) -> Organisation:
    organisation = await Organisation.create(
        slug=entry["slug"],
        name=entry["name"],
        kind=entry.get("kind", "association"),
        languages=entry["languages"],
        area=entry["area"],
        contact_email=entry["email"],
        website=entry.get("website", ""),
        state="approved",
        review_first=False,
        created=now,
        modified=now,
    )
    for language in ("fi", "sv", "en"):
        if language in entry:
            await OrganisationText.create(organisation=organisation, language=language, description=entry[language])
    return organisation


async def _place(entry: Mapping[str, Any], *, now: datetime) -> int:
    columns = {
        "name": entry["name"],
        "street_address": entry.get("street_address", ""),
        "city": CITY,
        "area": entry["area"],
        "access": entry.get("access", {}),
    }
    place, _ = await lifecycle.save_place(None, columns, now=now)
    return place.id


def draft_of(entry: Mapping[str, Any], *, place_id: int | None, shift: timedelta) -> EventDraft:
    """One event of the demonstration, moved by `shift`."""
    schedule = _schedule(entry, shift)
    status_note = entry.get("status_note")
    return EventDraft(
        kind=entry.get("kind", "event"),
        category=entry["category"],
        original_language="fi",
        schedule=schedule,
        texts={language: Text(**text) for language, text in entry["text"].items()},
        activities=tuple(entry["activities"]),
        audiences=tuple(entry.get("audiences", ["all"])),
        promises=tuple(_pair(promise) for promise in entry.get("promises", ())),
        no_language=entry.get("no_language", False),
        changes=_changes(entry, schedule, shift),
        place_id=place_id,
        online="online" in entry,
        online_url=entry.get("online", ""),
        price=entry["price"],
        prices=tuple(PriceRow(Decimal(amount), unit, group) for amount, unit, group in entry.get("prices", ())),
        registration=_registration(entry, shift),
        min_age=entry.get("min_age"),
        max_age=entry.get("max_age"),
        access=entry.get("access", {}),
        first_time={fact: tuple(values) for fact, values in entry.get("first_time", {}).items()},
        nearest_stop=entry.get("stop", ""),
        event_status=entry.get("status", "scheduled"),
        full=entry.get("full", False),
        status_reason=entry.get("reason", "") if "status" in entry else "",
        notes=(Note("fi", status_note),) if status_note else (),
    )


def _schedule(entry: Mapping[str, Any], shift: timedelta) -> Schedule:
    day = date.fromisoformat(entry["date"]) + shift
    start = datetime.combine(day, time.fromisoformat(entry["start"]))
    end = datetime.combine(day, time.fromisoformat(entry["end"]))
    if "weekly" not in entry:
        return Schedule.once(start, end)
    rule = Rule(Frequency.WEEKLY, weekdays=((0, day.isoweekday()),), until=day + timedelta(weeks=entry["weekly"]))
    skipped = [date.fromisoformat(text) + shift for text in entry.get("skipped", ())]
    return Schedule.repeating(start, end, rule, skipped=skipped)


def _changes(entry: Mapping[str, Any], schedule: Schedule, shift: timedelta) -> dict[date, DateChange]:
    changes = {}
    for day, reason in entry.get("cancelled", ()):
        changes[date.fromisoformat(day) + shift] = DateChange(status="cancelled", reason=reason)
    for planned, new, clock in entry.get("moved", ()):
        local = datetime.combine(date.fromisoformat(new) + shift, time.fromisoformat(clock), HELSINKI)
        start = local.astimezone(UTC)
        changes[date.fromisoformat(planned) + shift] = DateChange(
            reason=entry.get("reason", ""), start=start, end=start + schedule.duration
        )
    return changes


def _registration(entry: Mapping[str, Any], shift: timedelta) -> Registration:
    closes = entry.get("closes")
    return Registration(
        kind=entry["registration"],
        link=entry.get("registration_link", ""),
        email=entry.get("registration_email", ""),
        each_time=entry.get("each_time", False),
        closes=(datetime.fromisoformat(closes) + shift).replace(tzinfo=HELSINKI) if closes else None,
        mid_season=entry.get("mid_season", False),
    )


def _pair(promise: str) -> tuple[str, str]:
    code, _, what = promise.rpartition(":")
    return code, what
