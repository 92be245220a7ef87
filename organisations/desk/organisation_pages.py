"""An organisation at its own desk: its application and its profile."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import letters, profiles
from organisations.desk import organisation_form
from organisations.desk.organisation_form import LONGEST_NAME, LONGEST_TEXT, Lists
from organisations.desk.responses import DeskDependencies, back_to, retry_after, show, too_many_tries
from organisations.desk_context import DeskContext, desk_context_of
from organisations.profiles import Standing
from organisations.visitors import EDITOR
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.rate_limits import allowed

APPLICATIONS: Final = 5
WITHIN: Final = timedelta(days=1)


async def sent_back(request: Request) -> Mapping[str, tuple[str, str]]:
    """Slug -> (reason, note) of each of my organisations whose application the city has sent back."""
    desk = desk_context_of(request)
    language = desk.language
    return {
        membership.slug: (letters.return_reason(membership.state_reason, language), await _note(membership.slug))
        for membership in desk.visitor.memberships
        if membership.state_reason
    }


async def to_desk(request: Request) -> Response:
    """`/{lang}/desk`: with the slash that belongs there."""
    desk = desk_context_of(request)
    return RedirectResponse(f"/{desk.language.code}/desk/", 303)


class OrganisationPages:
    """The pages that need the lists passed in from `events`."""

    def __init__(self, dependencies: DeskDependencies) -> None:
        self.dependencies = dependencies

    async def show_application(self, request: Request) -> Response:
        """`/{lang}/desk/organisations/new`: an organisation asks to publish. Nobody's own address is proposed."""
        desk = desk_context_of(request)
        return self._page(desk, Form(), "desk/organisations/new")

    async def apply(self, request: Request) -> Response:
        """`POST /{lang}/desk/organisations/new`: it waits for the city from now on."""
        desk = desk_context_of(request)
        language, visitor, site = desk.language, desk.visitor, desk.site
        sent = await read_form(request)
        profile, form = organisation_form.read(sent, self._lists(desk), language)
        if form.problems:
            return self._page(desk, form, "desk/organisations/new", status=422)
        now = desk.now
        wait = await allowed(f"apply {visitor.person_id}", most=APPLICATIONS, within=WITHIN, now=now)
        if wait is not None:
            form = form.with_problem("", too_many_tries(wait, language))
            return self._page(desk, form, "desk/organisations/new", status=429, headers=retry_after(wait))
        await profiles.apply(profile, visitor, site=site, now=now)
        return back_to(desk, "desk/", done="applied")

    async def show_profile(self, request: Request) -> Response:
        """`/{lang}/desk/organisations/{slug}`: its profile, to be changed by its owners."""
        desk = desk_context_of(request)
        known = await _found(desk.acting.slug)
        return self._page(desk, organisation_form.filled(known.profile), _path(known.slug), known=known)

    async def save_profile(self, request: Request) -> Response:
        """`POST /{lang}/desk/organisations/{slug}`: the profile, changed."""
        desk = desk_context_of(request)
        acting, site = desk.acting, desk.site
        sent = await read_form(request)
        profile, form = organisation_form.read(sent, self._lists(desk), desk.language)
        if form.problems:
            return self._page(desk, form, _path(acting.slug), known=await _found(acting.slug), status=422)
        await profiles.save(profile, acting, desk.visitor, self.dependencies.changed, site=site, now=desk.now)
        return back_to(desk, _path(acting.slug), done="saved")

    def _lists(self, desk: DeskContext) -> Lists:
        written = organisation_form.written_in(desk.site.languages.values())
        return Lists(self.dependencies.kinds, self.dependencies.areas, self.dependencies.spoken, written)

    def _page(
        self,
        desk: DeskContext,
        form: Form,
        path: str,
        *,
        known: Standing | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        language = desk.language
        return show(
            desk,
            "desk/organisation.html",
            known.profile.name if known else language.gettext("Register an organisation"),
            path,
            status=status,
            headers=headers,
            form=form,
            known=known,
            may_save=known is None or desk.acting.role != EDITOR,
            reason=letters.return_reason(known.state_reason, language) if known else "",
            kinds=self.dependencies.options(language, "organisation kind", self.dependencies.kinds),
            areas=self.dependencies.options(language, "area", self.dependencies.areas),
            spoken=self.dependencies.options(language, "language", self.dependencies.spoken),
            texts=_texts(desk, form, language),
            longest_name=LONGEST_NAME,
            longest_text=LONGEST_TEXT,
        )


def _texts(desk: DeskContext, form: Form, language: Language) -> tuple[list[Language], list[Language]]:
    """The languages of the text: those in sight, and those that wait behind «other languages»."""
    languages = list(desk.site.languages.values())
    seen = [
        known
        for known in languages
        if known == language or form.value(f"text_{known.tag}") or form.message(f"text_{known.tag}")
    ]
    return seen, [known for known in languages if known not in seen]


async def _found(slug: str) -> Standing:
    known = await profiles.standing(slug)
    if known is None:
        raise HTTPException(404)
    return known


async def _note(slug: str) -> str:
    return (await _found(slug)).state_note


def _path(slug: str) -> str:
    return f"desk/organisations/{slug}"
