"""Handlers of signing in and out. No GET signs anybody in: programs open links before people do."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import sessions, sign_in
from organisations.desk import session_cookies
from organisations.desk.responses import back_to, retry_after, show, too_many_tries
from organisations.desk_context import DeskContext, desk_context_of
from organisations.feedback import own_path
from organisations.sign_in import Outcome
from organisations.tokens import hashed
from web.cleaning import as_code
from web.client_address import client_mark
from web.form_body import read_form
from web.forms import Form, Reading
from web.links import with_query
from web.rate_limits import allowed, forget

QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
LETTERS_PER_CLIENT: Final = 30
LETTERS_PER_CLIENT_AND_ADDRESS: Final = 5
LETTERS_PER_ADDRESS: Final = 10
"""The last is for an hour, the others for a quarter of one."""
CODES_PER_CLIENT: Final = 10
LINKS_PER_CLIENT: Final = 30


async def show_sign_in(request: Request) -> Response:
    """`/{lang}/sign-in`: who are you?"""
    desk = desk_context_of(request)
    return _sign_in_page(desk, Form())


async def ask_for_letter(request: Request) -> Response:
    """`POST /{lang}/sign-in`: a letter to any address that looks like one."""
    desk = desk_context_of(request)
    language, now = desk.language, desk.now
    reading = Reading(await read_form(request), language)
    email = reading.email("email", missing=language.gettext("Write your e-mail address.")).lower()
    if reading.form.problems:
        return _sign_in_page(desk, reading.form, status=422)
    wait = await _too_many_letters(desk, email, now)
    if wait is not None:
        form = reading.form.with_problem("", too_many_tries(wait, language))
        return _sign_in_page(desk, form, status=429, headers=retry_after(wait))
    return await _send(desk, email, now)


async def show_code_form(request: Request) -> Response:
    """`/{lang}/sign-in/code`: what does the letter say?"""
    desk = desk_context_of(request)
    return await _code_page(desk, Form())


async def try_code(request: Request) -> Response:
    """`POST /{lang}/sign-in/code`: sign in, or say what is wrong with the code."""
    desk = desk_context_of(request)
    language, now = desk.language, desk.now
    sent = await read_form(request)
    code = "".join(sign for sign in as_code(sent.value("code")) if sign.isdecimal())[:20]
    form = Form({"code": (code,), "shared": sent.all("shared")})
    key = f"code {await client_mark(desk.client, now=now)}"
    wait = await allowed(key, most=CODES_PER_CLIENT, within=QUARTER, now=now)
    if wait is not None:
        form = form.with_problem("code", too_many_tries(wait, language))
        return await _code_page(desk, form, status=429, headers=retry_after(wait))
    if len(code) != 6:
        return await _code_page(desk, form.with_problem("code", language.gettext("The code has six digits.")), 422)
    outcome, email = await sign_in.try_code(session_cookies.waiting(desk), code, now=now)
    if outcome == Outcome.RIGHT:
        await forget(key)
        return await _welcome(desk, email, shared=bool(sent.value("shared")), now=now)
    wrong = {
        Outcome.WRONG: language.gettext("That is not the code in the letter. Look again."),
        Outcome.EXPIRED: language.gettext("This code no longer works. Have a new one sent to you."),
    }[outcome]
    return await _code_page(desk, form.with_problem("code", wrong), 422)


async def renew_letter(request: Request) -> Response:
    """`POST /{lang}/sign-in/renewal`: another letter to the same address."""
    desk = desk_context_of(request)
    now = desk.now
    asked = await sign_in.asked(session_cookies.waiting(desk), now=now)
    if asked is None:
        return back_to(desk, "sign-in")
    wait = await _too_many_letters(desk, asked.email, now)
    if wait is not None:
        form = Form().with_problem("", too_many_tries(wait, desk.language))
        return await _code_page(desk, form, status=429, headers=retry_after(wait))
    return await _send(desk, asked.email, now, done="letter")


async def show_link(request: Request) -> Response:
    """`/{lang}/sign-in/{secret}`: the page of a letter's link, with one button."""
    desk = desk_context_of(request)
    email = await sign_in.link_email(desk.parameters["secret"], now=desk.now)
    return _link_page(desk, email)


