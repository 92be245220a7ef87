"""The view of the form of an event: choices, open groups, what is missing; not what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from events.desk.form import fields as form_fields
from events.desk.form.dates import Dates, dates_view
from events.desk.form.fields import form_of, input_type, promises, subjects
from events.desk.form.places import Places
from events.domain import vocabulary
from events.domain.labels import access_answer, access_answers, access_name, label
from events.editing.input.facts import NEW_PLACE, PRICE_ROWS, TEXT_LIMITS
from events.editing.input.title_status import status_in_title
from web.dates import write_date
from web.forms import Form, Problem
from web.i18n import Language

Options = list[tuple[str, str]]
MONDAY: Final = date(2024, 1, 1)
SEVERAL: Final = ("bring", "food", "diet", "equipment", "children", "door")
"""First-time facts of which several may be true."""
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "texts": ("summary.", "description.", "title.", "place_note.", "price_note.", "registration_note.", "subject."),
    "series": ("interval", "weekdays", "position", "times"),
    "place": ("new_place_", "online_url"),
    "spoken": ("spoken.", "promise.", "no_language"),
    "sign_up": ("registration_each_time", "registration_languages", "mid_season"),
    "audience": ("audiences", "min_age", "max_age"),
    "access": ("access.",),
    "first_time": ("first_time.", "nearest_stop", "first_time_note."),
    "contact": ("contact_", "link"),
}
"""The groups that are closed at first, each with the beginnings of its fields' names."""


@dataclass(frozen=True, slots=True)
class Written:
    """One language that the text can be written in."""

    tag: str
    name: str
    direction: str
    begun: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """What the templates of the form ask for. `open` names the groups in which something is wrong; `elsewhere` says
    that something was told of a new place or of taking part online."""

    form: Form
    dates: Dates
    places: Places
    place_words: str
    types: Mapping[str, str]
    kinds: Options
    subjects: tuple[tuple[str, Options], ...]
    subject_rows: int
    repeats: Options
    weekdays: Options
    positions: Options
    languages: Options
    promises: Options
    spoken_rows: int
    prices: Options
    units: Options
    groups: Options
    price_rows: int
    registrations: Options
    audiences: Options
    areas: Options
    access: tuple[tuple[str, str, Options], ...]
    first_time: tuple[tuple[str, str, Options, bool], ...]
    original: Written
    others: tuple[Written, ...]
    missing: str
    title_status: str
    open: frozenset[str]
    elsewhere: bool
    limits: Mapping[str, int]


def form_view(
    fields: Mapping[str, str],
    problems: Sequence[Problem],
    language: Language,
    *,
    places: Places,
    place_words: str,
    place_access: Mapping[str, bool],
    written: Iterable[str],
    today: date,
) -> FormView:
    """The form with these fields. `written` are the languages offered for the text, `place_access` what the chosen
    place's register entry says."""
    # One value made of many fields, each in its line: no part of it would read better alone.
    _ = language.gettext
    form = form_of(fields, problems, today=today)
    original = fields.get("original_language") or "fi"
    texts = _texts(fields, original, written, language)
    return FormView(
        form=form,
        dates=dates_view(fields, language, today=today),
        places=places,
        place_words=place_words,
        types=_types(form),
        kinds=_options(language, "kind", vocabulary.KINDS),
        subjects=_subjects(language),
        subject_rows=max(form_fields.SUBJECTS_SHOWN, min(len(subjects(fields)) + 1, form_fields.MOST_SUBJECTS)),
        repeats=_repeats(fields, language),
        weekdays=[(str(n), write_date(MONDAY.replace(day=n), "weekday", language)) for n in range(1, 8)],
        positions=_positions(language),
        languages=[("", _("Choose")), *_options(language, "language", vocabulary.LANGUAGES)],
        promises=_options(language, "promise", vocabulary.PROMISES),
        spoken_rows=max(form_fields.SPOKEN_SHOWN, min(len(promises(fields)) + 1, form_fields.MOST_SPOKEN)),
        prices=_options(language, "price", vocabulary.PRICES),
        units=_with_amount("price unit", vocabulary.PRICE_UNITS, language),
        groups=_with_amount("price group", vocabulary.PRICE_GROUPS, language),
        price_rows=PRICE_ROWS,
        registrations=_options(language, "registration", vocabulary.REGISTRATIONS),
        audiences=_options(language, "audience", vocabulary.AUDIENCES),
        areas=[("", _("Not told")), *_options(language, "area", vocabulary.AREAS)],
        access=_access(place_access, language),
        first_time=_first_time(fields, language),
        original=texts[0],
        others=texts[1:],
        missing=language.pgettext("list", ", ").join(text.name for text in texts[1:] if not text.begun),
        title_status=status_in_title(fields.get(f"title.{original}", ""))[0],
        open=_open(form),
        elsewhere=any(form.value(name) for name in (*NEW_PLACE, "online", "online_url")),
        limits=TEXT_LIMITS,
    )


