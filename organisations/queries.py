"""Queries for what the public may know of organisations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from organisations.slugs import RESIDENTS
from web.database.connection import as_json, fetch


@dataclass(frozen=True, slots=True)
class Profile:
    """What the public may know of an organisation. `texts` maps a language to its own words."""

    slug: str
    name: str
    kind: str
    area: str
    languages: tuple[str, ...]
    contact_email: str
    contact_phone: str
    website: str
    texts: Mapping[str, str]

    def saying(self, texts: Mapping[str, str]) -> "Profile":
        """The same organisation with its own words by language."""
        return replace(self, texts=texts)


async def profile(slug: str) -> Profile | None:
    """The approved organisation with this slug; None where the public may not see one."""
    rows = await fetch(
        "SELECT id, slug, name, kind, area, languages, contact_email, contact_phone, website"
        " FROM organisation WHERE slug = ? AND slug <> ? AND state = 'approved'",
        slug,
        RESIDENTS,
    )
    if not rows:
        return None
    row = rows[0]
    texts = await fetch("SELECT language, description FROM organisation_text WHERE organisation_id = ?", row["id"])
    return Profile(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        area=row["area"],
        languages=tuple(as_json(row["languages"])),
        contact_email=row["contact_email"],
        contact_phone=row["contact_phone"],
        website=row["website"],
        texts={text["language"]: text["description"] for text in texts},
    )


async def is_suspended(slug: str) -> bool:
    """Whether the city has taken an organisation off that the public may have known."""
    rows = await fetch("SELECT id FROM organisation WHERE slug = ? AND state = 'suspended'", slug)
    return bool(rows)


async def directory() -> list[Profile]:
    """Every approved organisation, by name, without texts."""
    rows = await fetch(
        "SELECT slug, name, kind, area, languages, contact_email, contact_phone, website FROM organisation"
        " WHERE state = 'approved' AND slug <> ?",
        RESIDENTS,
    )
    found = [Profile(**{**row, "languages": tuple(as_json(row["languages"]))}, texts={}) for row in rows]
    # Not in SQL: the databases disagree about the order of letters.
    return sorted(found, key=lambda each: (each.name.casefold(), each.slug))


async def descriptions() -> Mapping[str, Mapping[str, str]]:
    """Slug -> language -> what an approved organisation says of itself."""
    rows = await fetch(
        "SELECT g.slug, t.language, t.description FROM organisation_text t"
        " JOIN organisation g ON g.id = t.organisation_id WHERE g.state = 'approved'"
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["slug"], {})[row["language"]] = row["description"]
    return found
