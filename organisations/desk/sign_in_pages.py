"""Signing in and out: parse, ask, respond. No GET signs anybody in: programs open links before people do."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import sessions, sign_in
from organisations.desk import session_cookies
from organisations.desk.responses import back_to, retry_after, show, too_many_tries
from organisations.feedback import own_path
from organisations.permissions import cookie_name, visitor_or_none
from organisations.sign_in import Outcome
from organisations.tokens import hashed
from web.client_address import client_mark
from web.form_body import read_form
from web.forms import Form, Reading
from web.page import with_query
from web.rate_limits import allowed, forget
from web.site import language_of, site_of

QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
LETTERS_PER_CLIENT: Final = 30
LETTERS_PER_CLIENT_AND_ADDRESS: Final = 10
LETTERS_PER_ADDRESS: Final = 20
"""The last is for an hour, the others for a quarter of one."""
CODES_PER_CLIENT: Final = 10
LINKS_PER_CLIENT: Final = 30


async def show_sign_in(request: Request) -> Response:
    """`/{lang}/sign-in`: who are you?"""
    return _sign_in_page(request, Form())


async def ask_for_letter(request: Request) -> Response:
    """`POST /{lang}/sign-in`: a letter to any address that looks like one."""
    language, now = language_of(request), site_of(request).now()
    reading = Reading(await read_form(request), language)
    email = reading.email("email", missing=language.gettext("Write your e-mail address.")).lower()
    if reading.form.problems:
        return _sign_in_page(request, reading.form, status=422)
    wait = await _too_many_letters(request, email, now)
    if wait is not None:
        form = reading.form.with_problem("", too_many_tries(wait, language))
        return _sign_in_page(request, form, status=429, headers=retry_after(wait))
    return await _send(request, email, now)


async def show_code_form(request: Request) -> Response:
    """`/{lang}/sign-in/code`: what does the letter say?"""
    return await _code_page(request, Form())


async def try_code(request: Request) -> Response:
    """`POST /{lang}/sign-in/code`: sign in, or say what is wrong with the code."""
    language, now = language_of(request), site_of(request).now()
    sent = await read_form(request)
    code = "".join(sign for sign in sent.value("code") if sign.isdigit())[:20]
    form = Form({"code": (code,), "shared": sent.all("shared")})
    key = f"code {await client_mark(request, now=now)}"
    wait = await allowed(key, most=CODES_PER_CLIENT, within=QUARTER, now=now)
    if wait is not None:
        form = form.with_problem("code", too_many_tries(wait, language))
        return await _code_page(request, form, status=429, headers=retry_after(wait))
    if len(code) != 6:
        return await _code_page(request, form.with_problem("code", language.gettext("The code has six digits.")), 422)
    outcome, email = await sign_in.try_code(session_cookies.waiting(request), code, now=now)
    if outcome == Outcome.RIGHT:
        await forget(key)
        return await _welcome(request, email, shared=bool(sent.value("shared")), now=now)
    wrong = {
        Outcome.WRONG: language.gettext("That is not the code in the letter. Look again."),
        Outcome.EXPIRED: language.gettext("This code no longer works. Have a new one sent to you."),
    }[outcome]
    return await _code_page(request, form.with_problem("code", wrong), 422)


async def renew_letter(request: Request) -> Response:
    """`POST /{lang}/sign-in/renewal`: another letter to the same address."""
    now = site_of(request).now()
    asked = await sign_in.asked(session_cookies.waiting(request), now=now)
    if asked is None:
        return back_to(request, "sign-in")
    wait = await _too_many_letters(request, asked.email, now)
    if wait is not None:
        form = Form().with_problem("", too_many_tries(wait, language_of(request)))
        return await _code_page(request, form, status=429, headers=retry_after(wait))
    return await _send(request, asked.email, now, done="letter")


async def show_link(request: Request) -> Response:
    """`/{lang}/sign-in/{secret}`: the page of a letter's link, with one button."""
    email = await sign_in.link_email(request.path_params["secret"], now=site_of(request).now())
    return _link_page(request, email)


