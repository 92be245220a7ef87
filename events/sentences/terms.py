"""What it is, for whom, what it costs, and how one signs up."""

from datetime import date

from babel.numbers import format_decimal

from events.domain.event import Event
from events.domain.labels import label
from events.domain.prices import PriceRow
from events.schedule.recurrence import HELSINKI
from web.dates import write_moment
from web.i18n import Language


def activity(event: Event, language: Language) -> str:
    """What people do there, in one or two words: the first activity, else the category; empty where nobody said."""
    if event.activities:
        return label(language, "activity", event.activities[0])
    return label(language, "category", event.category) if event.category else ""


def kinds(event: Event, language: Language) -> list[str]:
    """The category and every activity, each once."""
    category = [label(language, "category", event.category)] if event.category else []
    return list(dict.fromkeys([*category, *(label(language, "activity", key) for key in event.activities)]))


def price(event: Event, language: Language) -> str:
    """«Free», «5 € per person, children 2 € per person», «Price not given»."""
    if event.price != "paid" or not event.prices:
        return label(language, "price", event.price)
    return language.pgettext("list", ", ").join(amounts(event, language))


def amounts(event: Event, language: Language) -> list[str]:
    """Each known amount, per what and for whom."""
    return [_amount(row, language) for row in event.prices]


def _amount(row: PriceRow, language: Language) -> str:
    whole = row.amount == row.amount.to_integral_value()
    number = format_decimal(row.amount, "0" if whole else "0.00", locale=language.locale)
    amount = language.pgettext("amount", "{amount} €").format(amount=number)
    text = label(language, "price unit", row.unit).format(amount=amount)
    return label(language, "price group", row.group).format(price=text)


def registration(event: Event, language: Language, *, today: date) -> list[str]:
    """Whether to sign up, by when, how often, in which languages."""
    lines = [label(language, "registration", event.registration.kind)]
    if event.registration.kind != "required":
        return lines
    if closed(event, today=today):
        return [language.gettext("Sign-up has closed")]
    if event.registration.closes is not None:
        by = write_moment(event.registration.closes.astimezone(HELSINKI), language, today=today)
        lines = [language.gettext("Sign up by {date}").format(date=by)]
    if event.registration.each_time:
        lines.append(language.gettext("Sign up each time"))
    if event.registration.languages:
        names = language.join(label(language, "language main", code) for code in event.registration.languages)
        lines.append(language.gettext("You can sign up in {languages}").format(languages=names))
    if event.registration.mid_season:
        lines.append(language.gettext("You can start mid-season"))
    return lines


def closed(event: Event, *, today: date) -> bool:
    """Whether the last day to sign up has passed."""
    closes = event.registration.closes
    return closes is not None and closes.astimezone(HELSINKI).date() < today


def audience(event: Event, language: Language) -> str:
    """For whom, with ages where they are limited; empty where nobody said."""
    names = [label(language, "audience", key) for key in event.audiences]
    ages = age(event, language)
    return language.pgettext("list", ", ").join([*names, *([ages] if ages else [])])


def age(event: Event, language: Language) -> str:
    """The ages an event is for; empty where everybody may come."""
    if event.min_age is not None and event.max_age is not None:
        return language.gettext("ages {low}–{high}").format(low=event.min_age, high=event.max_age)
    if event.min_age is not None:
        return language.gettext("from age {low}").format(low=event.min_age)
    if event.max_age is not None:
        return language.gettext("up to age {high}").format(high=event.max_age)
    return ""
