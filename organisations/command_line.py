"""The commands about people, as the command line offers them. Each returns its exit status."""

import argparse

from organisations import people
from web.i18n import DEFAULT
from web.site import Site


def add_to(known: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add every command; `run` is what is called with the site and the arguments."""
    grant = known.add_parser("grant-city", help="make somebody city staff, or take that away")
    grant.add_argument("email")
    grant.add_argument("--revoke", action="store_true", help="take it away, and sign them out")
    grant.set_defaults(run=grant_city)


async def grant_city(site: Site, arguments: argparse.Namespace) -> int:
    """Make the person with this address city staff, whether she has signed in before or not."""
    email = arguments.email.strip().lower()
    if not email.isprintable() or " " in email or email.count("@") != 1 or email.startswith("@"):
        raise ValueError(f"«{arguments.email}» is no e-mail address")
    await people.grant_city(email, granted=not arguments.revoke, language=DEFAULT, now=site.now())
    print(f"{email} {'no longer works' if arguments.revoke else 'works'} for the city")
    return 0
