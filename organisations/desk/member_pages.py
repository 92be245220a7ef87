"""Who belongs to an organisation: parse, ask, respond."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import membership
from organisations.desk import session_cookies
from organisations.desk.responses import back_to, number, show
from organisations.membership import LastOwnerError, TooManyError
from organisations.permissions import acting_membership, visitor_of, visitor_or_none
from organisations.profiles import standing
from organisations.visitors import EDITOR, ROLES
from web.dates import write_date
from web.form_body import read_form
from web.forms import Form, Reading
from web.site import LOCAL_ZONE, language_of, site_of


async def show_members(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/members`: everybody, and who is still invited."""
    return await _page(request, Form({"role": (EDITOR,)}))


async def invite(request: Request) -> Response:
    """`POST …/invitations`: a letter to somebody."""
    language, acting, site = language_of(request), acting_membership(request), site_of(request)
    reading = Reading(await read_form(request), language)
    email = reading.email(
        "email", missing=language.gettext("Write the e-mail address of the person you invite.")
    ).lower()
    role = reading.choice("role", ROLES, default=EDITOR)
    if email in {member.email for member in await membership.members(acting.organisation_id)}:
        reading.problem("email", language.gettext("This person belongs to the organisation already."))
    if reading.form.problems:
        return await _page(request, reading.form, status=422)
    try:
        await membership.invite(acting, visitor_of(request), email, role, site=site, language=language, now=site.now())
    except TooManyError:
        return _back(request, "full")
    return _back(request, "invited")


async def withdraw_invitation(request: Request) -> Response:
    """`POST …/invitations/{invitation}/removal`: the letter no longer works."""
    invitation_id = number(request.path_params["invitation"])
    now = site_of(request).now()
    gone = await membership.withdraw_invitation(acting_membership(request), visitor_of(request), invitation_id, now=now)
    return _back(request, "withdrawn" if gone else "gone")


async def change_role(request: Request) -> Response:
    """`POST …/members/{member}/role`: owner or editor."""
    sent = await read_form(request)
    role = sent.value("role") if sent.value("role") in ROLES else EDITOR
    member_id, now = number(request.path_params["member"]), site_of(request).now()
    try:
        done = await membership.change_role(acting_membership(request), visitor_of(request), member_id, role, now=now)
    except LastOwnerError:
        return _back(request, "last_owner")
    return _back(request, "role" if done else "gone")


async def remove_member(request: Request) -> Response:
    """`POST …/members/{member}/removal`: no longer one of us."""
    member_id, now = number(request.path_params["member"]), site_of(request).now()
    try:
        done = await membership.remove(acting_membership(request), visitor_of(request), member_id, now=now)
    except LastOwnerError:
        return _back(request, "last_owner")
    return _back(request, "removed" if done else "gone")


async def leave(request: Request) -> Response:
    """`POST …/departure`: I go."""
    try:
        await membership.leave(acting_membership(request), visitor_of(request), now=site_of(request).now())
    except LastOwnerError:
        return _back(request, "last_owner")
    return back_to(request, "desk/", done="left")


async def show_invitation(request: Request) -> Response:
    """`/{lang}/invitations/{secret}`: the page of an invitation's link, with one button."""
    offer = await membership.offer(request.path_params["secret"], now=site_of(request).now())
    return _invitation_page(request, offer)


async def accept_invitation(request: Request) -> Response:
    """`POST /{lang}/invitations/{secret}`: join as whoever is signed in here, else as the address invited."""
    secret, site = request.path_params["secret"], site_of(request)
    sent, visitor, now = await read_form(request), visitor_or_none(request), site.now()
    offer = await membership.offer(secret, now=now)
    if offer is None:
        return _invitation_page(request, None)
    response = RedirectResponse(f"/{language_of(request).code}/desk/?done=joined", 303)
    if visitor is not None:
        person_id = visitor.person_id
    else:
        shared = bool(sent.value("shared"))
        session = await session_cookies.signed_in(request, offer.email, shared=shared, now=now)
        session_cookies.remember(request, response, session.secret, shared=shared)
        person_id = session.person_id
    accepted = await membership.accept(secret, person_id, now=now)
    return response if accepted else _invitation_page(request, None)


async def _page(request: Request, form: Form, *, status: int = 200) -> Response:
    acting, language, now = acting_membership(request), language_of(request), site_of(request).now()
    known = await standing(acting.slug)
    open_invitations = [
        (invitation, write_date(invitation.expires.astimezone(LOCAL_ZONE).date(), "day and year", language))
        for invitation in await membership.open_invitations(acting.organisation_id, now=now)
    ]
    return show(
        request,
        "desk/members.html",
        language.gettext("People"),
        f"desk/organisations/{acting.slug}/members",
        status=status,
        form=form,
        known=known,
        may_invite=acting.role != EDITOR,
        acting=acting,
        members=await membership.members(acting.organisation_id),
        open_invitations=open_invitations,
        roles=roles(request),
    )


def roles(request: Request) -> list[tuple[str, str]]:
    """The roles with their words."""
    _ = language_of(request).gettext
    return [
        ("editor", _("Editor: publishes events")),
        ("owner", _("Owner: publishes events, invites people, changes the details")),
    ]


def _back(request: Request, done: str) -> Response:
    return back_to(request, f"desk/organisations/{acting_membership(request).slug}/members", done=done)


def _invitation_page(request: Request, offer: membership.Offer | None) -> Response:
    language = language_of(request)
    title = language.gettext("You are invited") if offer else language.gettext("The link is over")
    return show(
        request,
        "desk/invitation.html",
        title,
        f"invitations/{request.path_params['secret']}",
        status=200 if offer else 410,
        secret=True,
        offer=offer,
    )
