"""Responses common to the desk: showing a page, the message after a change, refusals."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from starlette.responses import RedirectResponse, Response

from organisations.desk_context import DeskContext
from organisations.profiles import Changed
from web.forms import Form
from web.i18n import Language
from web.links import with_query
from web.page import Page, render
from web.request_context import RequestContext


@dataclass(frozen=True, slots=True)
class DeskDependencies:
    """What these pages need from `events`, passed in: lists to choose from, and functions that only it has.

    `label` says a key of a list in a language («area», «centre»); `personal_data` gives what else is stored about
    a person, as plain JSON.
    """

    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    spoken: tuple[str, ...]
    label: Callable[[Language, str, str], str]
    changed: Changed
    personal_data: Callable[[int], Awaitable[Mapping[str, Any]]]

    def options(self, language: Language, context: str, keys: tuple[str, ...]) -> list[tuple[str, str]]:
        """A list with its words."""
        return [(key, self.label(language, context, key)) for key in keys]


def show(
    desk: DeskContext,
    template: str,
    title: str,
    path: str,
    *,
    query: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    secret: bool = False,
    **values: Any,
) -> Response:
    """A page of the desk, with what has just been done said first. The path of a `secret` one stands on no page."""
    page = Page(title=title, path=path, query=query, noindex=True, secret=secret)
    return render(
        desk,
        template,
        page,
        status=status,
        headers=headers,
        visitor=desk.signed_in,
        done=notices(desk.language).get(desk.asked("done"), ""),
        query=query,
        no_form=Form(),
        **values,
    )


def back_to(context: RequestContext, path: str, *, done: str = "") -> Response:
    """Redirect to a page of the reader's language after a change."""
    address = f"/{context.language.code}/{path}"
    return RedirectResponse(with_query(address, f"done={done}" if done else ""), 303)


def notices(language: Language) -> dict[str, str]:
    """The messages that a page can show after a change."""
    _ = language.gettext
    return {
        "saved": _("Saved."),
        "letter": _("A new code is on its way."),
        "applied": _("Thank you! The city will look at your details, and you will get mail."),
        "invited": _("The invitation is on its way. It is valid for a week."),
        "withdrawn": _("The invitation no longer works."),
        "role": _("The role has been changed."),
        "removed": _("They no longer belong to the organisation."),
        "left": _("You no longer belong to the organisation."),
        "joined": _("Welcome! You belong to the organisation now."),
        "confirm": _("We have sent a letter to the new address. Open the link in it."),
        "address": _("Your address has been changed."),
        "ended": _("That browser has been signed out."),
        "deleted": _("Your account and everything about it has been deleted."),
        "last_owner": _("Somebody has to stay the owner. Make another person the owner first."),
        "full": _("There are enough open invitations. Withdraw some of them first."),
        "gone": _("That was no longer there."),
        "draft_deleted": _("The draft has been deleted."),
        "draft_again": _("The draft was gone. What you typed has been saved as a new one."),
    }


def retry_after(wait: timedelta) -> dict[str, str]:
    """The header of an answer 429."""
    return {"Retry-After": str(ceil(wait.total_seconds()))}


def too_many_tries(wait: timedelta, language: Language) -> str:
    """How long to wait after too many tries."""
    minutes = ceil(wait.total_seconds() / 60)
    return language.ngettext(
        "Too many tries. Please wait {n} minute and try again.",
        "Too many tries. Please wait {n} minutes and try again.",
        minutes,
    ).format(n=minutes)


def number(text: str) -> int:
    """An id in a path; 0, which no row has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
