"""The form of an event and what is stored of it: several fields on the page may stand for one fact. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from events.desk.problem_texts import field_text
from events.domain import vocabulary
from events.editing.drafts import different
from events.editing.input.facts import TEXT_LIMITS, one_place
from events.editing.input.fields import Payload, Problem, ends_at_midnight, payload_of, read_date, read_time
from web.cleaning import listed
from web.forms import Form
from web.forms import Problem as Shown
from web.i18n import Language

MOST_SUBJECTS: Final = 8
MOST_SPOKEN: Final = 30
SUBJECTS_SHOWN: Final = 3
SPOKEN_SHOWN: Final = 3
"""How many rows there are at least; always one more than is filled in."""
DATE_FIELDS: Final = ("date", "end_date", "until", "registration_closes_date")
TIME_FIELDS: Final = ("start", "end", "registration_closes_time")
MANY: Final = ("audiences", "weekdays", "registration_languages")
PAGE_ONLY: Final = ("version", "beside", "do", "place_words", "written_in", "organisation", "about", "scope", "day")
"""What the page sends about itself."""
WINDOW: Final = "window"
"""Which window saved last: a save may follow another of the same window before that was answered."""
SHOWN_AT: Final[Mapping[str, str]] = {
    "activities": "subject.1",
    "category": "subject.1",
    "promises": "spoken.1",
    "rule": "repeats",
    "position": "repeats",
}
"""Where what is wrong with a stored field is shown."""


def payload_of_form(form: Form) -> Payload:
    """What a sent form says, as it is stored."""
    fields = payload_of((name, text) for name, texts in form.given.items() for text in texts)
    written_in = fields.get("written_in", "")
    for name in PAGE_ONLY:
        fields.pop(name, None)
    found = {**_subject(fields), "promises": _promises(fields)}
    kept = {name: text for name, text in fields.items() if not name.startswith(("subject.", "spoken.", "promise."))}
    whole = {**kept, **{name: text for name, text in found.items() if text}}
    if whole.get("registration") == "none":
        # What the page hides then must not become public unseen.
        whole = {name: text for name, text in whole.items() if not name.startswith("registration_") or "." in name}
    return _in_its_language(one_place(whole), written_in)


def _subject(fields: Mapping[str, str]) -> Payload:
    """Category and activities of the rows «a:swimming», «c:sport»; the first row decides on the category."""
    chosen = [fields.get(f"subject.{row}", "") for row in range(1, MOST_SUBJECTS + 1)]
    chosen = [one for one in chosen if one]
    activities = [key for kind, _, key in (one.partition(":") for one in chosen) if kind == "a"]
    category = ""
    if chosen:
        kind, _, key = chosen[0].partition(":")
        known = vocabulary.ACTIVITIES.get(key)
        category = (known.category if known else "") if kind == "a" else key
    return {"category": category, "activities": ",".join(dict.fromkeys(activities))}


def _promises(fields: Mapping[str, str]) -> str:
    rows = ((fields.get(f"spoken.{row}"), fields.get(f"promise.{row}")) for row in range(1, MOST_SPOKEN + 1))
    return ",".join(dict.fromkeys(f"{code}:{promise or 'main'}" for code, promise in rows if code))


def _in_its_language(fields: Payload, written_in: str) -> Payload:
    """Where another language was chosen for the text, what stood in its fields is the text in that language."""
    original = fields.get("original_language", "")
    if not written_in or original in ("", written_in) or f"title.{original}" in fields:
        return fields
    moved = {f"{name}.{written_in}": f"{name}.{original}" for name in TEXT_LIMITS}
    return {moved.get(name, name): text for name, text in fields.items()}


def typed_apart(one: Payload, other: Payload) -> tuple[str, ...]:
    """The fields in which two forms differ, as far as anybody typed them."""
    return tuple(name for name in different(one, other) if name != WINDOW)


def form_of(fields: Mapping[str, str], problems: Iterable[Shown] = (), *, today: date) -> Form:
    """The form as it is shown: dates and times in the way that their fields need, where they can be read."""
    given: dict[str, tuple[str, ...]] = {name: (text,) for name, text in fields.items()}
    for name in (*MANY, *(f"first_time.{fact}" for fact in vocabulary.FIRST_TIME)):
        given[name] = tuple(part for part in fields.get(name, "").split(",") if part)
    for name in DATE_FIELDS:
        day = read_date(fields.get(name, ""), today=today)
        given[name] = (day.isoformat() if day else fields.get(name, ""),)
    for name in TIME_FIELDS:
        clock = read_time(fields.get(name, ""))
        plain = clock is not None and not clock.second and not ends_at_midnight(fields.get(name, ""))
        given[name] = (f"{clock:%H:%M}" if clock and plain else fields.get(name, ""),)
    given["dates"] = ("\n".join(listed_days(fields.get("dates", ""), today=today)),)
    for row, subject in enumerate(subjects(fields), start=1):
        given[f"subject.{row}"] = (subject,)
    for row, (code, promise) in enumerate(promises(fields), start=1):
        given[f"spoken.{row}"], given[f"promise.{row}"] = (code,), (promise,)
    return Form(given, tuple(problems))


def listed_days(text: str, *, today: date) -> list[str]:
    """The parts of a list of dates as one writes them here, «24.12.2026»; those that cannot be read as they stand."""
    days = [(read_date(part, today=today), part) for part in listed(text)]
    return [f"{day.day}.{day.month}.{day.year}" if day else part for day, part in days]


def subjects(fields: Mapping[str, str]) -> list[str]:
    """The rows of category and activities."""
    category = fields.get("category", "")
    activities = [key for key in fields.get("activities", "").split(",") if key]
    known = vocabulary.ACTIVITIES.get(activities[0]) if activities else None
    first = [f"c:{category}"] if category and (known is None or known.category != category) else []
    return [*first, *(f"a:{key}" for key in activities)][:MOST_SUBJECTS]


def promises(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rows of language and promise."""
    pairs = (part.partition(":") for part in fields.get("promises", "").split(",") if part)
    return [(code, promise) for code, _, promise in pairs][:MOST_SPOKEN]


def shown_problems(problems: Iterable[Problem], language: Language) -> list[Shown]:
    """What is wrong, in the reader's words, at the fields of the page."""
    return [Shown(place_of_problem(problem.field), field_text(problem, language)) for problem in problems]


def place_of_problem(name: str) -> str:
    """The field of the page at which a problem with a stored one is shown."""
    return "image" if name.startswith("image_alternative.") else SHOWN_AT.get(name, name)


def input_type(kind: str, text: str) -> str:
    """A field's type: that of a date or a time only where it can show what stands in it."""
    digits = text.replace("-", "").replace(":", "")
    shown = len(text) == (10 if kind == "date" else 5) and digits.isascii() and digits.isdigit()
    return kind if not text or shown else "text"
