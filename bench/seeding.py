"""A calendar of any size, the same each time: ten languages in equal parts, a third of the events in series."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from tortoise.transactions import in_transaction

from events.domain import vocabulary
from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from events.editing import publishing as lifecycle
from events.schedule.recurrence import Schedule
from events.schedule.rrule import Frequency, Rule
from events.storage.models import Event
from organisations.models import Organisation

LANGUAGES: Final = ("fi", "sv", "en", "ru", "uk", "ar", "et", "fa", "so", "vi")
DAYS_BACK: Final = 30
DAYS: Final = 360
DATES_OF_SERIES: Final = 12
ORGANISATIONS: Final = 25
PLACES: Final = 40
AT_ONCE: Final = 100
WORDS: Final = [
    "tule",
    "mukaan",
    "juttelemaan",
    "yhdessä",
    "kahvin",
    "ääressä",
    "rauhallisessa",
    "seurassa",
    "kaikki",
    "ovat",
    "tervetulleita",
    "taidosta",
    "riippumatta",
    "ohjaaja",
    "auttaa",
    "alussa",
    "ja",
    "välineet",
    "saa",
    "lainaksi",
    "paikan",
    "päältä",
    "tila",
    "on",
    "esteetön",
    "sisäänkäynti",
    "pihan",
    "puolelta",
    "ilmoittautumista",
    "ei",
    "tarvita",
    "perheet",
    "lapset",
    "nuoret",
    "aikuiset",
    "ikäihmiset",
    "harrastus",
    "kielikahvila",
    "kävelyretki",
    "käsityöt",
    "musiikki",
    "lautapelit",
    "liikunta",
    "luonto",
    "ruoka",
    "kirjasto",
    "torstaina",
    "iltapäivällä",
]


@dataclass(frozen=True, slots=True)
class Known:
    """A stored event and what it says, as an importer knows it."""

    id: int
    public_id: str
    draft: EventDraft


@dataclass(frozen=True, slots=True)
class Seeded:
    """The event of one date that the measuring changes and shows, a series that it changes too, another event that is
    only shown; the day around which all is laid."""

    once: Known
    series: Known
    another: str
    today: date


async def seed(number: int, *, now: datetime, today: date, progress: Callable[[int], None]) -> Seeded:
    """Fill an empty, opened database with so many public events, written as any change of the program is."""
    random = Random(number)  # noqa: S311 - deterministic, and no secret
    organisations = [await _organisation(turn, now) for turn in range(ORGANISATIONS)]
    places = [await _place(turn, now) for turn in range(PLACES)]
    for first in range(0, number, AT_ONCE):
        async with in_transaction():
            for turn in range(first, min(first + AT_ONCE, number)):
                written = draft(turn, random, today=today, place_id=places[turn % PLACES])
                organisation = organisations[turn % ORGANISATIONS]
                public_id = await lifecycle.publish(written, organisation, now=now, uid_domain="bench.example")
                if turn == number // 2:
                    once = await _known(public_id, written)
                elif turn == number // 2 + 1:
                    series = await _known(public_id, written)
                elif turn == number // 3:
                    another = public_id
        progress(min(first + AT_ONCE, number))
    return Seeded(once, series, another, today)


async def change(known: Known, turn: int) -> None:
    """Write an event anew with other words, as long as the last ones."""
    text = known.draft.texts["fi"]
    texts = {**known.draft.texts, "fi": replace(text, title=f"{text.title[:100]} {turn:05}")}
    await lifecycle.rewrite(known.id, replace(known.draft, texts=texts), now=datetime.now(UTC))


async def _known(public_id: str, written: EventDraft) -> Known:
    event = await Event.get(public_id=public_id)
    return Known(event.id, public_id, written)


def draft(turn: int, random: Random, *, today: date, place_id: int) -> EventDraft:
    """One event: its words, times and facts follow from its turn and the random numbers."""
    language = LANGUAGES[turn % len(LANGUAGES)]
    schedule = _schedule(turn, random, today)
    texts = {"fi": _text(random)}
    if language not in ("fi", "fi-simple") and turn % 2:
        texts[language] = _text(random)
    slots = [slot.original_date for slot in schedule.slots()]
    changes = {slots[1]: DateChange(status="cancelled", reason="ill")} if turn % 30 == 0 and slots[1:] else {}
    paid = turn % 4 == 0
    return EventDraft(
        kind=("event", "hobby")[turn % 3 == 0],
        category=tuple(vocabulary.CATEGORIES)[turn % len(vocabulary.CATEGORIES)],
        original_language="fi",
        schedule=schedule,
        texts=texts,
        activities=(tuple(vocabulary.ACTIVITIES)[turn % len(vocabulary.ACTIVITIES)],),
        audiences=(tuple(vocabulary.AUDIENCES)[turn % 7],),
        promises=((language, "main"),),
        changes=changes,
        place_id=place_id,
        price="paid" if paid else "free",
        prices=(PriceRow(Decimal(random.randrange(2, 30))),) if paid else (),
        registration=Registration(kind="required" if turn % 5 == 0 else "none"),
        first_time={"alone": ("yes",), "bring": ("nothing",)} if turn % 2 else {},
    )


def _schedule(turn: int, random: Random, today: date) -> Schedule:
    day = today + timedelta(days=random.randrange(DAYS) - DAYS_BACK)
    start = datetime.combine(day, time(random.randrange(9, 19), random.choice((0, 30))))
    end = start + timedelta(minutes=random.choice((60, 90, 120)))
    if turn % 3:
        return Schedule.once(start, end)
    until = day + timedelta(weeks=DATES_OF_SERIES - 1)
    return Schedule.repeating(start, end, Rule(Frequency.WEEKLY, weekdays=((0, day.isoweekday()),), until=until))


def _text(random: Random) -> Text:
    """Lengths as organisers write: a title of a few words, a summary of a sentence or two, three paragraphs."""
    paragraphs = (_words(random, random.randrange(120, 400)) for _ in range(3))
    return Text(
        title=_words(random, random.randrange(18, 60)),
        summary=_words(random, random.randrange(90, 240)),
        description="\n\n".join(paragraphs),
    )


def _words(random: Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += random.choice(WORDS) + " "
    return text.strip().capitalize()


async def _organisation(turn: int, now: datetime) -> Organisation:
    return await Organisation.create(
        slug=f"yhdistys-{turn}",
        name=f"Kouvolan {turn}. kansainvälinen yhdistys ry",
        contact_email=f"info{turn}@yhdistys.example",
        state="approved",
        created=now,
        modified=now,
    )


async def _place(turn: int, now: datetime) -> int:
    columns = {
        "name": f"Kylätalo {turn}",
        "street_address": f"Valtakatu {turn}",
        "postal_code": "45100",
        "city": "Kouvola",
        "area": tuple(vocabulary.AREAS)[turn % len(vocabulary.AREAS)],
        "access": {"step_free": turn % 2 == 0, "toilet": True},
    }
    place, _ = await lifecycle.save_place(None, columns, now=now)
    return place.id
