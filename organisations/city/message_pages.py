"""What readers have told the city, at its desk: the list with due dates, one message, its answer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from organisations import message_queries
from organisations.city import reasons
from organisations.city.responses import day_in_words, moment_in_words, paging, show_city, to_city
from organisations.desk.responses import number
from organisations.feedback import LONGEST_TEXT
from organisations.message_queries import Told
from organisations.permissions import visitor_of
from web.form_body import read_form
from web.forms import Form, Reading
from web.i18n import Language
from web.site import language_of, site_of


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message in words. `late` says that it should have been answered before today."""

    told: Told
    kind: str
    reason: str
    came: str
    due: str
    late: bool
    closed: str
    tag: str
    direction: str


async def show_messages(request: Request) -> Response:
    """`/{lang}/city/messages?kind=…&closed=1`: what is overdue first."""
    language = language_of(request)
    kinds = reasons.message_kinds(language)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in dict(kinds) else ""
    closed = request.query_params.get("closed") == "1"
    asked = {"kind": kind, "closed": "1" if closed else ""}
    paged = paging(request, "city/messages", await message_queries.count(kind, closed=closed), asked)
    found = await message_queries.messages(kind, closed=closed, offset=paged.offset)
    return show_city(
        request,
        "city/messages.html",
        language.gettext("Feedback and reports"),
        "city/messages",
        query=urlencode({name: value for name, value in asked.items() if value}),
        form=Form({name: (value,) for name, value in asked.items()}),
        kinds=kinds,
        closed=closed,
        paged=paged,
        messages=[_line(request, told, language) for told in found],
        overdue=await message_queries.overdue(site_of(request).today()),
    )


async def show_message(request: Request) -> Response:
    """`/{lang}/city/messages/{message}`: one message, and how to answer it."""
    return await _page(request, Form())


async def answer(request: Request) -> Response:
    """`POST …/answer`: by mail where an address was given; kept in any case."""
    language, site = language_of(request), site_of(request)
    reading = Reading(await read_form(request), language)
    text = reading.block("answer", longest=LONGEST_TEXT, missing=language.gettext("Write the answer."))
    if reading.form.problems:
        return await _page(request, reading.form, status=422)
    done = await message_queries.close(_number(request), text, visitor_of(request), site=site, now=site.now())
    return to_city(request, "city/messages", done="answered" if done else "gone")


async def close(request: Request) -> Response:
    """`POST …/closing`: nothing more to be done."""
    site = site_of(request)
    done = await message_queries.close(_number(request), "", visitor_of(request), site=site, now=site.now())
    return to_city(request, "city/messages", done="closed" if done else "gone")


async def reopen(request: Request) -> Response:
    """`POST …/reopening`: there is more to be done."""
    done = await message_queries.reopen(_number(request), visitor_of(request), now=site_of(request).now())
    return to_city(request, f"city/messages/{_number(request)}", done="reopened" if done else "gone")


async def _page(request: Request, form: Form, *, status: int = 200) -> Response:
    language = language_of(request)
    told = await message_queries.message(_number(request))
    if told is None:
        raise HTTPException(404)
    line = _line(request, told, language)
    return show_city(
        request, "city/message.html", line.kind, f"city/messages/{told.id}", status=status, form=form, line=line,
        longest=LONGEST_TEXT,
    )  # fmt: skip


def _line(request: Request, told: Told, language: Language) -> MessageLine:
    written_in = site_of(request).languages.get(told.language)
    return MessageLine(
        told=told,
        kind=dict(reasons.message_kinds(language)).get(told.kind, told.kind),
        reason=dict(reasons.report_reasons(language)).get(told.reason, ""),
        came=moment_in_words(request, told.created),
        due=day_in_words(request, told.due),
        late=told.closed is None and told.due < site_of(request).today(),
        closed=moment_in_words(request, told.closed) if told.closed else "",
        tag=written_in.tag if written_in else language.tag,
        direction="auto",
    )


def _number(request: Request) -> int:
    return number(request.path_params["message"])
