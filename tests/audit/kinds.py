"""Every kind of public page, each once: what everybody must be able to use."""

from __future__ import annotations

from tests.audit.furnishing import Furnished

LANGUAGES = ("fi", "sv", "en", "ru", "uk", "ar", "selko")
KINDS: dict[str, str] = {
    "choice of languages": "/",
    "home": "",
    "list": "events",
    "list, filtered": "events?in_language=ru,ar&promise=helper&when=month",
    "list, nothing found": "events?q=zzzz",
    "list, not understood": "events?start=banana&age=x",
    "month": "calendar/2026-12",
    "month, nothing in it": "calendar/2027-11?category=stage",
    "month, not understood": "calendar/2026-13",
    "event with every fact": "events/{everything}",
    "event, a cancelled date": "events/{everything}?date=2026-12-09",
    "event, cancelled": "events/{cancelled}",
    "event, over": "events/{over}",
    "share": "events/{everything}/share",
    "poster": "events/{everything}/poster",
    "print": "print?when=month",
    "subscribe": "subscribe?in_language=ru,uk",
    "organisations": "organisations",
    "organisation": "organisations/pulina",
    "about": "about",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "feedback": "feedback",
    "feedback, a wrong word": "feedback?kind=word&about=/fi/events",
    "feedback, thanks": "feedback/thanks",
    "widget": "widget",
    "widget, nothing found": "widget?q=zzzz",
    "widget builder": "widget/builder",
    "report": "events/{everything}/report",
    "propose": "propose",
    "propose, thanks": "propose/thanks",
    "sign-in": "sign-in",
    "signed out": "signed-out",
    "404": "nothing-of-the-kind",
    "410": "events/{gone}",
}
"""Name -> path behind the language; whole where it begins with a slash."""

REFUSED = {"404": 404, "410": 410, "month, not understood": 404}
"""The kinds that are not answered with 200, and how they are."""


def path_of(kind: str, language: str, site: Furnished) -> str:
    """The path of a kind of page in a language."""
    path = KINDS[kind].format(**site.events)
    return path if path.startswith("/") else f"/{language}/{path}"
