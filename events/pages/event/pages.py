"""Handlers of the pages of one event: the event itself, its poster, its sheet to share."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.domain.event import Event
from events.domain.public_id import public_id_of
from events.pages.event.poster_view import poster_view
from events.pages.event.share_view import share_view
from events.pages.event.view import Surroundings, event_view
from events.presenting.shown_date import asked_date, asks_for_all_dates
from events.storage.loading import load_by_public_id
from web.cache.cached_response import CachedResponse
from web.i18n import DEFAULT
from web.page import Page, render
from web.request_context import RequestContext, context_of, parameters_of


async def show_event(request: Request) -> Response:
    """`/{lang}/events/{public_id}`: every fact of one event, with its dates."""
    context, event = context_of(request), await public_event(request)
    query = dict(context.query)
    everything = asks_for_all_dates(query)
    around = surroundings(context)
    view = event_view(event, context.language, around, asked=asked_date(query), all_dates=everything)
    page = Page(
        title=view.head.text,
        path=f"events/{event.public_id}",
        query="&".join(filter(None, (view.shown.query, "dates=all" if everything else ""))),
        description=view.description,
        alternates=(view.subscription.alternate,),
        noindex=view.shown.over or view.shown.passed or everything,
        preview=True,
        image=view.picture.address if view.picture else "",
        image_words=view.picture.alternative.text if view.picture and view.picture.alternative else "",
    )
    return render(context, "events/event.html", page, view=view)


async def show_poster(request: Request) -> Response:
    """`/{lang}/events/{public_id}/poster`: one sheet of A4 for a wall."""
    context, event = context_of(request), await public_event(request)
    language = context.language
    view = poster_view(event, language, surroundings(context), asked=asked_date(dict(context.query)))
    page = Page(
        title=language.gettext("Poster: {event}").format(event=view.head.text),
        path=f"events/{event.public_id}/poster",
        query=view.shown.query,
        noindex=True,
    )
    return render(context, "events/poster.html", page, view=view)


async def show_ways_to_share(request: Request) -> Response:
    """`/{lang}/events/{public_id}/share`: the event's address and code in every language."""
    context, event = context_of(request), await public_event(request)
    language, languages = context.language, context.site.languages
    view = share_view(event, language, languages, surroundings(context), asked=asked_date(dict(context.query)))
    page = Page(
        title=language.gettext("Share: {event}").format(event=view.head.text),
        path=f"events/{event.public_id}/share",
        query=view.shown.query,
        noindex=True,
    )
    return render(context, "events/share.html", page, view=view)


def surroundings(context: RequestContext) -> Surroundings:
    """What the pages of an event take from the site: the day, and the addresses that they lead to."""
    return Surroundings(
        today=context.today,
        midnight=context.site.midnight(),
        base_url=context.base_url,
        map_url=context.site.settings.map_url,
        finnish=context.site.languages[DEFAULT],
    )


async def public_event(request: Request) -> Event:
    """The event of an id with any slug behind it. Raises HTTPException 404 for an unknown one, 410 for a gone one."""
    known = getattr(request.state, "touched", None)
    public_id = public_id_of(parameters_of(request)["event"])
    found = known or (await load_by_public_id(public_id) if public_id else None)
    if found is None:
        raise HTTPException(404)
    event, gone = found
    if gone or not event.dates:
        raise HTTPException(410)
    return event


async def is_untouched(request: Request, stale: CachedResponse) -> bool:
    """Whether nothing that the page of an event shows has changed after it was made. One question: where it has
    changed, the answer is the event as it stands, and `public_event` has it."""
    public_id = public_id_of(parameters_of(request)["event"]) or ""
    request.state.touched = await load_by_public_id(public_id, since=stale.revision)
    return request.state.touched is None
