"""An organisation at its own desk: applying, telling of itself."""

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
from organisations.permissions import acting_membership, visitor_of
from organisations.profiles import Standing
from organisations.visitors import EDITOR
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.rate_limits import allowed
from web.site import language_of, site_of

APPLICATIONS: Final = 5
WITHIN: Final = timedelta(days=1)


async def sent_back(request: Request) -> Mapping[str, tuple[str, str]]:
    """Slug -> (reason, note) of each of my organisations whose application the city has sent back."""
    language = language_of(request)
    return {
        membership.slug: (letters.return_reason(membership.state_reason, language), await _note(membership.slug))
        for membership in visitor_of(request).memberships
        if membership.state_reason
    }


async def to_desk(request: Request) -> Response:
    """`/{lang}/desk`: with the slash that belongs there."""
    return RedirectResponse(f"/{language_of(request).code}/desk/", 303)


class OrganisationPages:
    """The pages that need the lists of the package above."""

    def __init__(self, lent: DeskDependencies) -> None:
        self.lent = lent

    async def show_application(self, request: Request) -> Response:
        """`/{lang}/desk/organisations/new`: an organisation asks to publish. Nobody's own address is proposed."""
        return self._page(request, Form(), "desk/organisations/new")

    async def apply(self, request: Request) -> Response:
        """`POST /{lang}/desk/organisations/new`: it waits for the city from now on."""
        language, visitor, site = language_of(request), visitor_of(request), site_of(request)
        sent = await read_form(request)
        profile, form = organisation_form.read(sent, self._lists(request), language)
        if form.problems:
            return self._page(request, form, "desk/organisations/new", status=422)
        now = site.now()
        wait = await allowed(f"apply {visitor.person_id}", most=APPLICATIONS, within=WITHIN, now=now)
        if wait is not None:
            form = form.with_problem("", too_many_tries(wait, language))
            return self._page(request, form, "desk/organisations/new", status=429, headers=retry_after(wait))
        await profiles.apply(profile, visitor, site=site, now=now)
        return back_to(request, "desk/", done="applied")

    async def show_profile(self, request: Request) -> Response:
        """`/{lang}/desk/organisations/{slug}`: what it says of itself, to be changed by its owners."""
        known = await _found(acting_membership(request).slug)
        return self._page(request, organisation_form.filled(known.profile), _path(known.slug), known=known)

    async def save_profile(self, request: Request) -> Response:
        """`POST /{lang}/desk/organisations/{slug}`: said anew."""
        acting, site = acting_membership(request), site_of(request)
        sent = await read_form(request)
        profile, form = organisation_form.read(sent, self._lists(request), language_of(request))
        if form.problems:
            return self._page(request, form, _path(acting.slug), known=await _found(acting.slug), status=422)
        await profiles.save(profile, acting, visitor_of(request), self.lent.changed, site=site, now=site.now())
        return back_to(request, _path(acting.slug), done="saved")

    def _lists(self, request: Request) -> Lists:
        written = organisation_form.written_in(site_of(request).languages.values())
        return Lists(self.lent.kinds, self.lent.areas, self.lent.spoken, written)

    def _page(
        self,
        request: Request,
        form: Form,
        path: str,
        *,
        known: Standing | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        language = language_of(request)
        return show(
            request,
            "desk/organisation.html",
            known.profile.name if known else language.gettext("Register an organisation"),
            path,
            status=status,
            headers=headers,
            form=form,
            known=known,
            may_save=known is None or acting_membership(request).role != EDITOR,
            reason=letters.return_reason(known.state_reason, language) if known else "",
            kinds=self.lent.options(language, "organisation kind", self.lent.kinds),
            areas=self.lent.options(language, "area", self.lent.areas),
            spoken=self.lent.options(language, "language", self.lent.spoken),
            texts=_texts(request, form, language),
            longest_name=LONGEST_NAME,
            longest_text=LONGEST_TEXT,
        )


def _texts(request: Request, form: Form, language: Language) -> tuple[list[Language], list[Language]]:
    """The languages of the text: those in sight, and those that wait behind «other languages»."""
    languages = list(site_of(request).languages.values())
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
