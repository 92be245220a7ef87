"""The options of a widget: the parameters of its look, beside the filter in its address. Pure.

Reading is as lenient as the filter's: unknown parameters are ignored, what cannot be read is left out and named. A
name may be written with a hyphen, as attributes of HTML are: «heading-level» is `heading_level`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final
from urllib.parse import quote

from events.filtering.listing import MAXIMUM_LIMIT, SERIES, Presentation
from events.filtering.parameters import Problem, clean

LAYOUTS: Final = ("list", "compact")
THEMES: Final = ("auto", "light", "dark")
TARGETS: Final = ("_top", "_blank")
HEADING_LEVELS: Final = ("2", "3", "4", "5", "6")
LONGEST_HEADING: Final = 120
COLOURS: Final[Mapping[str, str]] = {"background": "fffdf8", "text": "1f1b16", "link": "0f4a38"}
"""The colours that can be chosen, with those that stand in where only some were: an own ground needs own ink."""
CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3: what text must have on its ground at least."""
CLOSED: Final[Mapping[str, Sequence[str]]] = {
    "layout": LAYOUTS,
    "series": SERIES,
    "theme": THEMES,
    "target": TARGETS,
    "heading_level": HEADING_LEVELS,
    "frame": ("0", "1"),
}
SHOWN_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class WidgetOptions:
    """What a widget looks like. Equal options have equal `to_query()`.

    Colours are six hexadecimal digits, empty where not chosen; chosen ones can be read on their ground.
    """

    layout: str = "list"
    limit: int = 10
    series: str = "collapse"
    heading: str = ""
    heading_level: str = "2"
    target: str = "_top"
    theme: str = "auto"
    background: str = ""
    text: str = ""
    link: str = ""
    frame: str = "0"

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> tuple["WidgetOptions", tuple[Problem, ...]]:
        """The options of a query string and what could not be read in it; never raises. The last value counts."""
        known = {field.name for field in fields(cls)}
        given = {key.replace("-", "_"): clean(value) for key, value in pairs}
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for key, text in given.items():
            if key in known and text:
                value = _read(key, text)
                if value is None:
                    message = "colour" if key in COLOURS else "limit" if key == "limit" else "choice"
                    problems.append(Problem(key, text[:SHOWN_LENGTH], message))
                else:
                    values[key] = value
        unreadable = _unreadable(values)
        if unreadable:
            values = {key: value for key, value in values.items() if key not in COLOURS}
        return cls(**values), (*problems, *unreadable)

    def pairs(self) -> list[tuple[str, str]]:
        """The (parameter, value) pairs that differ from the defaults, in alphabetical order."""
        return sorted(
            (field.name, str(getattr(self, field.name)))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        )

    def to_query(self) -> str:
        """The canonical query string; empty for the defaults."""
        return "&".join(f"{key}={quote(value, safe='')}" for key, value in self.pairs())

    @property
    def presentation(self) -> Presentation:
        """How much of the listing is asked for."""
        return Presentation(series=self.series, limit=self.limit)

    @property
    def colours(self) -> Mapping[str, str]:
        """Every colour as it is used where one was chosen; empty where none was."""
        return _completed({name: getattr(self, name) for name in COLOURS})

    @property
    def scheme(self) -> str:
        """`auto`, `light` or `dark`; own colours decide it by their ground, since they look the same in both."""
        if self.colours:
            return "dark" if luminance(self.colours["background"]) < 0.18 else "light"
        return self.theme


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of six hexadecimal digits, 0 to 1 (WCAG 2.2)."""
    shares = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(key: str, text: str) -> str | int | None:
    """The value of one option, None where it cannot be read."""
    if key == "heading":
        return text[:LONGEST_HEADING]
    if key == "limit":
        readable = text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= 1
        return min(int(text), MAXIMUM_LIMIT) if readable else None
    if key in COLOURS:
        return _colour(text)
    return text.lower() if text.lower() in CLOSED[key] else None


def _colour(text: str) -> str | None:
    found = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", text.lower())
    if not found:
        return None
    return found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])


def _completed(chosen: Mapping[str, str]) -> Mapping[str, str]:
    if not any(chosen.values()):
        return {}
    return {name: chosen.get(name) or default for name, default in COLOURS.items()}


def _unreadable(values: Mapping[str, Any]) -> list[Problem]:
    """A problem for each colour that cannot be read on the ground; its value is the ratio."""
    colours = _completed({name: values.get(name, "") for name in COLOURS})
    ratios = {name: contrast(colours[name], colours["background"]) for name in ("text", "link") if colours}
    return [Problem(name, f"{ratio:.1f}", "contrast") for name, ratio in ratios.items() if ratio < CONTRAST]
