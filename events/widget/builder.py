"""The builder of embedded lists: its fields, its preview and what is copied from it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from events.filtering.choices import Field
from events.filtering.filter_summary import Names
from events.filtering.listing import MAXIMUM_LIMIT
from events.widget.appearance import PAGE, Asked, Colour, colour_fields, look_fields
from events.widget.embed_code import Pasted, Scripts, policies
from events.widget.options import COLOURS, LONGEST_HEADING, WidgetOptions
from events.widget.view import heading_of, told
from web.i18n import Language

WIDTH: Final = 70
"""Characters in a line of a box to copy from."""
FIELDS: Final = ("start", "end", "starts_after", "starts_before", "age", "limit", *COLOURS)
"""Parameters that are typed into a field of the same id, to which a message can lead."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message about a value; `field` is the id of where it was typed, empty where it came with a link."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to copy. Code is left to right in every language; a sentence is in the reader's."""

    id: str
    title: str
    text: str
    note: str = ""

    @property
    def rows(self) -> int:
        """About as many lines as it takes."""
        return max(2, sum(1 + len(line) // WIDTH for line in self.text.splitlines()))


@dataclass(frozen=True, slots=True)
class BuilderView:
    """What the builder shows beside the panel of the filter. `looks` are choices, the rest is typed."""

    options: WidgetOptions
    longest_heading: int
    highest_limit: int
    looks: tuple[Field, ...]
    colours: tuple[Colour, ...]
    problems: tuple[Told, ...]
    preview: str
    preview_language: Language
    snippets: tuple[Snippet, ...]
    policies: tuple[Snippet, ...]
    statements: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What the site gives: its languages, its name and address, and the scripts."""

    languages: Mapping[str, Language]
    site_name: str
    base_url: str
    scripts: Scripts


def builder_view(asked: Asked, reader: Language, around: Around, names: Names, *, today: date) -> BuilderView:
    """The builder with everything that was chosen."""
    pasted = Pasted(
        filter=asked.filter,
        options=asked.options,
        language=asked.language,
        follows_page=asked.lang == PAGE,
        title=asked.options.heading or heading_of(asked.filter, asked.language, names, today=today),
        base_url=around.base_url,
    )
    written = policies(around.base_url)
    return BuilderView(
        options=pasted.options,
        longest_heading=LONGEST_HEADING,
        highest_limit=MAXIMUM_LIMIT,
        looks=look_fields(asked, reader, around.languages),
        colours=colour_fields(asked, reader),
        problems=tuple(
            Told(told(problem, reader), problem.parameter if problem.parameter in FIELDS else "")
            for problem in asked.problems
        ),
        preview=pasted.address(frame="1").removeprefix(around.base_url),
        preview_language=pasted.language,
        snippets=_snippets(pasted, reader, around.scripts),
        policies=(
            Snippet("policy-script", reader.gettext("For the script"), written["script"]),
            Snippet("policy-frame", reader.gettext("For the frame"), written["frame"]),
        ),
        statements=_statements(reader, around),
    )


def _snippets(pasted: Pasted, reader: Language, scripts: Scripts) -> tuple[Snippet, ...]:
    return (
        Snippet(
            "snippet-script",
            reader.gettext("Script"),
            pasted.element(scripts.latest),
            reader.gettext("The list becomes part of your page. Where the script does not run, a link stays."),
        ),
        Snippet(
            "snippet-released",
            reader.gettext("Script that never changes"),
            pasted.element(scripts.released, scripts.integrity),
            reader.gettext("For sites that check every script: the browser refuses it if a single letter differs."),
        ),
        Snippet(
            "snippet-frame",
            reader.gettext("Frame"),
            pasted.iframe(scripts.listener),
            reader.gettext("A page within your page. The script below the frame fits its height; it works without."),
        ),
        Snippet(
            "snippet-link",
            reader.gettext("Link"),
            pasted.link,
            reader.gettext("For newsletters and wherever nothing can be embedded."),
        ),
    )


def _statements(reader: Language, around: Around) -> tuple[Snippet, ...]:
    site, home = reader.isolated(around.site_name), f"{around.base_url}/{reader.code}"
    accessibility = reader.gettext(
        "The list of events on this page comes from the service {site}. Its accessibility statement: {address}"
    )
    privacy = reader.gettext(
        "The list of events on this page is fetched from the service {site}. It sets no cookies and stores nothing on"
        " your device. As with any page, the server sees the network address of your device. Data protection: {address}"
    )
    return (
        Snippet(
            "statement-accessibility",
            reader.gettext("For your accessibility statement"),
            accessibility.format(site=site, address=reader.isolated(f"{home}/accessibility")),
        ),
        Snippet(
            "statement-privacy",
            reader.gettext("For your privacy notice"),
            privacy.format(site=site, address=reader.isolated(f"{home}/privacy")),
        ),
    )