async def use_link(request: Request) -> Response:
    """`POST /{lang}/sign-in/{secret}`: sign in this browser, whichever it is."""
    desk = desk_context_of(request)
    now = desk.now
    wait = await allowed(
        f"link {await client_mark(desk.client, now=now)}", most=LINKS_PER_CLIENT, within=QUARTER, now=now
    )
    if wait is not None:
        form = Form().with_problem("", too_many_tries(wait, desk.language))
        return _sign_in_page(desk, form, status=429, headers=retry_after(wait))
    sent = await read_form(request)
    email = await sign_in.use_link(desk.parameters["secret"], now=now)
    if not email:
        return _link_page(desk, "")
    return await _welcome(desk, email, shared=bool(sent.value("shared")), now=now)


async def sign_out(request: Request) -> Response:
    """`POST /{lang}/sign-out`: this browser forgets everything; with `everywhere` all others are signed out too."""
    desk = desk_context_of(request)
    sent = await read_form(request)
    visitor = desk.signed_in
    await sessions.end_by_secret(session_cookies.session_secret(desk))
    if visitor and sent.value("everywhere"):
        await sessions.end_sessions(visitor.person_id)
    return session_cookies.signed_out(desk)


async def show_signed_out(request: Request) -> Response:
    """`/{lang}/signed-out`: it is done."""
    desk = desk_context_of(request)
    return show(desk, "desk/signed_out.html", desk.language.gettext("You are signed out"), "signed-out")


async def _send(desk: DeskContext, email: str, now: datetime, *, done: str = "") -> Response:
    language, next_address = desk.language, _next_address(desk)
    handle = await sign_in.ask(email, next_address=next_address, site=desk.site, language=language, now=now)
    query = urlencode({name: value for name, value in (("next", next_address), ("done", done)) if value}, safe="/")
    response = RedirectResponse(with_query(f"/{language.code}/sign-in/code", query), 303)
    session_cookies.wait(desk, response, handle)
    return response


async def _welcome(desk: DeskContext, email: str, *, shared: bool, now: datetime) -> Response:
    """Signed in: on to where she wanted to go."""
    session = await session_cookies.signed_in(desk, email, shared=shared)
    response = RedirectResponse(_next_address(desk) or f"/{desk.language.code}/desk/", 303)
    session_cookies.remember(desk, response, session.secret, shared=shared)
    return response


async def _too_many_letters(desk: DeskContext, email: str, now: datetime) -> timedelta | None:
    """How long to wait before another letter may be asked for; the same for addresses known and unknown."""
    client, address = await client_mark(desk.client, now=now), hashed(email)
    limits = (
        (f"letters {client}", LETTERS_PER_CLIENT, QUARTER),
        (f"letters {client} {address}", LETTERS_PER_CLIENT_AND_ADDRESS, QUARTER),
        (f"letters {address}", LETTERS_PER_ADDRESS, HOUR),
    )
    for key, most, within in limits:
        wait = await allowed(key, most=most, within=within, now=now)
        if wait is not None:
            return wait
    return None


def _next_address(desk: DeskContext) -> str:
    """Where to go afterwards: a page of this site or nowhere."""
    return own_path(desk.asked("next"), desk.site.settings.base_url)


def _next_query(desk: DeskContext) -> str:
    address = _next_address(desk)
    return urlencode({"next": address}, safe="/") if address else ""


def _sign_in_page(
    desk: DeskContext, form: Form, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    title = desk.language.gettext("Sign in")
    return show(
        desk,
        "desk/sign_in.html",
        title,
        "sign-in",
        status=status,
        headers=headers,
        form=form,
        query=_next_query(desk),
    )


async def _code_page(
    desk: DeskContext, form: Form, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    language, now = desk.language, desk.now
    asked = await sign_in.asked(session_cookies.waiting(desk), now=now)
    if asked is None:
        return RedirectResponse(with_query(f"/{language.code}/sign-in", _next_query(desk)), 303)
    return show(
        desk,
        "desk/code.html",
        language.gettext("Type the code from the letter"),
        "sign-in/code",
        status=status,
        headers=headers,
        form=form,
        asked=asked,
        query=_next_query(desk),
        minutes=sign_in.MINUTES,
    )


def _link_page(desk: DeskContext, email: str) -> Response:
    title = desk.language.gettext("Sign in") if email else desk.language.gettext("The link is over")
    return show(
        desk,
        "desk/link.html",
        title,
        f"sign-in/{desk.parameters['secret']}",
        status=200 if email else 410,
        secret=True,
        email=email,
        query=_next_query(desk),
    )
