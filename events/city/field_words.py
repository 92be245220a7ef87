"""The fields of an event and their values in the reader's words. Pure."""

from collections.abc import Mapping
from typing import Final

from events.domain.labels import access_answer, access_name, label
from web.i18n import Language

CONTEXTS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "category": "category",
    "activities": "activity",
    "audiences": "audience",
    "price": "price",
    "registration": "registration",
    "registration_languages": "language",
    "original_language": "language",
}
"""The vocabulary that a field's values stand in."""


def field_name(name: str, language: Language) -> tuple[str, str]:
    """(what a field is called, the language it is written in, if it is text)."""
    kind, _, rest = name.partition(".")
    known = _names(language)
    if kind in _texts(language):
        words = _texts(language)[kind]
        return f"{words} ({label(language, 'language', rest)})", rest
    if kind == "access":
        return access_name(language, rest), ""
    if kind == "first_time":
        return _first_time(language).get(rest, language.gettext("First time here")), ""
    return known.get(name, known.get(kind, language.gettext("Other facts"))), ""


def field_value(name: str, text: str, language: Language) -> str:
    """What a field says; empty where it says nothing."""
    kind, _, rest = name.partition(".")
    if not text:
        return ""
    if kind == "promises":
        return ", ".join(_promise(part, language) for part in text.split(","))
    if kind in CONTEXTS:
        return ", ".join(label(language, CONTEXTS[kind], key) for key in text.split(","))
    if kind == "first_time":
        return ", ".join(label(language, f"first time {rest}", key) for key in text.split(","))
    if kind == "access":
        return access_answer(language, rest, text == "yes")
    if text == "yes":
        return language.gettext("yes")
    return language.gettext("no") if text == "no" else text


def _promise(text: str, language: Language) -> str:
    code, _, promise = text.partition(":")
    return f"{label(language, 'language', code)} ({label(language, 'promise', promise)})"


def _texts(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "description": _("Text"),
        "place_note": _("Note on the place"),
        "price_note": _("Note on the price"),
        "registration_note": _("Note on sign-up"),
        "first_time_note": _("Note for newcomers"),
    }


def _names(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "kind": _("Event, hobby or volunteering"),
        "category": _("Category"),
        "activities": _("Activities"),
        "audiences": _("For whom"),
        "promises": _("Languages"),
        "no_language": _("No shared language needed"),
        "original_language": _("Written in"),
        "online": _("Online"),
        "online_url": _("Address to take part online"),
        "registration": _("Sign-up"),
        "registration_link": _("Link to sign up"),
        "registration_email": _("E-mail address to sign up"),
        "registration_phone": _("Telephone to sign up"),
        "registration_each_time": _("Sign-up each time"),
        "registration_languages": _("Languages of the sign-up"),
        "registration_closes_date": _("Sign-up closes"),
        "registration_closes_time": _("Sign-up closes at"),
        "mid_season": _("One can start mid-season"),
        "min_age": _("Youngest"),
        "max_age": _("Oldest"),
        "nearest_stop": _("Nearest stop"),
        "contact_email": _("E-mail address"),
        "contact_phone": _("Telephone"),
        "link": _("Link"),
    }


def _first_time(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "alone": _("Coming alone"),
        "met_by": _("Who meets newcomers"),
        "door": _("Door"),
        "bring": _("Bring"),
        "equipment": _("Equipment"),
        "children": _("Children"),
        "food": _("Food"),
        "diet": _("Diet"),
        "alcohol_free": _("Alcohol"),
        "photos": _("Photos"),
        "late": _("Coming late"),
    }
