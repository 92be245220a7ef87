"""The running site, instead of globals: settings, languages, renderer, clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.assets import Assets
from web.i18n import Language
from web.rendering import Renderer
from web.settings import Settings

LOCAL_ZONE = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True, slots=True)
class Site:
    """One running site. `clock` returns the present as an aware time; nothing else may ask for it."""

    settings: Settings
    languages: Mapping[str, Language]
    renderer: Renderer
    assets: Assets
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """The present in UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """The local date."""
        return self.clock().astimezone(LOCAL_ZONE).date()

    def midnight(self) -> datetime:
        """The last local midnight, aware: what is relative to now changes only there."""
        return datetime.combine(self.today(), datetime.min.time(), LOCAL_ZONE)


def site_of(request: Request) -> Site:
    """The site that answers this request."""
    site: Site = request.app.state.site
    return site


def language_of(request: Request) -> Language:
    """The reader's language, out of the path. Raises HTTPException 404 where it is not served."""
    try:
        return site_of(request).languages[request.path_params["lang"]]
    except KeyError:
        raise HTTPException(404) from None
