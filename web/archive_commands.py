"""The commands `backup` and `restore`."""

import argparse
from pathlib import Path

from web.backup import back_up
from web.restore import restore


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both to the command line; `archive` is what to call with the database's address, the archive, the files."""
    packing = commands.add_parser("backup", help="copy the database, while it is in use, into one archive")
    unpacking = commands.add_parser("restore", help="bring an archive back where nothing is yet")
    for parser, work in ((packing, back_up), (unpacking, restore)):
        parser.add_argument("path", type=Path)
        parser.set_defaults(archive=work)
