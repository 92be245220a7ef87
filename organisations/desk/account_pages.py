"""One's own account: parse, ask, respond."""

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from organisations import account_deletion, email_change, people, sessions
from organisations.desk import session_cookies
from organisations.desk.responses import DeskDependencies, back_to, number, retry_after, show, too_many_tries
from organisations.permissions import visitor_of
from web.dates import write_date
from web.form_body import read_form
from web.forms import Form, Reading
from web.rate_limits import allowed
from web.site import LOCAL_ZONE, language_of, site_of

LONGEST_NAME: Final = 120
LETTERS: Final = 5
"""Letters to new addresses that one person may have sent in an hour."""


async def show_account(request: Request) -> Response:
    """`/{lang}/desk/account`: who you are, where you are signed in, and the way out."""
    visitor = visitor_of(request)
    return await _page(request, Form({"name": (visitor.name,), "language": (visitor.language,)}))


async def save_account(request: Request) -> Response:
    """`POST /{lang}/desk/account`: what you are called, and in which language you are written to."""
    language, visitor, site = language_of(request), visitor_of(request), site_of(request)
    reading = Reading(await read_form(request), language)
    name = reading.line("name", longest=LONGEST_NAME)
    chosen = reading.choice("language", site.languages, default=visitor.language)
    if reading.form.problems:
        return await _page(request, reading.form, status=422)
    await people.describe(visitor.person_id, name=name, language=chosen)
    return back_to(request, "desk/account", done="saved")


async def ask_for_address(request: Request) -> Response:
    """`POST /{lang}/desk/account/address`: a letter to the new address, to see whether it is hers."""
    language, visitor, site = language_of(request), visitor_of(request), site_of(request)
    reading = Reading(await read_form(request), language)
    email = reading.email("email", missing=language.gettext("Write your e-mail address.")).lower()
    if email == visitor.email:
        reading.problem("email", language.gettext("This is your address already."))
    if reading.form.problems:
        return await _page(request, _with_name(visitor.name, visitor.language, reading.form), status=422)
    wait = await allowed(f"new address {visitor.person_id}", most=LETTERS, within=email_change.WITHIN, now=site.now())
    if wait is not None:
        form = reading.form.with_problem("email", too_many_tries(wait, language))
        form = _with_name(visitor.name, visitor.language, form)
        return await _page(request, form, status=429, headers=retry_after(wait))
    await email_change.ask(visitor.person_id, email, site=site, language=language, now=site.now())
    return back_to(request, "desk/account", done="confirm")


async def show_new_address(request: Request) -> Response:
    """`/{lang}/desk/account/address/{secret}`: the page of the letter's link, with one button."""
    visitor, now = visitor_of(request), site_of(request).now()
    email = await email_change.new_address(request.path_params["secret"], visitor.person_id, now=now)
    return _address_page(request, email)


async def take_new_address(request: Request) -> Response:
    """`POST /{lang}/desk/account/address/{secret}`: from now on this is her address."""
    visitor, site = visitor_of(request), site_of(request)
    taken = await email_change.take(
        request.path_params["secret"], visitor.person_id, session_id=visitor.session_id, site=site, now=site.now()
    )
    if taken == email_change.Taking.OVER:
        return _address_page(request, "")
    if taken == email_change.Taking.IN_USE:
        return _address_page(request, "", in_use=True)
    return back_to(request, "desk/account", done="address")


async def end_session(request: Request) -> Response:
    """`POST /{lang}/desk/account/sessions/{session}/removal`: sign one browser out."""
    visitor = visitor_of(request)
    session_id = number(request.path_params["session"])
    ended = await sessions.end_session(session_id, visitor.person_id)
    if ended and session_id == visitor.session_id:
        return session_cookies.signed_out(request)
    return back_to(request, "desk/account", done="ended" if ended else "gone")


async def show_deletion(request: Request) -> Response:
    """`/{lang}/desk/account/deletion`: are you sure?"""
    return await _deletion_page(request)


async def delete_account(request: Request) -> Response:
    """`POST /{lang}/desk/account/deletion`: the account is gone, and this browser knows nothing any more."""
    visitor = visitor_of(request)
    if not await account_deletion.delete_account(visitor.person_id, now=site_of(request).now()):
        return await _deletion_page(request, status=422)
    return session_cookies.signed_out(request, done="deleted")


class PersonalData:
    """The download of everything that is stored about a person."""

    def __init__(self, lent: DeskDependencies) -> None:
        self.lent = lent

    async def download_data(self, request: Request) -> Response:
        """`/{lang}/desk/account/data.json`"""
        person_id = visitor_of(request).person_id
        everything = {**await people.export(person_id), **await self.lent.personal_data(person_id)}
        body = json.dumps(everything, ensure_ascii=False, indent=2)
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(body + "\n", headers={**headers, "Content-Type": "application/json; charset=utf-8"})


def _with_name(name: str, language: str, form: Form) -> Form:
    return Form({"name": (name,), "language": (language,), **form.given}, form.problems)


async def _page(request: Request, form: Form, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    language, visitor, site = language_of(request), visitor_of(request), site_of(request)
    browsers = [
        (session, write_date(session.last_seen.astimezone(LOCAL_ZONE).date(), "day and year", language))
        for session in await sessions.sessions_of(visitor.person_id, now=site.now())
    ]
    return show(
        request,
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


def _address_page(request: Request, email: str, *, in_use: bool = False) -> Response:
    language = language_of(request)
    title = language.gettext("Your new address") if email else language.gettext("The link is over")
    if in_use:
        title = language.gettext("This address has an account already")
    return show(
        request,
        "desk/new_address.html",
        title,
        f"desk/account/address/{request.path_params['secret']}",
        status=200 if email else 410,
        secret=True,
        email=email,
        in_use=in_use,
    )


async def _deletion_page(request: Request, *, status: int = 200) -> Response:
    bound = await account_deletion.bound_by(visitor_of(request).person_id)
    title = language_of(request).gettext("Delete my account")
    return show(request, "desk/deletion.html", title, "desk/account/deletion", status=status, bound=bound)
