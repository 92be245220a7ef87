"""The directory of those who invite: parse, ask, respond."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering import counting
from events.filtering.filters import EventFilter
from events.pages import directory
from events.pages.directory import Entry
from organisations import queries
from web.cache.response_cache import Key
from web.forms import Form
from web.i18n import Language
from web.page import Page, render, with_query
from web.rendering import VARY, sent_by_form
from web.responses import REVALIDATE
from web.site import Site, language_of, site_of


@dataclass(frozen=True, slots=True)
class RemovableChip:
    """One thing asked for, with the address of the directory without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """Everything the directory shows."""

    form: Form
    languages: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    chips: list[RemovableChip]
    entries: list[Entry]
    count: str


def key_of_directory(request: Request) -> Key | None:
    """The canonical filter; None for the empty fields of a form, which are answered by a redirect."""
    filter_ = directory.directory_filter(request.query_params.multi_items())
    return None if sent_by_form(request) else (request.url.path, filter_.to_query())


async def list_organisations(request: Request) -> Response:
    """`/{lang}/organisations?…`: every approved organisation, or those that speak a language, by name."""
    language, site = language_of(request), site_of(request)
    filter_ = directory.directory_filter(request.query_params.multi_items())
    if sent_by_form(request):
        # A form sends its empty fields too; the address that is shared has none.
        address = with_query(f"/{language.code}/organisations", filter_.to_query())
        return RedirectResponse(address, 303, {"Vary": VARY, "Cache-Control": REVALIDATE})
    page = Page(
        title=language.gettext("Organisers"),
        path="organisations",
        query=filter_.to_query(),
        description=language.gettext("Associations and groups that invite everybody, and the languages they speak."),
    )
    view = await _view(site, language, filter_)
    return render(request, "organisations/list.html", page, language, view=view)


async def _view(site: Site, language: Language, filter_: EventFilter) -> DirectoryView:
    """Three questions, however many organisations there are."""
    organisations = directory.with_texts(await queries.directory(), await queries.descriptions())
    coming = await counting.coming_by_organisation(today=site.today())
    found = directory.found_in(organisations, filter_, site.languages.values())
    spoken = {code for organisation in organisations for code in organisation.languages}
    areas = {organisation.area for organisation in organisations}
    base = f"/{language.code}/organisations"
    return DirectoryView(
        form=Form({name: (",".join(filter_.values_of(name)),) for name in directory.PARAMETERS}),
        languages=directory.options("language", language.gettext("All languages"), spoken, filter_, language),
        areas=directory.options("area", language.gettext("All areas"), areas, filter_, language),
        chips=[
            RemovableChip(text, with_query(base, filter_.without(parameter, value).to_query()))
            for parameter, value, text in directory.chosen(filter_, language)
        ],
        entries=[directory.entry(each, language, coming.get(each.slug, 0)) for each in found],
        count=language.ngettext("{n} organiser", "{n} organisers", len(found)).format(n=len(found)),
    )
