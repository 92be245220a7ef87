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
from organisations.desk_context import DeskContext, desk_context_of
from organisations.profiles import Changed
from organisations.visitors import CITY, OWNER, ActingMembership
from web.form_body import read_form
from web.forms import Form, Reading

HISTORY: Final = 20


class OrganisationPages:
    """The pages that need the dependencies passed in from `events`."""

    def __init__(self, dependencies: DeskDependencies, changed_standing: Changed) -> None:
        self.dependencies = dependencies
        self.changed_standing = changed_standing

    async def show_list(self, request: Request) -> Response:
        """`/{lang}/city/organisations?q=…&state=…`: all of them, by name."""
        desk = desk_context_of(request)
        language, words = desk.language, asked_words(desk)
        state = desk.asked("state")
        state = state if state in directory.STATES else ""
        asked = {"q": words, "state": state}
        paged = paging(desk, "city/organisations", await directory.count(words, state), asked)
        return show_city(
            desk,
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
        desk = desk_context_of(request)
        return await organisation_page(desk, Form())

    async def suspend(self, request: Request) -> Response:
        """`POST …/suspension`: off the pages with all its events, for a reason."""
        desk = desk_context_of(request)
        site, slug = desk.site, desk.parameters["slug"]
        reason, note, form = read_decided(await read_form(request), desk.language, SUSPENSION_REASONS)
        if form.problems:
            return await organisation_page(desk, form, about="suspension", status=422)
        done = await decisions.suspend(slug, desk.visitor, reason, note, self.changed_standing, site=site, now=desk.now)
        return _back(desk, "suspended" if done else "gone")

    async def reinstate(self, request: Request) -> Response:
        """`POST …/reinstatement`: back again with everything."""
        desk = desk_context_of(request)
        site, slug = desk.site, desk.parameters["slug"]
        done = await decisions.reinstate(slug, desk.visitor, self.changed_standing, site=site, now=desk.now)
        return _back(desk, "reinstated" if done else "gone")

    async def review(self, request: Request) -> Response:
        """`POST …/review`: whether the city reads its events before the public does."""
        desk = desk_context_of(request)
        first = (await read_form(request)).value("first") == "1"
        slug, now = desk.parameters["slug"], desk.now
        if not await decisions.review(slug, desk.visitor, first=first, now=now):
            raise HTTPException(404)
        return _back(desk, "review_first" if first else "review_later")

    async def appoint(self, request: Request) -> Response:
        """`POST …/owner`: another owner; by letter where that address has no account yet."""
        desk = desk_context_of(request)
        language, site, slug = desk.language, desk.site, desk.parameters["slug"]
        reading = Reading(await read_form(request), language)
        missing = language.gettext("Write the e-mail address of the new owner.")
        email = reading.email("email", missing=missing).lower()
        if reading.form.problems:
            return await organisation_page(desk, reading.form, about="owner", status=422)
        by, now, known = desk.visitor, desk.now, await _found(slug)
        if await directory.appoint(slug, email, by, site=site, now=now):
            return _back(desk, "appointed")
        acting = ActingMembership(known.id, slug, CITY)
        try:
            await membership.invite(acting, by, email, OWNER, site=site, language=language, now=now)
        except membership.TooManyError:
            return _back(desk, "gone")
        return _back(desk, "invited")


async def organisation_page(desk: DeskContext, form: Form, *, about: str = "", status: int = 200) -> Response:
    """One organisation; `about` says which of its forms `form` is. Raises HTTPException 404."""
    language, slug = desk.language, desk.parameters["slug"]
    known = await _found(slug)
    more = await directory.more_of(slug)
    changed = more["state_changed"]
    history = await entries(Search(organisation=slug), offset=0, limit=HISTORY)
    return show_city(
        desk,
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
        changed=moment_in_words(desk, changed) if changed else "",
        members=await membership.members(known.id),
        history=audit_words.lines(desk, history),
        return_reasons=reasons.return_reasons(language),
        suspension_reasons=reasons.suspension_reasons(language),
    )


async def _found(slug: str) -> profiles.Standing:
    known = await profiles.standing(slug)
    if known is None:
        raise HTTPException(404)
    return known


def _back(desk: DeskContext, done: str) -> Response:
    return to_city(desk, f"city/organisations/{desk.parameters['slug']}", done=done)
