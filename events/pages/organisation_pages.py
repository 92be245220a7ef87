"""Handlers of the directory of organisations and of the page of each."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.filtering import counting
from events.filtering.filters import EventFilter
from events.filtering.listing import Presentation
from events.pages import directory
from events.pages.directory import Entry
from events.pages.listing.view import listing_view
from events.presenting.cards import spoken_choices, typed_in, web_address
from events.presenting.subscription import subscription
from organisations import queries
from organisations.queries import Profile, is_suspended, profile
from web.cache.response_cache import Key, cache_of
from web.forms import Form
from web.i18n import Language
from web.links import with_query
from web.page import Page, render
from web.rendering import VARY
from web.request_context import context_of, query_of, sent_by_form
from web.responses import REVALIDATE, until
from web.site import Site


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
    filter_ = directory.directory_filter(query_of(request))
    return None if sent_by_form(request) else (request.url.path, filter_.to_query())


async def list_organisations(request: Request) -> Response:
    """`/{lang}/organisations?…`: every approved organisation, or those that speak a language, by name."""
    context = context_of(request)
    language = context.language
    filter_ = directory.directory_filter(context.query)
    if context.sent_by_form:
        # A form sends its empty fields too; the address that is shared has none.
        address = with_query(f"/{language.code}/organisations", filter_.to_query())
        return RedirectResponse(address, 303, {"Vary": VARY, "Cache-Control": REVALIDATE})
    page = Page(
        title=language.gettext("Organisers"),
        path="organisations",
        query=filter_.to_query(),
        description=language.gettext("Associations and groups that invite everybody, and the languages they speak."),
    )
    view = await _view(context.site, language, filter_)
    return render(context, "organisations/list.html", page, view=view)


async def show_organisation(request: Request) -> Response:
    """`/{lang}/organisations/{slug}`: one organisation and what it invites to."""
    context, cache = context_of(request), cache_of(request)
    language = context.language
    organisation = await _public_profile(context.parameters["slug"])
    shown, _ = Presentation.from_query(context.query)
    filter_ = EventFilter(organisation=(organisation.slug,))
    path = f"organisations/{organisation.slug}"
    view = await listing_view(cache, context.site, language, filter_, shown, path=path)
    subscribed = subscription(filter_, language, context.base_url, title=organisation.name, slug=organisation.slug)
    page = Page(title=organisation.name, path=path, query=shown.to_query(), alternates=(subscribed.alternate,))
    response = render(
        context,
        "organisations/organisation.html",
        page,
        organisation=organisation,
        description=typed_in(organisation.texts, language),
        languages=spoken_choices(organisation.languages, language),
        website=web_address(organisation.website),
        view=view,
        subscription=subscribed,
    )
    return until(response, view.total.good_until if view.total else None)


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


async def _public_profile(slug: str) -> Profile:
    """The organisation that a path names. Raises HTTPException 404 where the public never saw one, 410 for one that
    the city has suspended."""
    organisation = await profile(slug)
    if organisation is None:
        raise HTTPException(410 if await is_suspended(slug) else 404)
    return organisation
