"""The commands that every site has, as the command line offers them."""

import argparse

from web import archive_commands


def add_to(known: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add every command. What each of them does is for the composition root to say, but for `archives`."""
    known.add_parser("migrate", help="bring the database up to date")
    server = known.add_parser("serve", help="serve the site")
    server.add_argument("--host")
    server.add_argument("--port")
    known.add_parser("routes", help="print every address, who may ask for it, and what answers")
    archive_commands.add_to(known)
