"""The body of a sent form, read with limits and cleaned: nothing else reads one."""

from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from web.cleaning import storable
from web.forms import Form

MOST_FIELDS: Final = 100
LARGEST_FIELD: Final = 64 * 1024
"""Bytes of one field."""


async def read_form(request: Request, *, most_fields: int = MOST_FIELDS, largest_field: int = LARGEST_FIELD) -> Form:
    """The fields of a sent form as `storable` text; files are no part of it.

    Raises HTTPException 400 for more or larger fields than that and for what is no form. The application bounds
    the whole.
    """
    async with request.form(max_files=0, max_fields=most_fields, max_part_size=largest_field) as sent:
        return _form_of(sent)


async def read_form_with_file(request: Request, name: str) -> tuple[Form, bytes]:
    """As `read_form`, and the bytes of the one file sent under a name; none where no file was chosen."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD) as sent:
        file = sent.get(name)
        return _form_of(sent), await file.read() if isinstance(file, UploadFile) else b""


def _form_of(sent: FormData) -> Form:
    given: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            given.setdefault(storable(name), []).append(storable(value))
    return Form({name: tuple(values) for name, values in given.items()})
