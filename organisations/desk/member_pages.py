"""Handlers of an organisation's members and invitations."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import membership
from organisations.desk import session_cookies
from organisations.desk.responses import back_to, number, show
from organisations.desk_context import DeskContext, desk_context_of
from organisations.letter_limits import letter_allowed
from organisations.membership import LastOwnerError, TooManyError
from organisations.profiles import APPROVED, standing
from organisations.visitors import EDITOR, ROLES, ActingMembership
from web.client_address import client_mark
from web.dates import write_date
from web.form_body import read_form
from web.forms import Form, Reading
from web.site import LOCAL_ZONE


async def show_members(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/members`: everybody, and who is still invited."""
    desk = desk_context_of(request)
    return await _page(desk, Form({"role": (EDITOR,)}))


async def invite(request: Request) -> Response:
    """`POST …/invitations`: a letter to somebody."""
    desk = desk_context_of(request)
    language, acting, site = desk.language, desk.acting, desk.site
    reading = Reading(await read_form(request), language)
    email = reading.email(
        "email", missing=language.gettext("Write the e-mail address of the person you invite.")
    ).lower()
    role = reading.choice("role", ROLES, default=EDITOR)
    if email in {member.email for member in await membership.members(acting.organisation_id)}:
        reading.problem("email", language.gettext("This person belongs to the organisation already."))
    if not await _may_invite(acting):
        reading.problem("", language.gettext("You can invite people once the city has let the organisation in."))
    if reading.form.problems:
        return await _page(desk, reading.form, status=422)
    if not await _letter_allowed(desk, email):
        said = language.gettext("Enough letters have left for today. Please invite the others tomorrow.")
        return await _page(desk, reading.form.with_problem("", said), status=429)
    try:
        await membership.invite(acting, desk.visitor, email, role, site=site, language=language, now=desk.now)
    except TooManyError:
        return _back(desk, "full")
    return _back(desk, "invited")


async def withdraw_invitation(request: Request) -> Response:
    """`POST …/invitations/{invitation}/removal`: the letter no longer works."""
    desk = desk_context_of(request)
    invitation_id = number(desk.parameters["invitation"])
    now = desk.now
    gone = await membership.withdraw_invitation(desk.acting, desk.visitor, invitation_id, now=now)
    return _back(desk, "withdrawn" if gone else "gone")


async def change_role(request: Request) -> Response:
    """`POST …/members/{member}/role`: owner or editor."""
    desk = desk_context_of(request)
    sent = await read_form(request)
    role = sent.value("role") if sent.value("role") in ROLES else EDITOR
    member_id, now = number(desk.parameters["member"]), desk.now
    try:
        done = await membership.change_role(desk.acting, desk.visitor, member_id, role, now=now)
    except LastOwnerError:
        return _back(desk, "last_owner")
    return _back(desk, "role" if done else "gone")


async def remove_member(request: Request) -> Response:
    """`POST …/members/{member}/removal`: end a membership."""
    desk = desk_context_of(request)
    member_id, now = number(desk.parameters["member"]), desk.now
    try:
        done = await membership.remove(desk.acting, desk.visitor, member_id, now=now)
    except LastOwnerError:
        return _back(desk, "last_owner")
    return _back(desk, "removed" if done else "gone")


async def leave(request: Request) -> Response:
    """`POST …/departure`: end one's own membership."""
    desk = desk_context_of(request)
    try:
        await membership.leave(desk.acting, desk.visitor, now=desk.now)
    except LastOwnerError:
        return _back(desk, "last_owner")
    return back_to(desk, "desk/", done="left")


async def show_invitation(request: Request) -> Response:
    """`/{lang}/invitations/{secret}`: the page of an invitation's link, with one button."""
    desk = desk_context_of(request)
    offer = await membership.offer(desk.parameters["secret"], now=desk.now)
    return _invitation_page(desk, offer)


async def accept_invitation(request: Request) -> Response:
    """`POST /{lang}/invitations/{secret}`: join as whoever is signed in here, else as the address invited."""
    desk = desk_context_of(request)
    secret = desk.parameters["secret"]
    sent, visitor, now = await read_form(request), desk.signed_in, desk.now
    offer = await membership.offer(secret, now=now)
    if offer is None:
        return _invitation_page(desk, None)
    response = RedirectResponse(f"/{desk.language.code}/desk/?done=joined", 303)
    if visitor is not None:
        person_id = visitor.person_id
    else:
        shared = bool(sent.value("shared"))
        session = await session_cookies.signed_in(desk, offer.email, shared=shared)
        session_cookies.remember(desk, response, session.secret, shared=shared)
        person_id = session.person_id
    accepted = await membership.accept(secret, person_id, now=now)
    return response if accepted else _invitation_page(desk, None)


async def _may_invite(acting: ActingMembership) -> bool:
    """An organisation that nobody has let in sends no letters in the city's name."""
    known = await standing(acting.slug)
    return known is not None and known.state == APPROVED and acting.role != EDITOR


async def _letter_allowed(desk: DeskContext, email: str) -> bool:
    return await letter_allowed(
        "invitation",
        sender_id=desk.visitor.person_id,
        recipient=email,
        organisation_id=desk.acting.organisation_id,
        network=await client_mark(desk.client, now=desk.now),
        now=desk.now,
    )


async def _page(desk: DeskContext, form: Form, *, status: int = 200) -> Response:
    acting, language, now = desk.acting, desk.language, desk.now
    known = await standing(acting.slug)
    open_invitations = [
        (invitation, write_date(invitation.expires.astimezone(LOCAL_ZONE).date(), "day and year", language))
        for invitation in await membership.open_invitations(acting.organisation_id, now=now)
    ]
    return show(
        desk,
        "desk/members.html",
        language.gettext("People"),
        f"desk/organisations/{acting.slug}/members",
        status=status,
        form=form,
        known=known,
        may_manage=acting.role != EDITOR,
        may_invite=await _may_invite(acting),
        acting=acting,
        members=await membership.members(acting.organisation_id),
        open_invitations=open_invitations,
        roles=roles(desk),
    )


def roles(desk: DeskContext) -> list[tuple[str, str]]:
    """The roles with their words."""
    _ = desk.language.gettext
    return [
        ("editor", _("Editor: publishes events")),
        ("owner", _("Owner: publishes events, invites people, changes the details")),
    ]


def _back(desk: DeskContext, done: str) -> Response:
    return back_to(desk, f"desk/organisations/{desk.acting.slug}/members", done=done)


def _invitation_page(desk: DeskContext, offer: membership.Offer | None) -> Response:
    language = desk.language
    title = language.gettext("You are invited") if offer else language.gettext("The link is over")
    return show(
        desk,
        "desk/invitation.html",
        title,
        f"invitations/{desk.parameters['secret']}",
        status=200 if offer else 410,
        secret=True,
        offer=offer,
    )
