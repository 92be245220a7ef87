"""Public questions about organisations."""

from dataclasses import dataclass

from web.database import as_json, fetch


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
    texts: dict[str, str]


async def profile(slug: str) -> Profile | None:
    """The approved organisation with this slug; None where the public may not see one."""
    rows = await fetch(
        "SELECT id, slug, name, kind, area, languages, contact_email, contact_phone, website"
        " FROM organisation WHERE slug = ? AND state = 'approved'",
        slug,
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


async def directory() -> list[Profile]:
    """Every approved organisation, by name."""
    rows = await fetch(
        "SELECT slug, name, kind, area, languages, contact_email, contact_phone, website FROM organisation"
        " WHERE state = 'approved' ORDER BY name, slug"
    )
    return [Profile(**{**row, "languages": tuple(as_json(row["languages"]))}, texts={}) for row in rows]
