"""The same again next season: last season's groups on one screen, ticked, with a first date each."""

from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from events.desk.permissions import actor_of
from events.desk.problem_texts import field_text, refusal_text
from events.desk.season import publishing as season_making
from events.desk.season import rows as season_rows
from events.desk.season.rows import Group, SeasonRow
from events.editing.errors import EditRefused
from events.editing.input.fields import Problem, read_date
from events.schedule.errors import ScheduleError
from organisations.desk.responses import number, show
from organisations.permissions import acting_membership
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.page import with_query
from web.site import LOCAL_ZONE, language_of, site_of


@dataclass(frozen=True, slots=True)
class Screen:
    """The rows, what was typed and ticked, and what is wrong with it."""

    rows: list[SeasonRow]
    firsts: dict[str, date]
    form: Form


async def show_season(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/season`: everything ticked, the first dates proposed."""
    groups = await season_rows.groups_of(acting_membership(request).organisation_id, now=site_of(request).now())
    ticked = tuple(group.event.public_id for group in groups)
    return _page(request, _screen(request, groups, Form({"pick": ticked})))


async def take_season(request: Request) -> Response:
    """`POST …/season`: make what is ticked; with `look`, only show the dates that it would have."""
    sent = await read_form(request)
    groups = await season_rows.groups_of(acting_membership(request).organisation_id, now=site_of(request).now())
    screen = _screen(request, groups, sent)
    picked = [group for group in groups if group.event.public_id in sent.all("pick")]
    if sent.value("look"):
        return _page(request, screen, status=422 if screen.form.problems else 200)
    if not picked and not screen.form.problems:
        nothing = language_of(request).gettext("Tick at least one group.")
        screen = replace(screen, form=screen.form.with_problem("pick", nothing))
    if screen.form.problems:
        return _page(request, screen, status=422)
    counts, form = await _make(request, picked, screen)
    if form.problems:
        # What is made already is no longer offered; only what failed is left.
        left = await season_rows.groups_of(acting_membership(request).organisation_id, now=site_of(request).now())
        again = _screen(request, left, form)
        return _page(request, again, status=422)
    query = f"published={counts[season_making.PUBLISHED]}&sent={counts[season_making.SUBMITTED]}"
    return RedirectResponse(with_query(f"/{language_of(request).code}/{_path(request)}", query), 303)


async def _make(request: Request, picked: list[Group], screen: Screen) -> tuple[dict[str, int], Form]:
    """Make each; (how many were published and sent, the form with what failed at its row)."""
    language, site = language_of(request), site_of(request)
    counts = {season_making.PUBLISHED: 0, season_making.SUBMITTED: 0}
    form = screen.form
    for group in picked:
        public_id = group.event.public_id
        try:
            made = await season_making.make(
                group,
                screen.firsts[public_id],
                acting_membership(request).organisation_id,
                by=actor_of(request),
                now=site.now(),
                uid_domain=site.settings.uid_domain,
            )
        except (EditRefused, ScheduleError) as error:
            form = form.with_problem(_field(public_id), _said(error, language))
            continue
        if made.state in counts:
            counts[made.state] += 1
        elif made.state == season_making.INCOMPLETE:
            missing = field_text(made.problems[0], language) if made.problems else ""
            said = language.gettext("This has to be told first: {missing} Copy the event and fill it in.")
            said = said.format(missing=missing)
            form = form.with_problem(_field(public_id), said)
    return counts, form


def _screen(request: Request, groups: list[Group], sent: Form) -> Screen:
    """Every group with the date typed for it, else the proposed one; problems at the rows that are ticked."""
    language, today = language_of(request), site_of(request).today()
    rows, firsts, form = [], {}, sent
    for group in groups:
        public_id = group.event.public_id
        last = group.last.astimezone(LOCAL_ZONE).date()
        proposed = season_rows.proposed_first(group.event.schedule, last=last, today=today)
        text = sent.value(_field(public_id)) or proposed.isoformat()
        first = read_date(text, today=today)
        problem = _problem(first, last, today, language)
        try:
            rows.append(
                season_rows.season_row(group, first if first and not problem else proposed, text, language, today=today)
            )
        except ScheduleError as error:
            problem = problem or _said(error, language)
            rows.append(season_rows.season_row(group, proposed, text, language, today=today))
        firsts[public_id] = first or proposed
        if problem and public_id in sent.all("pick"):
            form = form.with_problem(_field(public_id), problem)
    return Screen(rows, firsts, form)


def _problem(first: date | None, last: date, today: date, language: Language) -> str:
    if first is None:
        return field_text(Problem("", "not_a_date"), language)
    if first <= max(last, today):
        return language.gettext("Choose a date after the last one of this season.")
    if (first - today).days > 730:
        return language.gettext("This date is too far away.")
    return ""


def _said(error: EditRefused | ScheduleError, language: Language) -> str:
    if isinstance(error, EditRefused):
        return refusal_text(error, language)
    return language.gettext(error.message).format(**error.values)


def _field(public_id: str) -> str:
    return f"first_{public_id}"


def _path(request: Request) -> str:
    return f"desk/organisations/{acting_membership(request).slug}/season"


def _page(request: Request, screen: Screen, *, status: int = 200) -> Response:
    language = language_of(request)
    published, sent = (number(request.query_params.get(name, "")) for name in ("published", "sent"))
    made = language.ngettext("{n} group goes on: published.", "{n} groups go on: published.", published)
    waits = language.ngettext("{n} group waits for the city.", "{n} groups wait for the city.", sent)
    said = [made.format(n=published)] if published else []
    return show(
        request,
        "desk/season.html",
        language.gettext("The same again next season"),
        _path(request),
        status=status,
        form=screen.form,
        rows=screen.rows,
        said=said + ([waits.format(n=sent)] if sent else []),
        acting=acting_membership(request),
    )
