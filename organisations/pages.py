"""The directory of those who invite."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from organisations.queries import Profile, directory, profile
from web.page import Page, render
from web.site import language_of


async def list_organisations(request: Request) -> Response:
    """`/{lang}/organisations`: every approved organisation, by name."""
    language = language_of(request)
    page = Page(title=language.gettext("Organisers"), path="organisations")
    return render(request, "organisations/list.html", page, language, organisations=await directory())


async def found_profile(request: Request) -> Profile:
    """The organisation that a path names. Raises HTTPException 404 where the public may not see one."""
    organisation = await profile(request.path_params["slug"])
    if organisation is None:
        raise HTTPException(404)
    return organisation
