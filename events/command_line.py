"""The commands about events, as the command line offers them. Each returns its exit status."""

import argparse
from pathlib import Path

from events.demo import loading as demo
from events.filtering.search_labels import keys_by_label
from events.imports import commands
from organisations import demo_people
from web.site import Site


def add_to(known: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add every command; `run` is what is called with the site and the arguments."""
    load = known.add_parser("demo", help="load the demonstration into an empty database")
    load.set_defaults(run=load_demo)
    calendars = known.add_parser("import-ics", help="take over the entries of a calendar file")
    _add_file(calendars)
    calendars.add_argument("--language", default="fi", help="the language its texts are in (fi)")
    calendars.set_defaults(run=import_ics)
    linked = known.add_parser("import-linked-events", help="take over an answer of a Linked Events API")
    _add_file(linked)
    linked.add_argument("--places", type=Path, metavar="FILE", help="an answer with the places it refers to")
    linked.set_defaults(run=import_linked_events)


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisation", required=True, metavar="SLUG", help="who publishes them")


async def load_demo(site: Site, arguments: argparse.Namespace) -> int:
    """Load the demonstration where there are no events yet."""
    count = await demo.load(now=site.now(), today=site.today(), uid_domain=site.settings.uid_domain)
    print(f"{count} events loaded" if count else "the database has events already: nothing was loaded")
    print("\n".join(await demo_people.told()))
    return 0


async def import_ics(site: Site, arguments: argparse.Namespace) -> int:
    """Take over a calendar file and print what became of it."""
    return await commands.import_ics(
        arguments.file,
        organisation=arguments.organisation,
        language=arguments.language,
        now=site.now(),
        today=site.today(),
        uid_domain=site.settings.uid_domain,
        labels=keys_by_label(site.languages),
    )


async def import_linked_events(site: Site, arguments: argparse.Namespace) -> int:
    """Take over a Linked Events answer and print what became of it."""
    return await commands.import_linked_events(
        arguments.file,
        organisation=arguments.organisation,
        places=arguments.places,
        now=site.now(),
        uid_domain=site.settings.uid_domain,
        labels=keys_by_label(site.languages),
    )