def _options(language: Language, context: str, keys: Iterable[str]) -> Options:
    return [(key, label(language, context, key)) for key in keys]


def _subjects(language: Language) -> tuple[tuple[str, Options], ...]:
    """Activities under their categories; each group ends with the category itself."""
    _ = language.gettext
    groups = []
    for category in vocabulary.CATEGORIES:
        name = label(language, "category", category)
        keys = [key for key, known in vocabulary.ACTIVITIES.items() if known.category == category]
        rows = [(f"a:{key}", label(language, "activity", key)) for key in keys]
        groups.append((name, [*rows, (f"c:{category}", _("Other: {name}").format(name=name))]))
    return tuple(groups)


def _repeats(fields: Mapping[str, str], language: Language) -> Options:
    _ = language.gettext
    imported = [("rule", _("By the rule that came with it"))] if fields.get("repeats") == "rule" else []
    return [
        ("once", _("One date, or several days on end")),
        ("weekly", _("Every week, or every second week")),
        ("dates", _("Several dates that I list")),
        ("monthly_weekday", _("Every month on the same weekday")),
        ("monthly_day", _("Every month on the same day")),
        ("daily", _("Every day")),
        *imported,
    ]


def _positions(language: Language) -> Options:
    _ = language.gettext
    return [
        ("", _("as on the first date")),
        ("1", _("the first of the month")),
        ("2", _("the second of the month")),
        ("3", _("the third of the month")),
        ("4", _("the fourth of the month")),
        ("-1", _("the last of the month")),
    ]


def _with_amount(context: str, keys: Iterable[str], language: Language) -> Options:
    """Units and groups as they will be read, with a mark for the amount."""
    return [(key, label(language, context, key).format(amount="… €", price="… €")) for key in keys]


def _access(place: Mapping[str, bool], language: Language) -> tuple[tuple[str, str, Options], ...]:
    """Whoever answers chooses the sentence that is published, since «No steps: no» can be read both ways."""
    _ = language.gettext
    found = []
    for key in vocabulary.ACCESS:
        known = access_answer(language, key, place[key]) if key in place else _("Not known")
        as_there = _("As the place’s details say: {answer}").format(answer=known)
        found.append((f"access.{key}", access_name(language, key), [("", as_there), *access_answers(language, key)]))
    return tuple(found)


def _first_time(fields: Mapping[str, str], language: Language) -> tuple[tuple[str, str, Options, bool], ...]:
    """(field, its name, options, whether several may be chosen)."""
    _ = language.gettext
    names = {
        "alone": _("Coming alone"),
        "met_by": _("Who meets a newcomer"),
        "door": _("Which door"),
        "bring": _("What to bring"),
        "equipment": _("Equipment"),
        "children": _("Children"),
        "food": _("Food and drink"),
        "diet": _("The food is"),
        "alcohol_free": _("Alcohol"),
        "photos": _("Photographs"),
        "late": _("Coming late"),
    }
    found = []
    for fact, values in vocabulary.FIRST_TIME.items():
        several = fact in SEVERAL or "," in fields.get(f"first_time.{fact}", "")
        options = _options(language, f"first time {fact}", values)
        found.append(
            (f"first_time.{fact}", names[fact], options if several else [("", _("Not told")), *options], several)
        )
    return tuple(found)


def _texts(fields: Mapping[str, str], original: str, written: Iterable[str], language: Language) -> tuple[Written, ...]:
    """The original language, then the others: those offered, and those in which something is written."""
    begun = [tag for tag in vocabulary.LANGUAGES if any(f"{name}.{tag}" in fields for name in TEXT_LIMITS)]
    tags = dict.fromkeys((original, *written, *begun))
    return tuple(
        _written(tag, begun=tag in begun, language=language)
        for tag in tags
        if tag in vocabulary.LANGUAGES or tag == original
    )


def _written(tag: str, *, begun: bool, language: Language) -> Written:
    if tag not in vocabulary.LANGUAGES:
        return Written(tag, tag, "auto", begun)
    return Written(tag, label(language, "language", tag), vocabulary.LANGUAGES[tag].direction, begun)


def _types(form: Form) -> dict[str, str]:
    kinds = {**dict.fromkeys(form_fields.DATE_FIELDS, "date"), **dict.fromkeys(form_fields.TIME_FIELDS, "time")}
    return {name: input_type(kind, form.value(name)) for name, kind in kinds.items()}


def _open(form: Form) -> frozenset[str]:
    wrong = [problem.field for problem in form.problems]
    return frozenset(
        group for group, beginnings in GROUPS.items() if any(name.startswith(beginnings) for name in wrong)
    )
