"""A process that is killed in the middle of anything has kept every word that it said it had."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from events.storage.models import Event, Proposal
from tests.people import opened_calendar
from tests.web.processes import ROOT
from web.database.connection import fetch

ROUNDS = 5


def killed_while_typing(url: str, name: str, chance: random.Random) -> list[list[str]]:
    """What a process acknowledged before it was killed: (what, key or public id, title)."""
    command = [sys.executable, "-m", "tests.events.editing.typing_person", url, name]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    # So many words, not so many seconds: in a second a busy machine may do next to nothing.
    heard = [process.stdout.readline() for _ in range(chance.randrange(4, 50))]
    time.sleep(chance.uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    # A last line without its end was not said.
    return [line.split("\t") for line in ("".join(heard) + rest).split("\n")[:-1] if line.count("\t") == 2]


def test_every_word_that_was_acknowledged_survives_kill_9(migrated_file: Path, tmp_path: Path) -> None:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path / 'test.db')}"
    chance = random.Random(20261201)
    said = [line for number in range(ROUNDS) for line in killed_while_typing(url, f"typist{number}", chance)]
    saved = {key: title for what, key, title in said if what == "saved"}
    published = {key: title for what, key, title in said if what == "published"}
    done_with = {title for what, _, title in said if what != "saved"}

    async def stored() -> tuple[dict[str, str], dict[str, list[str]]]:
        drafts = {row.key: row.payload["fields"].get("title.fi", "") for row in await Proposal.all()}
        events = {row.public_id: [t.title for t in row.texts] for row in await Event.all().prefetch_related("texts")}
        return drafts, events

    async def sound() -> list[str]:
        return [*(str(row) for row in await fetch("PRAGMA foreign_key_check")),
                *(row["integrity_check"] for row in await fetch("PRAGMA integrity_check"))]  # fmt: skip

    with opened_calendar(url) as calendar:
        drafts, events = calendar.run(stored)
        assert calendar.run(sound) == ["ok"]

    # What was saved is a draft, or an event whose publication was not acknowledged any more, or was dealt with.
    shown = {titles[0] for titles in events.values()}
    assert len(saved) > ROUNDS
    assert {title for key, title in saved.items() if drafts.get(key) != title} - shown - done_with == set()
    assert {key: events.get(key) for key in published} == {key: [title] for key, title in published.items()}
    assert len(shown) == len(events)  # nothing twice
