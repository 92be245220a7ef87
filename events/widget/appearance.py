"""The look of a widget: what can be chosen beside the filter, and the fields to choose it with. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events.filtering.choices import Choice, Field
from events.filtering.filters import EventFilter
from events.filtering.parameters import Problem, clean
from events.widget.options import COLOURS, HEADING_LEVELS, WidgetOptions
from events.widget.view import told
from web.i18n import Language

PAGE: Final = "page"
"""The value of `lang` that leaves the language to the page around."""
LONGEST_COLOUR: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was chosen. `lang` is empty where the texts are in the builder's own language; `typed` are
    the colours as they came, readable or not."""

    filter: EventFilter
    options: WidgetOptions
    language: Language
    lang: str
    typed: Mapping[str, str]
    problems: tuple[Problem, ...]

    @classmethod
    def from_query(
        cls, pairs: Sequence[tuple[str, str]], languages: Mapping[str, Language], reader: Language
    ) -> "Asked":
        """What an address asks for; never raises. `lang` is a code that is served, or `page`."""
        filter_, problems = EventFilter.from_query(pairs)
        options, more_problems = WidgetOptions.from_query(pairs)
        lang = next((clean(text).lower() for key, text in pairs if key == "lang" and clean(text)), "")
        wrong = () if lang in ("", PAGE, *languages) else (Problem("lang", lang[:80], "choice"),)
        lang = "" if wrong or lang == reader.code else lang
        typed = {key: clean(text)[:LONGEST_COLOUR] for key, text in pairs if key in COLOURS}
        return cls(filter_, options, languages.get(lang, reader), lang, typed, (*problems, *more_problems, *wrong))

    def to_query(self) -> str:
        """The canonical query string."""
        lang = f"lang={self.lang}" if self.lang else ""
        return "&".join(filter(None, (self.filter.to_query(), self.options.to_query(), lang)))


@dataclass(frozen=True, slots=True)
class Colour:
    """A field for a colour: `value` with #, empty where ours is used; `wrong` says why what was typed is not."""

    name: str
    label: str
    value: str
    wrong: str


def look_fields(asked: Asked, reader: Language, languages: Mapping[str, Language]) -> tuple[Field, ...]:
    """Everything that is picked: language, layout, series, light or dark, target, level of the heading."""
    # One value made of many fields, each in its line: no part of it would read better alone.
    spoken = tuple(
        Choice(
            "lang",
            code,
            language.own_name,
            asked.lang != PAGE and language == asked.language,
            tag=language.tag,
            direction=language.direction,
        )
        for code, language in languages.items()
    )
    around = Choice("lang", PAGE, reader.gettext("The language of the page around it"), asked.lang == PAGE)
    choices = {
        "layout": (
            reader.gettext("Layout"),
            {
                "list": reader.gettext("By day, with place, languages and price"),
                "compact": reader.gettext("Short: time and title"),
            },
        ),
        "series": (
            reader.gettext("A series of dates"),
            {
                "collapse": reader.gettext("Once, on its next date"),
                "expand": reader.gettext("On every date"),
            },
        ),
        "theme": (
            reader.gettext("Light or dark"),
            {
                "auto": reader.gettext("As the page around it"),
                "light": reader.gettext("Always light"),
                "dark": reader.gettext("Always dark"),
            },
        ),
        "target": (
            reader.gettext("Links open"),
            {
                "_top": reader.gettext("In the same tab"),
                "_blank": reader.gettext("In a new tab"),
            },
        ),
        "heading_level": (
            reader.gettext("Level of the heading"),
            {level: reader.gettext("Level {n}").format(n=level) for level in HEADING_LEVELS},
        ),
    }
    fields = (
        Field(
            legend,
            tuple(Choice(name, value, text, getattr(asked.options, name) == value) for value, text in texts.items()),
            many=False,
        )
        for name, (legend, texts) in choices.items()
    )
    return (Field(reader.gettext("Language of the list"), (*spoken, around), many=False), *fields)


def colour_fields(asked: Asked, reader: Language) -> tuple[Colour, ...]:
    """The colours, what was typed and could not be used with its reason."""
    wrong = {problem.parameter: told(problem, reader) for problem in asked.problems}
    labels = {
        "background": reader.gettext("Background"),
        "text": reader.gettext("Text"),
        "link": reader.gettext("Links"),
    }
    return tuple(
        Colour(name, text, _written(getattr(asked.options, name)) or asked.typed.get(name, ""), wrong.get(name, ""))
        for name, text in labels.items()
    )


def _written(digits: str) -> str:
    return f"#{digits}" if digits else ""
