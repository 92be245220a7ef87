"""What readers have told the city, at its desk: the list with due dates, one message, its answer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from organisations import messages
from organisations.city import reasons
from organisations.city.responses import PER_PAGE, day_in_words, moment_in_words, paging, show_city, to_city
from organisations.desk.responses import number
from organisations.desk_context import DeskContext, desk_context_of
from organisations.feedback import LONGEST_TEXT
from organisations.messages import Told
from web.form_body import read_form
from web.forms import Form, Reading
from web.i18n import Language


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
    desk = desk_context_of(request)
    language = desk.language
    kinds = reasons.message_kinds(language)
    kind = desk.asked("kind")
    kind = kind if kind in dict(kinds) else ""
    closed = desk.asked("closed") == "1"
    asked = {"kind": kind, "closed": "1" if closed else ""}
    paged = paging(desk, "city/messages", await messages.count(kind, closed=closed), asked)
    found = await messages.messages(kind, closed=closed, offset=paged.offset, limit=PER_PAGE)
    return show_city(
        desk,
        "city/messages.html",
        language.gettext("Feedback and reports"),
        "city/messages",
        query=urlencode({name: value for name, value in asked.items() if value}),
        form=Form({name: (value,) for name, value in asked.items()}),
        kinds=kinds,
        closed=closed,
        paged=paged,
        messages=[_line(desk, told, language) for told in found],
        overdue=await messages.overdue(desk.today),
    )


async def show_message(request: Request) -> Response:
    """`/{lang}/city/messages/{message}`: one message, and how to answer it."""
    desk = desk_context_of(request)
    return await _page(desk, Form())


async def answer(request: Request) -> Response:
    """`POST …/answer`: by mail where an address was given; kept in any case."""
    desk = desk_context_of(request)
    language, site = desk.language, desk.site
    reading = Reading(await read_form(request), language)
    text = reading.block("answer", longest=LONGEST_TEXT, missing=language.gettext("Write the answer."))
    if reading.form.problems:
        return await _page(desk, reading.form, status=422)
    done = await messages.close(_number(desk), text, desk.visitor, site=site, now=desk.now)
    return to_city(desk, "city/messages", done="answered" if done else "gone")


async def close(request: Request) -> Response:
    """`POST …/closing`: nothing more to be done."""
    desk = desk_context_of(request)
    site = desk.site
    done = await messages.close(_number(desk), "", desk.visitor, site=site, now=desk.now)
    return to_city(desk, "city/messages", done="closed" if done else "gone")


async def reopen(request: Request) -> Response:
    """`POST …/reopening`: there is more to be done."""
    desk = desk_context_of(request)
    done = await messages.reopen(_number(desk), desk.visitor, now=desk.now)
    return to_city(desk, f"city/messages/{_number(desk)}", done="reopened" if done else "gone")


async def _page(desk: DeskContext, form: Form, *, status: int = 200) -> Response:
    language = desk.language
    told = await messages.message(_number(desk))
    if told is None:
        raise HTTPException(404)
    line = _line(desk, told, language)
    return show_city(
        desk, "city/message.html", line.kind, f"city/messages/{told.id}", status=status, form=form, line=line,
        longest=LONGEST_TEXT,
    )  # fmt: skip


def _line(desk: DeskContext, told: Told, language: Language) -> MessageLine:
    written_in = desk.site.languages.get(told.language)
    return MessageLine(
        told=told,
        kind=dict(reasons.message_kinds(language)).get(told.kind, told.kind),
        reason=dict(reasons.report_reasons(language)).get(told.reason, ""),
        came=moment_in_words(desk, told.created),
        due=day_in_words(desk, told.due),
        late=told.closed is None and told.due < desk.today,
        closed=moment_in_words(desk, told.closed) if told.closed else "",
        tag=written_in.tag if written_in else language.tag,
        direction="auto",
    )


def _number(desk: DeskContext) -> int:
    return number(desk.parameters["message"])
