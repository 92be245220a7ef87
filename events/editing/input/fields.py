"""The fields of a form as stored, text by name, and parsers for one field each. Pure.

Nothing here raises for anything typed: what cannot be read becomes a `Problem` at its field.
"""

import dataclasses
import datetime as moments
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlsplit

from web.cleaning import as_code, listed, one_line, paragraphs, plain_digits, without_unseen

Payload = dict[str, str]
"""Field name -> what was typed. Several values of one name are joined by commas."""

MOST_FIELDS: Final = 600
LARGEST_AMOUNT: Final = 100_000
_NAME: Final = re.compile(r"[a-z_]{1,40}(?:\.[A-Za-z0-9-]{1,20}){0,2}")
_TIME: Final = re.compile(
    r"(?:klo\.?|kl\.?|о|в|at)?\s*(\d{1,2})(?:[.:,](\d{2}))?(?:[.:](\d{2}))?\s*(?:h)?", re.IGNORECASE
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL: Final = re.compile(r"(?:[^\W\d]{2,14}\.?,?\s+)?(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]?\s*(\d{4}|\d{2})?\.?")
_EMAIL: Final = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: a code that `events.desk.problem_texts` has a sentence for, and its values."""

    field: str
    code: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


def payload_of(pairs: Iterable[tuple[str, str]]) -> Payload:
    """A sent form as it may be stored: known shapes of names, no control characters, nothing empty, nothing cut."""
    collected: dict[str, list[str]] = {}
    for name, text in pairs:
        if not _NAME.fullmatch(name) or (name not in collected and len(collected) >= MOST_FIELDS):
            continue
        cleaned = paragraphs(text)
        if cleaned:
            collected.setdefault(name, []).append(cleaned)
    return {name: ",".join(values) for name, values in collected.items()}


class Typed:
    """A payload being read: each reader notes what is wrong and goes on with something harmless."""

    def __init__(self, payload: Mapping[str, str], *, today: date) -> None:
        self.payload = payload
        self.today = today
        self.problems: list[Problem] = []

    def problem(self, name: str, code: str, **values: object) -> None:
        """Note what is wrong; the first word about a field stands."""
        if all(known.field != name for known in self.problems):
            self.problems.append(Problem(name, code, values))

    def line(self, name: str, limit: int) -> str:
        """One line of text."""
        return self._bounded(name, one_line(self.payload.get(name, "")), limit)

    def seen_line(self, name: str, limit: int) -> str:
        """One line that a machine reads, without signs that nobody sees."""
        return self._bounded(name, one_line(without_unseen(self.payload.get(name, ""))), limit)

    def block(self, name: str, limit: int) -> str:
        """Paragraphs."""
        return self._bounded(name, paragraphs(self.payload.get(name, "")), limit)

    def _bounded(self, name: str, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.problem(name, "text_too_long", maximum=limit, length=len(text))
        return text[:limit]

    def flag(self, name: str) -> bool:
        """A box that is ticked, whatever value it sends."""
        return one_line(self.payload.get(name, "")).lower() not in ("", "no", "0", "false")

    def choice(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """One of a list; the default where nothing was chosen."""
        value = one_line(self.payload.get(name, ""))
        if not value or value in allowed:
            return value or default
        self.problem(name, "unknown_choice")
        return default

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Some of a list, in the order they came, each once."""
        values = [part for part in re.split(r"[\s,]+", one_line(self.payload.get(name, ""))) if part]
        if any(value not in allowed for value in values):
            self.problem(name, "unknown_choice")
        return tuple(dict.fromkeys(value for value in values if value in allowed))

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number in bounds; None where there is none."""
        text = as_code(self.payload.get(name, ""))
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text):
            self.problem(name, "not_a_number")
            return None
        if not low <= int(text) <= high:
            self.problem(name, "number_out_of_range", low=low, high=high)
            return None
        return int(text)

    def amount(self, name: str) -> Decimal | None:
        """Euros: «5», «5,50», «5.50 €»."""
        text = re.sub(r"\s|€|eur(?:o|oa)?$", "", as_code(self.payload.get(name, "")).lower())
        text = text.replace("٫", ".")  # The decimal sign beside Arabic digits.
        if not text:
            return None
        try:
            found = Decimal(text.replace(",", ".")) if re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,4})?", text) else None
        except InvalidOperation:
            found = None
        if found is None:
            self.problem(name, "not_an_amount")
        elif found > LARGEST_AMOUNT:
            self.problem(name, "amount_too_large", maximum=LARGEST_AMOUNT)
        else:
            return found
        return None

    def time(self, name: str) -> moments.time | None:
        """A time of day; 24 is the midnight that `ends_at_midnight` tells from 0."""
        text = one_line(self.payload.get(name, ""))
        if not text:
            return None
        found = read_time(text)
        if found is None:
            self.problem(name, "not_a_time")
        return found

    def date(self, name: str) -> moments.date | None:
        """A day; without a year, the next such day from today on."""
        text = one_line(self.payload.get(name, ""))
        if not text:
            return None
        found = read_date(text, today=self.today)
        if found is None:
            self.problem(name, "not_a_date")
        return found

    def dates(self, name: str) -> list[moments.date]:
        """Several days, one to a line or between commas."""
        found = []
        for text in listed(self.payload.get(name, "")):
            day = read_date(text, today=self.today)
            if day is None:
                self.problem(name, "not_a_date_in_list", text=text[:40])
            else:
                found.append(day)
        return found

    def link(self, name: str, limit: int) -> str:
        """A web address; «https://» is added where only the name was typed."""
        text = self.seen_line(name, limit)
        if not text:
            return ""
        written = text if re.match(r"(?i)[a-z][a-z0-9+.-]*:", text) else f"https://{text}"
        try:
            parts = urlsplit(written)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        if parts_are_web(written) and "." in host and " " not in written and len(written) <= limit:
            return written
        self.problem(name, "not_a_link")
        return ""

    def email(self, name: str) -> str:
        """An e-mail address."""
        text = self.seen_line(name, 254)
        if text and not _EMAIL.fullmatch(text):
            self.problem(name, "not_an_email")
            return ""
        return text

    def phone(self, name: str) -> str:
        """A telephone number, as its owner writes it."""
        text = plain_digits(self.seen_line(name, 40))
        if text and not _PHONE.fullmatch(text):
            self.problem(name, "not_a_phone")
            return ""
        return text


def parts_are_web(address: str) -> bool:
    """Whether an address is one of the web."""
    return address.lower().startswith(("https://", "http://"))


def ends_at_midnight(text: str) -> bool:
    """Whether somebody wrote the end of a day: «24», «24:00»."""
    found = _TIME.fullmatch(as_code(text))
    return bool(found) and found is not None and int(found[1]) == 24


def read_time(text: str) -> time | None:
    """«18», «18.30», «18:30», «klo 18»; «24» is midnight."""
    found = _TIME.fullmatch(as_code(text))
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return time.min
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def read_date(text: str, *, today: date) -> date | None:
    """«24.12.2026», «to 24.12.», «2026-12-24», «24/12/26»."""
    text = as_code(text)
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _LOCAL.fullmatch(text)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
    # Until next year but one, so that 29 February is found.
    coming = (_day(today.year + more, month, day) for more in range(9))
    return next((one for one in coming if one and one >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def wall(day: date, clock: time) -> datetime:
    """A naive local moment."""
    return datetime.combine(day, clock)
