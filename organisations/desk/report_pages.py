"""What readers have reported about an organisation's events, at its desk. Never who reported it."""

from starlette.requests import Request
from starlette.responses import Response

from organisations.city_letters import REPORT_REASONS, said
from organisations.desk.responses import show
from organisations.desk_context import desk_context_of
from organisations.messages import open_of
from web.dates import write_date
from web.site import LOCAL_ZONE


async def show_reports(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/reports`: what the city has not closed yet, the latest first."""
    desk = desk_context_of(request)
    language, acting = desk.language, desk.acting
    reports = [
        (
            said(REPORT_REASONS, told.reason, language),
            told.text,
            told.about.rpartition("/")[2],
            write_date(told.created.astimezone(LOCAL_ZONE).date(), "day and year", language),
        )
        for told in await open_of(acting.organisation_id)
    ]
    return show(
        desk,
        "desk/reports.html",
        language.gettext("What readers have noticed"),
        f"desk/organisations/{acting.slug}/reports",
        reports=reports,
    )
