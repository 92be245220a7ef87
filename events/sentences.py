"""Facts in the reader's words: every function takes an event and a language and returns finished text.

Pages, feeds and print say the same because they all ask here. Nothing an organiser typed passes through these
functions: typed text carries its own language and is the template's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal

from events import vocabulary
from events.facts import Event, EventDate, PriceRow
from events.labels import label
from events.recurrence import HELSINKI
from web.dates import write_day, write_hours, write_moment, write_when
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class LanguageMark:
    """One language: named in itself and in the reader's language, and what is promised beside being held in it."""

    code: str
    own_name: str
    direction: str
    name: str
    promise: str = ""


def activity(event: Event, language: Language) -> str:
    """What people do there, in one or two words: the first activity, else the category; empty where nobody said."""
    if event.activities:
        return label(language, "activity", event.activities[0])
    return label(language, "category", event.category) if event.category else ""


def kinds(event: Event, language: Language) -> list[str]:
    """The category and every activity, each once."""
    category = [label(language, "category", event.category)] if event.category else []
    return list(dict.fromkeys([*category, *(label(language, "activity", key) for key in event.activities)]))


def when(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """Day and hours of a date in one line."""
    return write_when(one.local_start, one.local_end, language, all_day=event.schedule.all_day, today=today)


def hours(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """What stands beside the day of a date."""
    return write_hours(one.local_start, one.local_end, language, all_day=event.schedule.all_day, today=today)


def status(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """What is special about a date: cancelled, postponed, moved, provisional, full. Empty where nothing is."""
    effective = event.status_of(one)
    if effective in vocabulary.NOT_TAKING_PLACE:
        text = {
            "cancelled": language.gettext("Cancelled"),
            "postponed": language.gettext("Postponed, new time to come"),
        }[effective]
        return _with_reason(text, event.reason_of(one), language)
    parts = []
    if one.moved:
        new_time = when(event, one, language, today=today)
        moved = language.gettext("Moved. New time: {date}").format(date=new_time)
        parts.append(_with_reason(moved, one.reason, language))
    if effective == "tentative":
        parts.append(label(language, "status", "tentative"))
    if event.is_full(one):
        parts.append(language.gettext("Full"))
    return " · ".join(parts)


def moved_from(event: Event, one: EventDate, language: Language, *, today: date) -> str:
    """The time a moved date was first planned for; empty where it was not moved."""
    if not one.moved:
        return ""
    text = write_moment(one.original_start.astimezone(HELSINKI), language, today=today)
    return language.gettext("Originally planned for {date}").format(date=text)


def _with_reason(text: str, reason: str, language: Language) -> str:
    if reason not in vocabulary.REASONS:
        return text
    # A date that ends the text may end in a full stop of its own: «… 7.3.»
    words = label(language, "reason", reason)
    return language.gettext("{status}. Reason: {reason}").format(status=text.rstrip("."), reason=words)


def repetition(event: Event, language: Language) -> str:
    """How a series repeats, where a plain word says it; empty for single events and for lists of dates."""
    rule = event.schedule.rule
    if rule is None:
        return ""
    words = {
        ("DAILY", 1): language.gettext("Every day"),
        ("WEEKLY", 1): language.gettext("Every week"),
        ("WEEKLY", 2): language.gettext("Every second week"),
        ("MONTHLY", 1): language.gettext("Every month"),
        ("YEARLY", 1): language.gettext("Every year"),
    }
    return words.get((str(rule.frequency), rule.interval), language.gettext("A series"))


def language_mark(code: str, language: Language, promise: str = "") -> LanguageMark:
    """A language of the vocabulary as a mark."""
    spoken = vocabulary.LANGUAGES[code]
    return LanguageMark(code, spoken.own_name, spoken.direction, label(language, "language", code), promise)


def languages(event: Event, language: Language) -> list[LanguageMark]:
    """One mark for each language of an event, those it is held in first; nothing is added to plain «held in»."""
    marks = []
    for code in dict.fromkeys(code for code, _ in _promised(event)):
        kept = [promise for one, promise in _promised(event) if one == code and promise != "main"]
        marks.append(language_mark(code, language, ", ".join(label(language, "promise", promise) for promise in kept)))
    return marks


def _promised(event: Event) -> list[tuple[str, str]]:
    """The promises of an event, the strongest first, languages in the vocabulary's order."""
    order = list(vocabulary.LANGUAGES)
    known = [(code, promise) for code, promise in event.promises if code in vocabulary.LANGUAGES]
    return sorted(known, key=lambda pair: (vocabulary.PROMISES.index(pair[1]), order.index(pair[0])))


def promises(event: Event, language: Language) -> list[str]:
    """The language promise in sentences: «Held in Finnish and Russian», «Someone there speaks Arabic»."""
    sentences = {
        "main": language.gettext("Held in {languages}"),
        "helper": language.gettext("Someone there speaks {languages}"),
        "interpreter": language.gettext("Interpreting into {languages}"),
        "practise": language.gettext("A good place to practise {languages}"),
    }
    lines = []
    for promise, sentence in sentences.items():
        names = [label(language, f"language {promise}", code) for code, made in _promised(event) if made == promise]
        if names:
            lines.append(sentence.format(languages=language.join(names)))
    if event.no_language:
        lines.append(label(language, "language", vocabulary.NO_LANGUAGE))
    return lines


def price(event: Event, language: Language) -> str:
    """«Free», «5 € per person, children 2 € per person», «Price not given»."""
    if event.price != "paid" or not event.prices:
        return label(language, "price", event.price)
    return language.pgettext("list", ", ").join(_amount(row, language) for row in event.prices)


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


def access(event: Event, language: Language) -> list[str]:
    """What is known of access, the good news first."""
    yes = [label(language, "access", key) for key in vocabulary.ACCESS if event.access.get(key) is True]
    no = [label(language, "access no", key) for key in vocabulary.ACCESS if event.access.get(key) is False]
    return yes + no


def access_not_told(event: Event, language: Language) -> str:
    """One line naming what nobody has told; empty where all is told."""
    names = [label(language, "access name", key) for key in vocabulary.ACCESS if key not in event.access]
    if not names:
        return ""
    listed = language.pgettext("list", ", ").join(names)
    return language.gettext("Not told: {things}. Ask the organiser.").format(things=listed)


def first_time(event: Event, language: Language) -> list[str]:
    """«First time here?»: what a newcomer wants to know, as far as told."""
    lines = [
        label(language, f"first time {fact}", value)
        for fact in vocabulary.FIRST_TIME
        for value in event.first_time.get(fact, ())
    ]
    if event.nearest_stop:
        lines.append(language.gettext("Nearest stop: {stop}").format(stop=language.isolated(event.nearest_stop)))
    return lines


def place(event: Event, language: Language) -> str:
    """Place and area in a line: «Kuusankoskitalo, Kuusankoskella», «Online»."""
    if event.place is None:
        return language.gettext("Online") if event.online else language.gettext("Place not given")
    parts = [language.isolated(event.place.name)]
    if event.place.area:
        parts.append(label(language, "in area", event.place.area))
    if event.online:
        parts.append(language.gettext("also online"))
    return language.pgettext("list", ", ").join(parts)


def marks(event: Event, language: Language) -> list[str]:
    """What a card says at a glance beside time, place, languages and price."""
    found = []
    if "yes" in event.first_time.get("alone", ()):
        found.append(label(language, "access", vocabulary.ALONE))
    if event.registration.kind == "none":
        found.append(label(language, "registration", "none"))
    found += [label(language, "audience", "women_only")] if "women_only" in event.audiences else []
    return found + [label(language, "access", key) for key in ("step_free", "childcare") if event.access.get(key)]


def confirmed(event: Event, language: Language, *, today: date) -> str:
    """When the organiser last said that all this is right."""
    day = write_day(event.confirmed.astimezone(HELSINKI).date(), language, today=today)
    return language.gettext("Confirmed by the organiser: {date}").format(date=day)


def facts_in_lines(event: Event, language: Language, *, today: date) -> Iterable[str]:
    """Every translated fact but time and place, one a line, the most needed first: for feeds and print."""
    yield from promises(event, language)
    yield price(event, language)
    yield from registration(event, language, today=today)
    yield audience(event, language)
    yield from access(event, language)
    yield from first_time(event, language)
