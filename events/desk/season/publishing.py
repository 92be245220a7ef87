"""Making a group's next season: a proposal that is sent as any other, public at once where its association may."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from events.desk.season.rows import Group
from events.editing import acceptance, proposals
from events.editing.changes import Actor
from events.editing.drafts import payload_of_draft, without_status
from events.editing.input.fields import Problem
from events.editing.rows.stored_drafts import draft_of
from events.editing.seasons import next_season
from web.rate_limits import allowed

PUBLISHED: Final = "published"
SUBMITTED: Final = "submitted"
INCOMPLETE: Final = "incomplete"
UNDER_WAY: Final = "under way"
HURRY: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a group: published, submitted, under way, or incomplete: then only what is missing was kept."""

    state: str
    problems: tuple[Problem, ...] = ()


async def make(group: Group, first: date, organisation_id: int, *, by: Actor, now: datetime, uid_domain: str) -> Made:
    """The next season of a group from a date on. Raises `EditRefused` and `ScheduleError`; then nothing was kept.

    A button pressed twice in a hurry makes it once: the second press finds it «under way».
    """
    if await allowed(f"season {group.event.public_id} {first}", most=1, within=HURRY, now=now) is not None:
        return Made(UNDER_WAY)
    draft = next_season(await draft_of(group.event.id), first)
    fields = without_status(payload_of_draft(draft))
    stored = await proposals.begin(organisation_id=organisation_id, author_id=by.person_id, fields=fields, now=now)
    if group.image_id is not None:
        await proposals.set_image(stored.key, group.image_id, now=now)
    outcome = await acceptance.submit(stored.key, by=by, now=now, uid_domain=uid_domain)
    if outcome.state == INCOMPLETE:
        await proposals.discard(stored.key)
    return Made(outcome.state, outcome.problems)
