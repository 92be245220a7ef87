"""Entries of the audit log in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from organisations.city import reasons
from organisations.city.audit_search import Entry
from organisations.city.responses import moment_in_words
from organisations.desk_context import DeskContext
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry: when, who, as what, what, to what, and more about it. `href` leads to what it was done to."""

    when: str
    who: str
    role: str
    what: str
    target: str
    href: str
    organisation: str
    organisation_href: str
    more: str


def lines(desk: DeskContext, entries: Iterable[Entry]) -> list[AuditLine]:
    """The entries in words, in the order given."""
    language = desk.language
    known, role_names = actions(language), roles(language)
    return [
        AuditLine(
            when=moment_in_words(desk, entry.at),
            who=entry.person,
            role=role_names.get(entry.role, entry.role),
            what=known.get(entry.action, entry.action),
            target="" if entry.target_kind == "proposal" else entry.target,
            href=_href(entry, language),
            organisation=entry.organisation,
            organisation_href=f"/{language.code}/city/organisations/{entry.slug}" if entry.slug else "",
            more=_more(entry, language),
        )
        for entry in entries
    ]


def _href(entry: Entry, language: Language) -> str:
    paths = {"event": "city/events", "organisation": "city/organisations", "place": "city/places"}
    paths["message"] = "city/messages"
    path = paths.get(entry.target_kind)
    return f"/{language.code}/{path}/{entry.target}" if path else ""


def _more(entry: Entry, language: Language) -> str:
    words = [
        *reasons.return_reasons(language),
        *reasons.event_return_reasons(language),
        *reasons.suspension_reasons(language),
        *reasons.withdrawal_reasons(language),
    ]
    parts = [dict(words).get(entry.detail.get("reason", ""), "")]
    if entry.detail.get("before_people"):
        before = language.join(language.isolated(name) for name in entry.detail["before_people"] if name)
        said = language.gettext("{before} before, {after} now")
        parts.append(said.format(before=before, after=language.isolated(entry.detail["person"])))
    elif entry.detail.get("person"):
        parts.append(language.isolated(entry.detail["person"]))
    return " · ".join(part for part in parts if part)


def roles(language: Language) -> dict[str, str]:
    """As what somebody acted."""
    _ = language.gettext
    return {
        "city": _("city"),
        "owner": _("owner"),
        "editor": _("editor"),
        "link": _("by the link in a letter"),
        "job": _("by itself"),
        "person": _("about herself or himself"),
        "operator": _("operator of the server"),
        "resident": _("resident"),
    }


def actions(language: Language) -> dict[str, str]:
    """What can be done, by its key in the audit log."""
    # A table of words: one row a recorded action.
    _ = language.gettext
    return {
        "applied": _("asked to publish"),
        "applied_again": _("asked to publish again"),
        "approved": _("approved"),
        "returned": _("sent back"),
        "suspended": _("suspended"),
        "reinstated": _("brought back"),
        "review_first": _("events are read first"),
        "review_later": _("events are public at once"),
        "profile_changed": _("changed the details"),
        "owner_appointed": _("named a new owner"),
        "invited": _("invited somebody"),
        "invitation_withdrawn": _("took an invitation back"),
        "joined": _("joined"),
        "role_changed": _("changed a role"),
        "member_removed": _("removed somebody"),
        "left": _("left"),
        "city_granted": _("became city staff"),
        "city_revoked": _("is no longer city staff"),
        "address_changed": _("changed the address to sign in"),
        "account_deleted": _("deleted the account"),
        "publish": _("published"),
        "submit": _("sent to the city"),
        "take_back": _("took back from the city"),
        "return": _("sent an event back"),
        "assign": _("gave to an organisation"),
        "edit": _("changed an event"),
        "split": _("made dates an event of their own"),
        "cancel": _("cancelled"),
        "postpone": _("put off"),
        "move": _("moved"),
        "full": _("said that it is full"),
        "not_full": _("said that there are places"),
        "reinstate": _("said that it takes place"),
        "withdraw": _("took off the calendar"),
        "confirm": _("confirmed"),
        "undo": _("undid"),
        "suggest": _("proposed an event"),
        "place_saved": _("saved a place"),
        "place_verified": _("checked a place"),
        "place_asked_again": _("took an answer about access away, to be asked again"),
        "place_answered": _("answered about access again"),
        "place_merged": _("merged places"),
        "place_separated": _("separated places"),
        "message_answered": _("answered a message"),
        "message_closed": _("closed a message"),
        "message_reopened": _("opened a message again"),
    }
