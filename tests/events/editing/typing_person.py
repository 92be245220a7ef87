"""A process that types and publishes as fast as it can, and says aloud only what was acknowledged."""

import asyncio
import sys
from datetime import UTC, datetime
from itertools import count

from events.editing import acceptance, proposals
from events.editing.changes import Actor
from main import database
from organisations.models import Organisation
from web.database.connection import opened
from web.settings import Settings

NOW = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
FORM = {"category": "language", "date": "8.12.2026", "start": "17.30", "end": "19", "online_url": "https://a.example/"}


async def type_on(url: str, name: str) -> None:
    settings = Settings.from_environment({"DATABASE_URL": url})
    async with opened(database(settings)):
        organisation, _ = await Organisation.get_or_create(
            slug=name,
            defaults={"name": name, "state": "approved", "review_first": False, "created": NOW, "modified": NOW},
        )
        for number in count():
            title = f"{name} {number}"
            draft = await proposals.begin(organisation_id=organisation.id, author_id=None, now=NOW)
            saved = await proposals.save(draft.key, {**FORM, "title.fi": title}, 1, author_id=None, now=NOW)
            print(f"saved\t{saved.key}\t{title}", flush=True)
            if number % 2:
                outcome = await acceptance.submit(
                    saved.key, by=Actor(None, "editor"), now=NOW, uid_domain="yhdessa.example"
                )
                assert outcome.change is not None
                print(f"published\t{outcome.change.public_id}\t{title}", flush=True)
            elif number > 60:
                # Said before: what is killed between the change and the message was thrown away on purpose.
                print(f"discarding\t{saved.key}\t{title}", flush=True)
                await proposals.discard(saved.key)


asyncio.run(type_on(*sys.argv[1:]))
