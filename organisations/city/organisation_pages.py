"""Organisations at the city's desk: all of them, one with its people and its history, and what can be decided."""

from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from organisations import decisions, membership, profiles
from organisations.city import audit_words, directory, reasons
from organisations.city.audit_search import Search, entries
from organisations.city.decision_form import read_decided
from organisations.city.responses import asked_words, moment_in_words, paging, show_city, to_city
from organisations.city_letters import SUSPENSION_REASONS
from organisations.desk.responses import DeskDependencies
from organisations.permissions import visitor_of
from organisations.profiles import Changed
from organisations.visitors import CITY, OWNER, ActingMembership
from web.form_body import read_form
from web.forms import Form, Reading
from web.site import language_of, site_of

HISTORY: Final = 20


class OrganisationPages:
    """The pages that need what the package above lends."""

    def __init__(self, lent: DeskDependencies, changed_standing: Changed) -> None:
        self.lent = lent
        self.changed_standing = changed_standing

    async def show_list(self, request: Request) -> Response:
        """`/{lang}/city/organisations?q=…&state=…`: all of them, by name."""
        language, words = language_of(request), asked_words(request)
        state = request.query_params.get("state", "")
        state = state if state in directory.STATES else ""
        asked = {"q": words, "state": state}
        paged = paging(request, "city/organisations", await directory.count(words, state), asked)
        return show_city(
            request,
            "city/organisations.html",
            language.gettext("Organisations"),
            "city/organisations",
            query=urlencode({name: value for name, value in asked.items() if value}),
            form=Form({name: (value,) for name, value in asked.items()}),
            states=reasons.states(language),
            named=dict(reasons.states(language)),
            paged=paged,
            found=await directory.found(words, state, offset=paged.offset),
        )

    async def show_one(self, request: Request) -> Response:
        """`/{lang}/city/organisations/{slug}`: one of them, whatever its state."""
        return await organisation_page(request, Form())

    async def suspend(self, request: Request) -> Response:
        """`POST …/suspension`: off the pages with all its events, for a reason."""
        site, slug = site_of(request), request.path_params["slug"]
        reason, note, form = await read_decided(request, SUSPENSION_REASONS)
        if form.problems:
            return await organisation_page(request, form, about="suspension", status=422)
        done = await decisions.suspend(
            slug, visitor_of(request), reason, note, self.changed_standing, site=site, now=site.now()
        )
        return _back(request, "suspended" if done else "gone")

    async def reinstate(self, request: Request) -> Response:
        """`POST …/reinstatement`: back again with everything."""
        site, slug = site_of(request), request.path_params["slug"]
        done = await decisions.reinstate(slug, visitor_of(request), self.changed_standing, site=site, now=site.now())
        return _back(request, "reinstated" if done else "gone")

    async def review(self, request: Request) -> Response:
        """`POST …/review`: whether the city reads its events before the public does."""
        first = (await read_form(request)).value("first") == "1"
        slug, now = request.path_params["slug"], site_of(request).now()
        if not await decisions.review(slug, visitor_of(request), first=first, now=now):
            raise HTTPException(404)
        return _back(request, "review_first" if first else "review_later")

    async def appoint(self, request: Request) -> Response:
        """`POST …/owner`: another owner; by letter where that address has no account yet."""
        language, site, slug = language_of(request), site_of(request), request.path_params["slug"]
        reading = Reading(await read_form(request), language)
        missing = language.gettext("Write the e-mail address of the new owner.")
        email = reading.email("email", missing=missing).lower()
        if reading.form.problems:
            return await organisation_page(request, reading.form, about="owner", status=422)
        by, now, known = visitor_of(request), site.now(), await _found(slug)
        if await directory.appoint(slug, email, by, site=site, now=now):
            return _back(request, "appointed")
        acting = ActingMembership(known.id, slug, CITY)
        try:
            await membership.invite(acting, by, email, OWNER, site=site, language=language, now=now)
        except membership.TooManyError:
            return _back(request, "gone")
        return _back(request, "invited")


async def organisation_page(request: Request, form: Form, *, about: str = "", status: int = 200) -> Response:
    """One organisation; `about` says which of its forms `form` is. Raises HTTPException 404."""
    language, slug = language_of(request), request.path_params["slug"]
    known = await _found(slug)
    more = await directory.more_of(slug)
    changed = more["state_changed"]
    history = await entries(Search(organisation=slug), offset=0, limit=HISTORY)
    return show_city(
        request,
        "city/organisation.html",
        known.profile.name,
        f"city/organisations/{slug}",
        status=status,
        form=form,
        about=about,
        known=known,
        state=directory.state_of(known.state, known.state_reason),
        named=dict(reasons.states(language)),
        said=dict([*reasons.return_reasons(language), *reasons.suspension_reasons(language)]),
        review_first=more["review_first"],
        changed=moment_in_words(request, changed) if changed else "",
        members=await membership.members(known.id),
        history=audit_words.lines(request, history),
        return_reasons=reasons.return_reasons(language),
        suspension_reasons=reasons.suspension_reasons(language),
    )


async def _found(slug: str) -> profiles.Standing:
    known = await profiles.standing(slug)
    if known is None:
        raise HTTPException(404)
    return known


def _back(request: Request, done: str) -> Response:
    return to_city(request, f"city/organisations/{request.path_params['slug']}", done=done)
