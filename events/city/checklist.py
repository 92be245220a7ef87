"""The checklist of an event before it is published: which facts are given, and which are missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Checklist:
    """The facts that are there, and those that are missing, in the order of the form."""

    told: tuple[str, ...]
    missing: tuple[str, ...]


def checklist(fields: Mapping[str, str], language: Language, *, organiser_contact: bool) -> Checklist:
    """The check of one form. Whom readers can ask may be told by its organisation."""
    facts = _facts(fields, language, organiser_contact=organiser_contact)
    return Checklist(
        told=tuple(name for name, there in facts if there),
        missing=tuple(name for name, there in facts if not there),
    )


def _facts(fields: Mapping[str, str], language: Language, *, organiser_contact: bool) -> list[tuple[str, bool]]:
    _ = language.gettext
    original = fields.get("original_language", "fi")
    contact = ("contact_email", "contact_phone", "link", "registration_email", "registration_phone")
    where = ("place", "new_place_name", "online_url")
    return [
        (_("title"), bool(fields.get(f"title.{original}"))),
        (_("time"), bool(fields.get("date") or fields.get("dates"))),
        (_("place"), any(fields.get(name) for name in where)),
        (_("what kind"), bool(fields.get("activities") or fields.get("category"))),
        (_("language"), bool(fields.get("promises") or fields.get("no_language"))),
        (_("price"), fields.get("price", "unknown") != "unknown"),
        (_("sign-up"), fields.get("registration", "unknown") != "unknown"),
        (_("contact"), organiser_contact or any(fields.get(name) for name in contact)),
        (_("text"), bool(fields.get(f"summary.{original}") or fields.get(f"description.{original}"))),
    ]
