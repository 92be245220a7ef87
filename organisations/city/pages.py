"""The city's decision on applications: approved or sent back."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import decisions
from organisations.city.decision_form import read_decided
from organisations.city.organisation_pages import organisation_page
from organisations.city.responses import to_city
from organisations.decisions import RETURN_REASONS
from organisations.desk.responses import DeskDependencies
from organisations.desk_context import desk_context_of
from web.form_body import read_form


async def to_queue(request: Request) -> Response:
    """`/{lang}/city`: with the slash that belongs there."""
    desk = desk_context_of(request)
    return RedirectResponse(f"/{desk.language.code}/city/", 303)


async def send_back(request: Request) -> Response:
    """`POST …/return`: something has to be mended first, for a reason."""
    desk = desk_context_of(request)
    site = desk.site
    slug = desk.parameters["slug"]
    reason, note, form = read_decided(await read_form(request), desk.language, RETURN_REASONS)
    if form.problems:
        return await organisation_page(desk, form, about="return", status=422)
    done = await decisions.send_back(slug, desk.visitor, reason, note, site=site, now=desk.now)
    return to_city(desk, "city/", done="returned" if done else "gone")


class CityPages:
    """The handlers whose changes show in the calendar."""

    def __init__(self, dependencies: DeskDependencies) -> None:
        self.dependencies = dependencies

    async def approve(self, request: Request) -> Response:
        """`POST …/approval`: from now on it may publish."""
        desk = desk_context_of(request)
        site, slug = desk.site, desk.parameters["slug"]
        done = await decisions.approve(slug, desk.visitor, self.dependencies.changed, site=site, now=desk.now)
        return to_city(desk, "city/", done="approved" if done else "gone")
