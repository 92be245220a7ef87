"""The commands of the domain, as the command line offers them. Each returns its exit status."""

import argparse
from typing import Any

from events import demo
from web.site import Site


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add every command; `run` is what is called with the site and the arguments."""
    load = commands.add_parser("demo", help="load the demonstration into an empty database")
    load.set_defaults(run=load_demo)


async def load_demo(site: Site, arguments: Any) -> int:
    """Load the demonstration where there are no events yet."""
    count = await demo.load(now=site.now(), today=site.today(), uid_domain=site.settings.uid_domain)
    print(f"{count} events loaded" if count else "the database has events already: nothing was loaded")
    return 0
