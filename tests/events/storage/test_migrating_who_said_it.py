"""A calendar from before «who said it» was kept is brought up to date, and nothing in it is lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from main import database
from organisations.slugs import RESIDENTS
from tests.people import opened_calendar
from tests.web.database.schema import shape
from web.database.connection import Config, as_utc, fetch, opened
from web.database.migrate import migrate
from web.settings import ROOT, Settings

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
BEFORE = (
    "0001_initial",
    "0002_people_proposals_and_mail",
    "0003_word_search",
    "0004_last_revision",
    "0005_several_days",
)
EMPTY = {"prices": "[]", **dict.fromkeys(("schedule", "registration", "own_access", "access", "first_time"), "{}")}
TEXTS = (
    *("kind", "category", "online_url", "price", "registration_kind", "nearest_stop", "contact_email", "contact_phone"),
    *("link", "event_status", "status_reason", "source_hash"),
)


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The package of the migrations that there were before."""
    name = "migrations_of_before"
    (tmp_path / name).mkdir()
    for stem in ("__init__", *BEFORE):
        shutil.copy(ROOT / "migrations" / f"{stem}.py", tmp_path / name)
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for known in [known for known in sys.modules if known.partition(".")[0] == name]:
        del sys.modules[known]


def config_of(url: str) -> Config:
    return database(Settings.from_environment({"DATABASE_URL": url}))


def with_migrations(config: Config, package: str) -> Config:
    apps = {label: {**app, "migrations": package} for label, app in config["apps"].items()}
    return {**config, "apps": apps}


async def insert(table: str, **columns: Any) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    await fetch(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", *columns.values())


async def fill() -> None:
    """Pulina with an event that it published, and three that came by an import: one as it came, one that its editor
    has changed since, one that the city has changed and its editor only taken off."""
    organisation = dict.fromkeys(("register_number", "area", "contact_email", "contact_phone", "website"), "")
    await insert(
        "organisation", slug="pulina", name="Pulina", kind="association", languages="[]", state="approved",
        review_first=False, created=NOW, modified=NOW, **organisation,
    )  # fmt: skip
    for number, (public_id, source) in enumerate(
        (
            ("aaaaaaaaaa", None),
            ("bbbbbbbbbb", "ics:pulina"),
            ("cccccccccc", "ics:pulina"),
            ("dddddddddd", "ics:pulina"),
        ),
        start=1,
    ):
        await insert(
            "event", public_id=public_id, organisation_id=1, original_language="fi", uid=f"{public_id}@x",
            online=False, full=False, sequence=number, publication="published", search_text="kielikahvila", created=NOW,
            modified=LATER, published=NOW, confirmed=LATER, source=source, source_id=public_id if source else None,
            **EMPTY, **dict.fromkeys(TEXTS, ""),
        )  # fmt: skip
    notices = (("cccccccccc", "editor", "edit"), ("dddddddddd", "city", "edit"), ("dddddddddd", "owner", "withdraw"))
    for target, role, action in notices:
        await insert(
            "audit_entry", at=NOW, role=role, action=action, target_kind="event", target=target,
            organisation_id=1, detail="{}",
        )  # fmt: skip


async def rows(sql: str) -> list[dict[str, Any]]:
    return await fetch(sql)


async def test_only_what_people_have_said_stays_confirmed(empty_database_url: str, older: str) -> None:
    config = config_of(empty_database_url)
    assert await migrate(with_migrations(config, older)) == list(BEFORE)
    async with opened(config):
        await fill()
        everything = "SELECT * FROM event ORDER BY id"
        before, triggers = await rows(everything), (await shape())["triggers"]

    await migrate(config)

    async with opened(config):
        after = await rows(everything)
        said = {row["public_id"]: row["confirmed"] and as_utc(row["confirmed"]) for row in after}
        assert said == {"aaaaaaaaaa": LATER, "bbbbbbbbbb": None, "cccccccccc": NOW, "dddddddddd": None}
        unchanged = [{name: row[name] for name in before[0] if name != "confirmed"} for row in after]
        assert unchanged == [{name: row[name] for name in before[0] if name != "confirmed"} for row in before]
        assert [row["told_by"] for row in after] == [""] * 4
        assert (await shape())["triggers"] == triggers
        found = await rows("SELECT rowid FROM event_search WHERE search_text LIKE '%kielikahvila%' ORDER BY rowid")
        assert [row["rowid"] for row in found] == [1, 2, 3, 4]
        slugs = await rows("SELECT slug, state FROM organisation ORDER BY id")
        assert [(row["slug"], row["state"]) for row in slugs] == [("pulina", "approved"), (RESIDENTS, "approved")]


async def test_what_is_migrated_is_shown(empty_database_url: str, older: str) -> None:
    config = config_of(empty_database_url)
    await migrate(with_migrations(config, older))
    async with opened(config):
        await fill()
    await migrate(config)

    with opened_calendar(empty_database_url) as calendar:
        page = calendar.get("/fi/organisations").text

    assert ("Pulina" in page, RESIDENTS in page) == (True, False)
