"""The picture of an event: a small form of its own, so that a refused file can cost nobody her text."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from events.desk.form.answers import path_of, refused_page
from events.desk.permissions import proposal_of
from events.desk.problem_texts import image_text
from events.domain import vocabulary
from events.domain.labels import label
from events.editing import proposals
from events.editing.errors import EditRefused
from events.editing.images import storage as media
from events.editing.images.processing import ImageRefused
from events.editing.images.storage import ALTERNATIVE, CREDIT, Description
from events.editing.input.facts import TEXT_LIMITS
from events.editing.proposals import Stored
from events.storage.models import Image
from organisations.desk.responses import back_to, show
from organisations.desk_context import DeskContext, desk_context_of
from web.application import LARGER_BODIES
from web.cleaning import one_line
from web.form_body import read_form_with_file
from web.forms import Form, Problem

LARGEST_UPLOAD: Final = LARGER_BODIES["/image"]
"""Bytes of a request that are read, so that a telephone's picture is refused in words rather than cut off."""


async def show_image(request: Request) -> Response:
    """`/{lang}/desk/proposals/{key}/image`: the picture, and what is said of it."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    image = await Image.get_or_none(id=stored.image_id) if stored.image_id else None
    return _page(desk, stored, image, _form_of(image))


async def take_image(request: Request) -> Response:
    """`POST …/image`: a new picture, or other words about it. A good file is kept even where its words are missing: no
    browser would send it again by itself. What else is refused changes nothing."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    image = await Image.get_or_none(id=stored.image_id) if stored.image_id else None
    form, content = await read_form_with_file(request, "file")
    problems = [] if form.value("decorative") else _unsaid(form, stored, desk)
    try:
        if content or (image is not None and not problems):
            image = await _keep(desk, stored, image, content, form)
        elif image is None:
            problems.insert(0, Problem("file", image_text("empty", desk.language)))
    except ImageRefused as refused:
        problems.insert(0, Problem("file", image_text(refused.code, desk.language)))
    except EditRefused as refused:
        return refused_page(desk, refused)
    if problems:
        return _page(desk, stored, image, Form(form.given, tuple(problems)), status=422)
    return back_to(desk, path_of(stored.key), done="saved")


async def remove_image(request: Request) -> Response:
    """`POST …/image/removal`: no picture."""
    desk = desk_context_of(request)
    stored = await proposal_of(desk)
    try:
        await proposals.set_image(stored.key, None, now=desk.now)
    except EditRefused as refused:
        return refused_page(desk, refused)
    return back_to(desk, path_of(stored.key, "/image"))


async def _keep(desk: DeskContext, stored: Stored, image: Image | None, content: bytes, form: Form) -> Image:
    """Take the file in, if there is one, say what it shows, and give it to the draft; the picture. Raises
    `ImageRefused` and `EditRefused`."""
    site = desk.site
    now = desk.now
    if content or image is None:
        folder = site.settings.media_dir
        image = await media.take_in(content, organisation_id=stored.organisation_id, folder=folder, now=now)
    texts = {tag: form.value(f"alternative.{tag}") for tag in vocabulary.LANGUAGES}
    said = Description(bool(form.value("decorative")), texts, form.value("credit"), form.value("licence"))
    described = await media.describe(image.id, said, now=now)
    await proposals.set_image(stored.key, described, now=now)
    return await Image.get(id=described)


def _unsaid(form: Form, stored: Stored, desk: DeskContext) -> list[Problem]:
    """What has to be said of a picture that is more than decoration: what it shows, in the languages of the text."""
    missing = desk.language.gettext("Say what the picture shows, or mark it as decoration.")
    return [
        Problem(f"alternative.{tag}", missing)
        for tag in _tags(stored)
        if not one_line(form.value(f"alternative.{tag}"))
    ]


def _tags(stored: Stored) -> list[str]:
    """The languages that the event is written in."""
    original = stored.fields.get("original_language", "fi")
    return [
        tag
        for tag in vocabulary.LANGUAGES
        if tag == original or any(stored.fields.get(f"{name}.{tag}") for name in TEXT_LIMITS)
    ]


def _form_of(image: Image | None) -> Form:
    if image is None:
        return Form()
    said: Mapping[str, Any] = {f"alternative.{tag}": (text,) for tag, text in image.alternatives.items()}
    decorative = ("1",) if image.decorative else ()
    return Form({**said, "decorative": decorative, "credit": (image.credit,), "licence": (image.licence,)})


def _page(desk: DeskContext, stored: Stored, image: Image | None, form: Form, *, status: int = 200) -> Response:
    language = desk.language
    return show(
        desk,
        "desk/event_form_image.html",
        language.gettext("Picture of the event"),
        path_of(stored.key, "/image"),
        status=status,
        form=form,
        image=image,
        address=media.addresses(image)[min(media.addresses(image))] if image else "",
        texts=[(tag, label(language, "language", tag), vocabulary.LANGUAGES[tag].direction) for tag in _tags(stored)],
        back=f"/{language.code}/{path_of(stored.key)}",
        action=f"/{language.code}/{path_of(stored.key)}/image",
        longest=ALTERNATIVE,
        longest_credit=CREDIT,
    )
