"""Reconfirmation by the link in a letter: a button for each event and one for all, without signing in."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events import sentences
from events.desk.status.reconfirmation import BETWEEN, MOST_AT_ONCE
from events.editing import reconfirmations
from events.editing.errors import EditRefused
from events.presenting.cards import Typed, title
from events.presenting.shown_date import shown_date
from events.storage.loading import load_events
from organisations.desk.responses import number, show
from organisations.desk_context import DeskContext, desk_context_of
from web.database.connection import fetch
from web.form_body import read_form
from web.links import with_query

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """An event that is asked about. `number` is its place in the link, from one."""

    number: int
    title: Typed
    when: str
    public_href: str
    desk_href: str


async def show_questions(request: Request) -> Response:
    """`/{lang}/confirmations/{secrets}`: what is still to be answered. Looking answers nothing."""
    desk = desk_context_of(request)
    language = desk.language
    questions = await _questions(desk)
    done = number(desk.asked("confirmed"))
    said = language.ngettext("Thank you! {n} event is confirmed.", "Thank you! {n} events are confirmed.", done)
    titles = (language.gettext("Is it still on?"), language.gettext("Thank you"), language.gettext("The link is over"))
    return show(
        desk,
        "desk/confirmation.html",
        titles[0] if questions else titles[1] if done else titles[2],
        f"confirmations/{desk.parameters['secrets']}",
        status=200 if questions or done else 410,
        secret=True,
        questions=questions,
        said=said.format(n=done) if done else "",
    )


async def take_answer(request: Request) -> Response:
    """`POST /{lang}/confirmations/{secrets}`: this one, or all of them, are still on."""
    desk = desk_context_of(request)
    chosen = (await read_form(request)).value("which")
    confirmed = 0
    for position, secret in enumerate(_secrets(desk), start=1):
        if chosen not in (ALL, str(position)):
            continue
        try:
            await reconfirmations.confirm_by_link(secret, now=desk.now)
        except EditRefused:
            # Somebody else has answered, or it is off by now: what is left is shown again.
            continue
        confirmed += 1
    address = f"/{desk.language.code}/confirmations/{desk.parameters['secrets']}"
    return RedirectResponse(with_query(address, f"confirmed={confirmed}" if confirmed else ""), 303)


def _secrets(desk: DeskContext) -> list[str]:
    text: str = desk.parameters["secrets"]
    return text.split(BETWEEN)[:MOST_AT_ONCE]


async def _questions(desk: DeskContext) -> list[Question]:
    site, language = desk.site, desk.language
    asked = [await reconfirmations.asked_about(secret, now=desk.now) for secret in _secrets(desk)]
    ids = [public_id for public_id in asked if public_id]
    if not ids:
        return []
    rows = await fetch(f"SELECT id, public_id FROM event WHERE public_id IN ({', '.join('?' * len(ids))})", *ids)
    numbers = {row["public_id"]: row["id"] for row in rows}
    events = await load_events(sorted(numbers.values()), with_dates=True)
    found = []
    for position, public_id in enumerate(asked, start=1):
        if public_id is None:
            continue
        event = events[numbers[public_id]]
        one = shown_date(event, "", site.midnight()).one
        found.append(
            Question(
                position,
                title(event, language),
                sentences.when(event, one, language, today=desk.today),
                f"/{language.code}/events/{public_id}",
                f"/{language.code}/desk/events/{public_id}",
            )
        )
    return found
