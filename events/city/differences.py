"""The differences that an edit makes, field by field in the reader's words: before and after. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from events.city.field_words import field_name, field_value
from events.desk.form.dates import dates_view
from events.domain.labels import label
from events.editing.drafts import different
from events.editing.input.facts import NEW_PLACE, PRICE_ROWS, one_place
from events.editing.input.schedule import FIELDS as SCHEDULE_FIELDS
from web.i18n import Language

DATES_SHOWN: Final = 3
_PRICE: Final = (
    "price",
    *(f"{name}.{row}" for row in range(1, PRICE_ROWS + 1) for name in ("amount", "unit", "group")),
)
_PLACE: Final = ("place", *NEW_PLACE)
_UNSAID: Final = ("window", "own_address_ok", "title_ok")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes. `tag` is the language that both were written in, empty for facts."""

    name: str
    before: str
    after: str
    tag: str


def differences(
    base: Mapping[str, str], fields: Mapping[str, str], language: Language, *, places: Mapping[str, str], today: date
) -> list[Difference]:
    """Everything that differs, each thing once. `places` are the names of places by id."""
    names = [name for name in different(base, fields) if name not in _UNSAID]
    found = []
    if any(name in SCHEDULE_FIELDS for name in names):
        found.append(_dates(base, fields, language, today))
    if any(name in _PLACE for name in names):
        found.append(Difference(language.gettext("Place"), _place(base, places), _place(fields, places), ""))
    if any(name in _PRICE for name in names):
        found.append(Difference(language.gettext("Price"), _price(base, language), _price(fields, language), ""))
    plain = [name for name in names if name not in (*SCHEDULE_FIELDS, *_PLACE, *_PRICE)]
    return [*found, *(_plain(name, base, fields, language) for name in plain)]


def _plain(name: str, base: Mapping[str, str], fields: Mapping[str, str], language: Language) -> Difference:
    before, after = (field_value(name, each.get(name, ""), language) for each in (base, fields))
    text, tag = field_name(name, language)
    return Difference(text, before, after, tag)


def _dates(base: Mapping[str, str], fields: Mapping[str, str], language: Language, today: date) -> Difference:
    """The dates that only one side has; all in short where everything moves."""
    before, after = (dates_view(each, language, today=today) for each in (base, fields))
    gone = [line for line in before.lines if line not in after.lines]
    new = [line for line in after.lines if line not in before.lines]
    return Difference(language.gettext("Dates"), _some(gone, language), after.problem or _some(new, language), "")


def _some(lines: list[str], language: Language) -> str:
    shown = " · ".join(lines[:DATES_SHOWN])
    more = len(lines) - DATES_SHOWN
    if more <= 0:
        return shown
    return f"{shown} · " + language.ngettext("and {n} more", "and {n} more", more).format(n=more)


def _place(fields: Mapping[str, str], places: Mapping[str, str]) -> str:
    if chosen := one_place(fields).get("place", ""):
        return places.get(chosen, chosen)
    return ", ".join(filter(None, (fields.get(name, "") for name in NEW_PLACE[:4])))


def _price(fields: Mapping[str, str], language: Language) -> str:
    said = field_value("price", fields.get("price", "unknown"), language)
    rows = (
        (fields.get(f"amount.{row}", ""), fields.get(f"unit.{row}", "person"), fields.get(f"group.{row}", "all"))
        for row in range(1, PRICE_ROWS + 1)
    )
    amounts = [
        label(language, "price group", group).format(
            price=label(language, "price unit", unit).format(amount=f"{amount} €")
        )
        for amount, unit, group in rows
        if amount
    ]
    return ": ".join(filter(None, (said, ", ".join(amounts))))
