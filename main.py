"""Yhdessä: the composition root and the command line. `python main.py --help` lists the commands."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import ASGIApp

from events import command_line, housekeeping
from events.domain.labels import label
from events.routes import routes as event_routes
from organisations import command_line as people_command_line
from organisations.housekeeping import WORKS
from organisations.permission_table import as_text, permission_table
from organisations.routes import routes as organisation_routes
from web import command_line as site_command_line
from web.application import application
from web.assets import Assets
from web.database.connection import Config, configuration, opened
from web.database.migrate import migrate
from web.i18n import load_languages
from web.jobs import look_after
from web.rendering import Renderer
from web.routes import routes as site_routes
from web.server import serve
from web.settings import ROOT, Settings, SettingsError
from web.site import Site

MODELS = ("web.database.revision", "web.models", "organisations.models", "events.storage.models")
ROUTES = (*site_routes, *event_routes, *organisation_routes)  # tried in turn


def database(settings: Settings) -> Config:
    """The one Tortoise app of the product, with the one package of migrations."""
    return configuration(settings.database_url, label="calendar", models=MODELS, migrations="migrations")


def create_site(settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Site:
    """Everything that is read from files, once."""
    assets = Assets(ROOT / "static")
    renderer = Renderer(ROOT / "templates", asset=assets.url, label=label)
    return Site(settings, load_languages(ROOT / "locales"), renderer, assets, clock)


def create_app() -> ASGIApp:
    """The application, as a server imports it. Raises ValueError where a route stands open that must not."""
    permission_table(ROUTES)
    settings = Settings.from_environment(os.environ)
    return application(create_site(settings), ROUTES, database(settings), (*WORKS, *housekeeping.WORKS))


def start(settings: Settings) -> int:
    """Migrate, then serve until told to stop; neither where a route stands open that must not."""
    permission_table(ROUTES)
    asyncio.run(migrate(database(settings)))
    print(f"Yhdessä is at {settings.base_url}/ (stop with Ctrl+C)", flush=True)
    if not settings.smtp_url:
        print("No mail server is set (SMTP_URL): sign-in codes and all other mail are printed here.", flush=True)
    serve(settings, "main:create_app")
    return 0


async def on_database(settings: Settings, arguments: argparse.Namespace) -> int:
    """Run one command of the domain on the migrated database; its exit status."""
    await migrate(database(settings))
    site = create_site(settings)
    async with opened(database(settings)):
        return int(await arguments.run(site, arguments))


def arguments_parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    parser = argparse.ArgumentParser(prog="main.py", description="Yhdessä, the calendar of a city's associations")
    known = parser.add_subparsers(dest="command", required=True)
    site_command_line.add_to(known)
    jobs = known.add_parser("jobs", help="send mail and do what is due, as every server process does too")
    jobs.set_defaults(run=lambda site, _arguments: look_after(site, (*WORKS, *housekeeping.WORKS)))
    command_line.add_to(known)
    people_command_line.add_to(known)
    return parser


def main(arguments: argparse.Namespace) -> int:
    """Run a command; its exit status. Raises SettingsError and ValueError with one clear line."""
    given = {"HOST": getattr(arguments, "host", None), "PORT": getattr(arguments, "port", None)}
    os.environ.update({name: value for name, value in given.items() if value})
    settings = Settings.from_environment(os.environ)
    match arguments.command:
        case "serve":
            return start(settings)
        case "migrate":
            print("\n".join(asyncio.run(migrate(database(settings)))) or "nothing to migrate")
            return 0
        case "backup" | "restore":
            return int(arguments.archive(settings.database_url, arguments.path, settings.media_dir))
        case "routes":
            print(as_text(permission_table(ROUTES)))
            return 0
        case _:
            return asyncio.run(on_database(settings, arguments))


def __getattr__(name: str) -> Config:
    """`TORTOISE_ORM`, which the `tortoise` command asks for when a model has changed."""
    if name == "TORTOISE_ORM":
        return database(Settings.from_environment(os.environ))
    raise AttributeError(name)


if __name__ == "__main__":
    try:
        sys.exit(main(arguments_parser().parse_args()))
    except (SettingsError, ValueError) as refused:
        sys.exit(f"main.py: {refused}")
    except KeyboardInterrupt:
        sys.exit(130)
