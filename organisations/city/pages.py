"""The city's decision on who waits: let in or sent back."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from organisations import decisions
from organisations.city.decision_form import read_decided
from organisations.city.organisation_pages import organisation_page
from organisations.city.responses import to_city
from organisations.decisions import RETURN_REASONS
from organisations.desk.responses import DeskDependencies
from organisations.permissions import visitor_of
from web.site import language_of, site_of


async def to_queue(request: Request) -> Response:
    """`/{lang}/city`: with the slash that belongs there."""
    return RedirectResponse(f"/{language_of(request).code}/city/", 303)


async def send_back(request: Request) -> Response:
    """`POST …/return`: something has to be mended first, for a reason."""
    site = site_of(request)
    slug = request.path_params["slug"]
    reason, note, form = await read_decided(request, RETURN_REASONS)
    if form.problems:
        return await organisation_page(request, form, about="return", status=422)
    done = await decisions.send_back(slug, visitor_of(request), reason, note, site=site, now=site.now())
    return to_city(request, "city/", done="returned" if done else "gone")


class CityPages:
    """The pages whose deeds show in the calendar."""

    def __init__(self, lent: DeskDependencies) -> None:
        self.lent = lent

    async def approve(self, request: Request) -> Response:
        """`POST …/approval`: from now on it may publish."""
        site, slug = site_of(request), request.path_params["slug"]
        done = await decisions.approve(slug, visitor_of(request), self.lent.changed, site=site, now=site.now())
        return to_city(request, "city/", done="approved" if done else "gone")
