"""The organisation that an address names."""

from starlette.exceptions import HTTPException

from organisations.queries import Profile, is_suspended, profile


async def found_profile(slug: str) -> Profile:
    """The organisation that a path names. Raises HTTPException 404 where the public never saw one, 410 for one that
    the city has suspended."""
    organisation = await profile(slug)
    if organisation is None:
        raise HTTPException(410 if await is_suspended(slug) else 404)
    return organisation
