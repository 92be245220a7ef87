"""The picture of an event as a page shows it: files to choose from, and in words what it shows. Pure."""

from dataclasses import dataclass

from events.domain.event import Event
from events.editing.images.processing import file_name, widths_of
from events.presenting.cards import Typed, typed
from web.i18n import Language

SHARED_WIDTH = 800
"""Pixels of the file that messages and search engines are told of: large enough for them, and quickly fetched."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture with its own size in pixels, so that nothing moves while it loads.

    `files` is a `srcset`; `alternative` is None for decoration. `credit` says whose it is and under what terms.
    """

    address: str
    files: str
    width: int
    height: int
    alternative: Typed | None
    credit: str


def picture_view(event: Event, language: Language) -> PictureView | None:
    """The event's picture, its alternative in the reader's language, else in the one it was written in."""
    picture = event.picture
    if picture is None:
        return None
    paths = {width: f"/media/{file_name(picture.digest, width)}" for width in widths_of(picture.width)}
    tags = (language.tag, event.original_language, *sorted(picture.alternatives))
    tag = next((tag for tag in tags if picture.alternatives.get(tag)), "")
    return PictureView(
        address=paths[_nearest(paths)],
        files=", ".join(f"{path} {width}w" for width, path in paths.items()),
        width=picture.width,
        height=picture.height,
        alternative=typed(picture.alternatives[tag], tag, language) if tag else None,
        credit=" · ".join(filter(None, (picture.credit, picture.licence))),
    )


def _nearest(widths: dict[int, str]) -> int:
    return min(widths, key=lambda width: abs(width - SHARED_WIDTH))
