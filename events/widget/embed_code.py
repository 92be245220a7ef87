"""The code that a web editor copies: for the page, its Content-Security-Policy and its statements. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from events.filtering.filters import EventFilter
from events.widget.options import WidgetOptions
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Scripts:
    """The script's addresses: as it is today, and as it was released, with what browsers check that by; and the
    lines by which a page around a frame hears of its height."""

    latest: str
    released: str
    integrity: str
    listener: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """One list of events for other pages: what it holds, how it looks, in which language.

    `follows_page` leaves the language to the page around. `title` names the list in its own language.
    """

    filter: EventFilter
    options: WidgetOptions
    language: Language
    follows_page: bool
    title: str
    base_url: str

    def address(self, **more: str) -> str:
        """The page that is framed."""
        query = "&".join(
            part
            for part in (
                self.filter.to_query(),
                self.options.to_query(),
                *(f"{name}={value}" for name, value in more.items()),
            )
            if part
        )
        return f"{self.base_url}/{self.language.code}/widget{f'?{query}' if query else ''}"

    @property
    def link(self) -> str:
        """A link to the same events in the calendar, as it is and as what stands where a script does not run."""
        query = self.filter.to_query()
        address = f"{self.base_url}/{self.language.code}/events{f'?{query}' if query else ''}"
        tag, direction = self.language.tag, self.language.direction
        return f'<a href="{escape(address)}" lang="{tag}" dir="{direction}">{escape(self.title)}</a>'

    def element(self, script: str, integrity: str = "") -> str:
        """Three lines: the script, the element with every choice as an attribute, the link inside."""
        checked = f' integrity="{integrity}" crossorigin="anonymous"' if integrity else ""
        attributes = [] if self.follows_page else [("lang", self.language.tag)]
        attributes += [(name.replace("heading_level", "heading-level"), value) for name, value in self._chosen()]
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        return "\n".join(
            (
                f'<script src="{script}"{checked} async></script>',
                f"<yhdessa-events{written}>",
                f"{self.link}</yhdessa-events>",
            )
        )

    def iframe(self, listener: str) -> str:
        """A frame, and a script that makes it as high as its list."""
        address = self.address(frame="1")
        frame = f'<iframe src="{escape(address)}" title="{escape(self.title)}" width="100%" height="600"></iframe>'
        return f"{frame}\n<script>\n{listener.strip()}\n</script>"

    def _chosen(self) -> Sequence[tuple[str, str]]:
        return (*self.filter.pairs(), *self.options.pairs())


def policies(base_url: str) -> Mapping[str, str]:
    """What a page with a strict Content-Security-Policy adds to it: for the script, and for the frame."""
    parts = urlsplit(base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return {
        "script": f"script-src {origin}; connect-src {origin}; style-src {origin}",
        "frame": f"frame-src {origin}",
    }
