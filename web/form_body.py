"""Reads the body of a sent form, with limits."""

from typing import Final

from starlette.requests import Request

from web.forms import Form

MOST_FIELDS: Final = 100
LARGEST_FIELD: Final = 64 * 1024
"""Bytes of one field."""


async def read_form(request: Request, *, most_fields: int = MOST_FIELDS, largest_field: int = LARGEST_FIELD) -> Form:
    """The fields of a sent form as they arrived; files are no part of it.

    Raises HTTPException 400 for more or larger fields than that and for what is no form. The application bounds
    the whole.
    """
    given: dict[str, list[str]] = {}
    async with request.form(max_files=0, max_fields=most_fields, max_part_size=largest_field) as sent:
        for name, value in sent.multi_items():
            if isinstance(value, str):
                given.setdefault(name, []).append(value)
    return Form({name: tuple(values) for name, values in given.items()})
