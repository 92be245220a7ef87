"""Housekeeping of events: what nothing refers to any more is deleted, organisers are asked to reconfirm."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from events.city import digest
from events.desk.form import unsaved_texts
from events.desk.status import reconfirmation
from events.editing.images import storage as media
from events.residents import suggestions
from web.jobs import Work
from web.site import Site


async def remove_unused_pictures(site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Remove the pictures of abandoned drafts."""
    await media.remove_unused(site.settings.media_dir, now=now)


async def forget_texts(_site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Delete what nobody can finish: texts stored while somebody signed in, proposals sent back to residents."""
    await unsaved_texts.delete_unsaved_texts(now=now)
    await suggestions.forget_returned(now=now)


WORKS: Final = (
    Work("forget_texts", forget_texts, every=timedelta(hours=1)),
    Work("remove_unused_pictures", remove_unused_pictures, every=timedelta(days=1)),
    *reconfirmation.WORKS,
    *digest.WORKS,
)
