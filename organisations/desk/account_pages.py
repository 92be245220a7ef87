"""Handlers of one's own account."""

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from organisations import account_deletion, email_change, people, sessions
from organisations.desk import session_cookies
from organisations.desk.responses import DeskDependencies, back_to, number, retry_after, show, too_many_tries
from organisations.desk_context import DeskContext, desk_context_of
from web.dates import write_date
from web.form_body import read_form
from web.forms import Form, Reading
from web.rate_limits import allowed
from web.site import LOCAL_ZONE

LONGEST_NAME: Final = 120
LETTERS: Final = 5
"""Letters to new addresses that one person may have sent in an hour."""


async def show_account(request: Request) -> Response:
    """`/{lang}/desk/account`: who you are, where you are signed in, and the way out."""
    desk = desk_context_of(request)
    visitor = desk.visitor
    return await _page(desk, Form({"name": (visitor.name,), "language": (visitor.language,)}))


async def save_account(request: Request) -> Response:
    """`POST /{lang}/desk/account`: what you are called, and in which language you are written to."""
    desk = desk_context_of(request)
    language, visitor, site = desk.language, desk.visitor, desk.site
    reading = Reading(await read_form(request), language)
    name = reading.line("name", longest=LONGEST_NAME)
    chosen = reading.choice("language", site.languages, default=visitor.language)
    if reading.form.problems:
        return await _page(desk, reading.form, status=422)
    await people.describe(visitor.person_id, name=name, language=chosen)
    return back_to(desk, "desk/account", done="saved")


async def ask_for_address(request: Request) -> Response:
    """`POST /{lang}/desk/account/address`: a letter to the new address, to see whether it is hers."""
    desk = desk_context_of(request)
    language, visitor, site = desk.language, desk.visitor, desk.site
    reading = Reading(await read_form(request), language)
    email = reading.email("email", missing=language.gettext("Write your e-mail address.")).lower()
    if email == visitor.email:
        reading.problem("email", language.gettext("This is your address already."))
    if reading.form.problems:
        return await _page(desk, _with_name(visitor.name, visitor.language, reading.form), status=422)
    wait = await allowed(f"new address {visitor.person_id}", most=LETTERS, within=email_change.WITHIN, now=desk.now)
    if wait is not None:
        form = reading.form.with_problem("email", too_many_tries(wait, language))
        form = _with_name(visitor.name, visitor.language, form)
        return await _page(desk, form, status=429, headers=retry_after(wait))
    await email_change.ask(visitor.person_id, email, site=site, language=language, now=desk.now)
    return back_to(desk, "desk/account", done="confirm")


async def show_new_address(request: Request) -> Response:
    """`/{lang}/desk/account/address/{secret}`: the page of the letter's link, with one button."""
    desk = desk_context_of(request)
    visitor, now = desk.visitor, desk.now
    email = await email_change.new_address(desk.parameters["secret"], visitor.person_id, now=now)
    return _address_page(desk, email)


async def take_new_address(request: Request) -> Response:
    """`POST /{lang}/desk/account/address/{secret}`: from now on this is her address."""
    desk = desk_context_of(request)
    visitor, site = desk.visitor, desk.site
    taken = await email_change.take(
        desk.parameters["secret"], visitor.person_id, session_id=visitor.session_id, site=site, now=desk.now
    )
    if taken == email_change.Taking.OVER:
        return _address_page(desk, "")
    if taken == email_change.Taking.IN_USE:
        return _address_page(desk, "", in_use=True)
    return back_to(desk, "desk/account", done="address")


async def end_session(request: Request) -> Response:
    """`POST /{lang}/desk/account/sessions/{session}/removal`: sign one browser out."""
    desk = desk_context_of(request)
    visitor = desk.visitor
    session_id = number(desk.parameters["session"])
    ended = await sessions.end_session(session_id, visitor.person_id)
    if ended and session_id == visitor.session_id:
        return session_cookies.signed_out(desk)
    return back_to(desk, "desk/account", done="ended" if ended else "gone")


async def show_deletion(request: Request) -> Response:
    """`/{lang}/desk/account/deletion`: are you sure?"""
    desk = desk_context_of(request)
    return await _deletion_page(desk)


async def delete_account(request: Request) -> Response:
    """`POST /{lang}/desk/account/deletion`: the account is gone, and this browser knows nothing any more."""
    desk = desk_context_of(request)
    visitor = desk.visitor
    if not await account_deletion.delete_account(visitor.person_id, now=desk.now):
        return await _deletion_page(desk, status=422)
    return session_cookies.signed_out(desk, done="deleted")


class PersonalData:
    """The download of everything that is stored about a person."""

    def __init__(self, dependencies: DeskDependencies) -> None:
        self.dependencies = dependencies

    async def download_data(self, request: Request) -> Response:
        """`/{lang}/desk/account/data.json`"""
        desk = desk_context_of(request)
        person_id = desk.visitor.person_id
        everything = {**await people.export(person_id), **await self.dependencies.personal_data(person_id)}
        body = json.dumps(everything, ensure_ascii=False, indent=2)
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(body + "\n", headers={**headers, "Content-Type": "application/json; charset=utf-8"})


def _with_name(name: str, language: str, form: Form) -> Form:
    return Form({"name": (name,), "language": (language,), **form.given}, form.problems)


async def _page(desk: DeskContext, form: Form, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    language, visitor, site = desk.language, desk.visitor, desk.site
    browsers = [
        (session, write_date(session.last_seen.astimezone(LOCAL_ZONE).date(), "day and year", language))
        for session in await sessions.sessions_of(visitor.person_id, now=desk.now)
    ]
    return show(
        desk,
        "desk/account.html",
        language.gettext("My account"),
        "desk/account",
        status=status,
        headers=headers,
        form=form,
        browsers=browsers,
        choices=[(code, known.own_name) for code, known in site.languages.items()],
        longest=LONGEST_NAME,
    )


def _address_page(desk: DeskContext, email: str, *, in_use: bool = False) -> Response:
    language = desk.language
    title = language.gettext("Your new address") if email else language.gettext("The link is over")
    if in_use:
        title = language.gettext("This address has an account already")
    return show(
        desk,
        "desk/new_address.html",
        title,
        f"desk/account/address/{desk.parameters['secret']}",
        status=200 if email else 410,
        secret=True,
        email=email,
        in_use=in_use,
    )


async def _deletion_page(desk: DeskContext, *, status: int = 200) -> Response:
    bound = await account_deletion.bound_by(desk.visitor.person_id)
    title = desk.language.gettext("Delete my account")
    return show(desk, "desk/deletion.html", title, "desk/account/deletion", status=status, bound=bound)
