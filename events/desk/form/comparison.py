"""The comparison of two versions of one form, field by field, to choose from. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from events.desk.form.dates import dates_view
from events.desk.form.fields import typed_apart
from events.domain import vocabulary
from events.domain.labels import access_answer, access_name, label
from events.editing.drafts import WHEN, canonical, group_of, without_status
from events.editing.input.facts import one_place
from events.editing.input.fields import Payload
from web.i18n import Language

SHOWN_DATES = 3
TICKS: Final = ("no_language", "online", "registration_each_time", "mid_season", "own_address_ok", "title_ok")
"""What is ticked or not: each says yes to its own words, which stand beside it in the form."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that is said differently: its field on the page, what it is about, and both texts. `tag` is the
    language of what somebody typed, empty where it was chosen from a list."""

    field: str
    name: str
    mine: str
    theirs: str
    tag: str
    direction: str


def pairs(
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    names: Iterable[str],
    language: Language,
    *,
    places: Mapping[str, str],
    today: date,
) -> tuple[Pair, ...]:
    """What differs between two forms among these fields; fields that belong together stand together."""
    found = []
    for group in dict.fromkeys(group_of(name) for name in names):
        tag = group.rpartition(".")[2] if "." in group else ""
        spoken = vocabulary.LANGUAGES.get(tag)
        one, other = (_said(group, fields, language, places, today) for fields in (mine, theirs))
        direction = spoken.direction if spoken else ""
        found.append(Pair(f"pick.{group}", _name(group, language), one, other, tag if spoken else "", direction))
    return tuple(found)


def changed(base: Mapping[str, str], fields: Mapping[str, str], language: Language, *, today: date) -> str:
    """What a form says otherwise than the event from which it began, each thing named once; empty for nothing."""
    stood, stands = (canonical(without_status(each), today=today) for each in (base, fields))
    groups = dict.fromkeys(group_of(name) for name in typed_apart(stood, stands))
    return language.pgettext("list", ", ").join(dict.fromkeys(_name(group, language) for group in groups))


def chosen(mine: Mapping[str, str], theirs: Mapping[str, str], picked: Mapping[str, str]) -> Payload:
    """My form with the other's words where those were picked: `picked` maps a group to «mine» or «theirs»."""
    names = {*mine, *theirs}
    taken = {name: (theirs if picked.get(group_of(name)) == "theirs" else mine).get(name, "") for name in names}
    return {name: text for name, text in taken.items() if text}


def _said(group: str, fields: Mapping[str, str], language: Language, places: Mapping[str, str], today: date) -> str:
    """What one side says, in words."""
    if group == WHEN:
        dates = dates_view(fields, language, today=today)
        more = ("…",) if len(dates.lines) > SHOWN_DATES else ()
        return dates.problem or language.pgettext("list", ", ").join((*dates.lines[:SHOWN_DATES], *more))
    if group == "place":
        return places.get(one_place(fields).get("place", ""), "") or fields.get("new_place_name", "")
    if group == "price":
        amounts = [fields[name] for name in sorted(fields) if name.startswith("amount.")]
        return language.pgettext("list", ", ").join(
            [label(language, "price", fields.get("price", "unknown")), *amounts]
        )
    if group == "image":
        return language.gettext("A picture") if fields.get("image") else ""
    return _worded(group, fields.get(group, ""), language)


def _worded(group: str, text: str, language: Language) -> str:
    """A key of a list in the reader's words; what was typed as it is."""
    base, _, rest = group.partition(".")
    contexts = {
        "kind": "kind",
        "category": "category",
        "activities": "activity",
        "audiences": "audience",
        "original_language": "language",
        "registration": "registration",
        "registration_languages": "language",
        "first_time": f"first time {rest}",
    }
    between = language.pgettext("list", ", ")
    if base == "promises":
        halves = (part.partition(":") for part in text.split(",") if part)
        return between.join(
            f"{label(language, 'language', code)} ({label(language, 'promise', kind)})" for code, _, kind in halves
        )
    if base in contexts:
        return between.join(label(language, contexts[base], key) for key in text.split(",") if key)
    if base == "access":
        return access_answer(language, rest, text == "yes") if text else ""
    if base in TICKS or text == "yes":
        return language.gettext("Yes") if text else language.gettext("No")
    return text


def _name(group: str, language: Language) -> str:
    """What a group of fields is about."""
    _ = language.gettext
    base, _dot, rest = group.partition(".")
    if base == "access":
        return access_name(language, rest)
    names = {
        WHEN: _("Date"),
        "place": _("Place"),
        "price": _("Price"),
        "image": _("Picture"),
        "kind": _("What sort it is"),
        "category": _("What is done there"),
        "activities": _("What is done there"),
        "promises": _("In which language?"),
        "no_language": _("No shared language is needed"),
        "audiences": _("For whom"),
        "min_age": _("Youngest age"),
        "max_age": _("Oldest age"),
        "online": _("One can take part online"),
        "registration_each_time": _("One signs up each time anew"),
        "mid_season": _("One can join in the middle of the season"),
        "own_address_ok": _("A person’s own address may be shown"),
        "title_ok": _("The word belongs to the name"),
        "online_url": _("Web address at which people take part"),
        "original_language": _("Language in which you write"),
        "nearest_stop": _("Nearest bus stop"),
        "link": _("Web page about it"),
        "first_time": _("First time here?"),
        "title": _("Name"),
        "contact_email": _("Contact"),
        "contact_phone": _("Contact"),
    }
    known = names.get(base) or (_("Sign-up") if base.startswith("registration") else _("Text"))
    return f"{known} ({label(language, 'language', rest)})" if rest in vocabulary.LANGUAGES else known