async def use_link(request: Request) -> Response:
    """`POST /{lang}/sign-in/{secret}`: sign in this browser, whichever it is."""
    now = site_of(request).now()
    wait = await allowed(f"link {await client_mark(request, now=now)}", most=LINKS_PER_CLIENT, within=QUARTER, now=now)
    if wait is not None:
        form = Form().with_problem("", too_many_tries(wait, language_of(request)))
        return _sign_in_page(request, form, status=429, headers=retry_after(wait))
    sent = await read_form(request)
    email = await sign_in.use_link(request.path_params["secret"], now=now)
    if not email:
        return _link_page(request, "")
    return await _welcome(request, email, shared=bool(sent.value("shared")), now=now)


async def sign_out(request: Request) -> Response:
    """`POST /{lang}/sign-out`: this browser forgets everything; with `everywhere` all others are signed out too."""
    sent = await read_form(request)
    visitor = visitor_or_none(request)
    await sessions.end_by_secret(request.cookies.get(cookie_name(request), ""))
    if visitor and sent.value("everywhere"):
        await sessions.end_sessions(visitor.person_id)
    return session_cookies.signed_out(request)


async def show_signed_out(request: Request) -> Response:
    """`/{lang}/signed-out`: it is done."""
    return show(request, "desk/signed_out.html", language_of(request).gettext("You are signed out"), "signed-out")


async def _send(request: Request, email: str, now: datetime, *, done: str = "") -> Response:
    language, next_address = language_of(request), _next_address(request)
    handle = await sign_in.ask(email, next_address=next_address, site=site_of(request), language=language, now=now)
    query = urlencode({name: value for name, value in (("next", next_address), ("done", done)) if value}, safe="/")
    response = RedirectResponse(with_query(f"/{language.code}/sign-in/code", query), 303)
    session_cookies.wait(request, response, handle)
    return response


async def _welcome(request: Request, email: str, *, shared: bool, now: datetime) -> Response:
    """Signed in: on to where she wanted to go."""
    session = await session_cookies.signed_in(request, email, shared=shared, now=now)
    response = RedirectResponse(_next_address(request) or f"/{language_of(request).code}/desk/", 303)
    session_cookies.remember(request, response, session.secret, shared=shared)
    return response


async def _too_many_letters(request: Request, email: str, now: datetime) -> timedelta | None:
    """How long to wait before another letter may be asked for; the same for addresses known and unknown."""
    client, address = await client_mark(request, now=now), hashed(email)
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


def _next_address(request: Request) -> str:
    """Where to go afterwards: a page of this site or nowhere."""
    return own_path(request.query_params.get("next", ""), site_of(request).settings.base_url)


def _next_query(request: Request) -> str:
    address = _next_address(request)
    return urlencode({"next": address}, safe="/") if address else ""


def _sign_in_page(
    request: Request, form: Form, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    title = language_of(request).gettext("Sign in")
    return show(
        request,
        "desk/sign_in.html",
        title,
        "sign-in",
        status=status,
        headers=headers,
        form=form,
        query=_next_query(request),
    )


async def _code_page(
    request: Request, form: Form, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    language, now = language_of(request), site_of(request).now()
    asked = await sign_in.asked(session_cookies.waiting(request), now=now)
    if asked is None:
        return RedirectResponse(with_query(f"/{language.code}/sign-in", _next_query(request)), 303)
    return show(
        request,
        "desk/code.html",
        language.gettext("Type the code from the letter"),
        "sign-in/code",
        status=status,
        headers=headers,
        form=form,
        asked=asked,
        query=_next_query(request),
        minutes=sign_in.MINUTES,
    )


def _link_page(request: Request, email: str) -> Response:
    title = language_of(request).gettext("Sign in") if email else language_of(request).gettext("The link is over")
    return show(
        request,
        "desk/link.html",
        title,
        f"sign-in/{request.path_params['secret']}",
        status=200 if email else 410,
        secret=True,
        email=email,
        query=_next_query(request),
    )
