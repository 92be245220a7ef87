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
from organisations.desk_context import DeskContext, desk_context_of
from web.form_body import read_form
from web.forms import Form
from web.i18n import Language
from web.links import with_query
from web.site import LOCAL_ZONE


@dataclass(frozen=True, slots=True)
class Screen:
    """The rows, what was typed and ticked, and what is wrong with it."""

    rows: list[SeasonRow]
    firsts: dict[str, date]
    form: Form


async def show_season(request: Request) -> Response:
    """`/{lang}/desk/organisations/{slug}/season`: everything ticked, the first dates proposed."""
    desk = desk_context_of(request)
    groups = await season_rows.groups_of(desk.acting.organisation_id, now=desk.now)
    ticked = tuple(group.event.public_id for group in groups)
    return _page(desk, _screen(desk, groups, Form({"pick": ticked})))


async def take_season(request: Request) -> Response:
    """`POST …/season`: make what is ticked; with `look`, only show the dates that it would have."""
    desk = desk_context_of(request)
    sent = await read_form(request)
    groups = await season_rows.groups_of(desk.acting.organisation_id, now=desk.now)
    screen = _screen(desk, groups, sent)
    picked = [group for group in groups if group.event.public_id in sent.all("pick")]
    if sent.value("look"):
        return _page(desk, screen, status=422 if screen.form.problems else 200)
    if not picked and not screen.form.problems:
        nothing = desk.language.gettext("Tick at least one group.")
        screen = replace(screen, form=screen.form.with_problem("pick", nothing))
    if screen.form.problems:
        return _page(desk, screen, status=422)
    counts, form = await _make(desk, picked, screen)
    if form.problems:
        # What is made already is no longer offered; only what failed is left.
        left = await season_rows.groups_of(desk.acting.organisation_id, now=desk.now)
        again = _screen(desk, left, form)
        return _page(desk, again, status=422)
    query = f"published={counts[season_making.PUBLISHED]}&sent={counts[season_making.SUBMITTED]}"
    return RedirectResponse(with_query(f"/{desk.language.code}/{_path(desk)}", query), 303)


async def _make(desk: DeskContext, picked: list[Group], screen: Screen) -> tuple[dict[str, int], Form]:
    """Make each; (how many were published and sent, the form with what failed at its row)."""
    language, site = desk.language, desk.site
    counts = {season_making.PUBLISHED: 0, season_making.SUBMITTED: 0}
    form = screen.form
    for group in picked:
        public_id = group.event.public_id
        try:
            made = await season_making.make(
                group,
                screen.firsts[public_id],
                desk.acting.organisation_id,
                by=actor_of(desk),
                now=desk.now,
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


def _screen(desk: DeskContext, groups: list[Group], sent: Form) -> Screen:
    """Every group with the date typed for it, else the proposed one; problems at the rows that are ticked."""
    language, today = desk.language, desk.today
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


def _path(desk: DeskContext) -> str:
    return f"desk/organisations/{desk.acting.slug}/season"


def _page(desk: DeskContext, screen: Screen, *, status: int = 200) -> Response:
    language = desk.language
    published, sent = (number(dict(desk.query).get(name, "")) for name in ("published", "sent"))
    made = language.ngettext("{n} group goes on: published.", "{n} groups go on: published.", published)
    waits = language.ngettext("{n} group waits for the city.", "{n} groups wait for the city.", sent)
    said = [made.format(n=published)] if published else []
    return show(
        desk,
        "desk/season.html",
        language.gettext("The same again next season"),
        _path(desk),
        status=status,
        form=screen.form,
        rows=screen.rows,
        said=said + ([waits.format(n=sent)] if sent else []),
        acting=desk.acting,
    )
