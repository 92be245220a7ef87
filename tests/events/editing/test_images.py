"""Pictures are taken in with suspicion, kept small, and gone when they should be."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tortoise.transactions import in_transaction

from events.editing import changes
from events.editing.changes import Actor
from events.editing.errors import EditRefused
from events.editing.images import storage as media
from events.editing.images.processing import LARGEST_FILE, ImageRefused, prepare
from events.editing.images.storage import Description
from events.storage.models import Event
from events.storage.models import Image as Row
from tests.events.editing.hostile_images import JPEG, PNG, REFUSED, TAKEN, picture, sideways
from tests.people import Calendar


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_reason(name: str) -> None:
    content, code = REFUSED[name]

    with pytest.raises(ImageRefused) as refused:
        prepare(content)

    assert refused.value.code == code


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("name", TAKEN)
def test_a_good_picture_is_written_anew_with_nothing_but_its_pixels(name: str) -> None:
    prepared = prepare(TAKEN[name])

    for width, content in prepared.files.items():
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.mode, image.width) == ("WEBP", "RGB", width)
            assert dict(image.getexif()) == {}
        assert not any(trace in content for trace in (b"<script", b"PK\x03\x04", b"Kamera", b"EXIF", b"XMP "))


def test_a_picture_is_never_made_larger_than_it_is() -> None:
    assert [list(prepare(picture(size=(width, 300))).files) for width in (200, 400, 900, 2000)] == [
        [200],
        [400],
        [400, 800],
        [400, 800, 1600],
    ]
    assert (prepare(picture(size=(2000, 1000))).width, prepare(picture(size=(2000, 1000))).height) == (1600, 800)


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    prepared = prepare(sideways())

    with Image.open(io.BytesIO(prepared.files[400])) as image:
        top, bottom = image.getpixel((200, 20)), image.getpixel((200, image.height - 20))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[2] > 200, bottom[0] > 200) == (True, True)  # what lay to the left is up
    assert prepared.height > prepared.width


def test_what_is_see_through_lies_on_white_and_sixteen_bits_keep_their_grey() -> None:
    def middle(content: bytes) -> Any:
        with Image.open(io.BytesIO(prepare(content).files[400])) as image:
            return image.getpixel((200, 100))

    assert middle(picture("RGBA", color=(0, 0, 0, 0))) == (255, 255, 255)
    assert abs(middle(TAKEN["sixteen bits"])[0] - 40_000 // 256) <= 2


def test_the_largest_picture_allowed_is_taken() -> None:
    content = picture(size=(5000, 5000), kind="JPEG")

    assert len(content) < LARGEST_FILE
    assert list(prepare(content).files) == [400, 800, 1600]


@pytest.fixture
def folder(calendar: Calendar, tmp_path: Path) -> Path:
    """Where this site keeps its pictures."""
    return calendar.site.settings.media_dir


def taken(calendar: Calendar, content: bytes = PNG) -> Row:
    organisation = calendar.association()
    row: Row = calendar.run(
        media.take_in,
        content,
        organisation_id=organisation.id,
        folder=calendar.site.settings.media_dir,
        now=calendar.clock(),
    )
    return row


def show(calendar: Calendar, public_id: str, image: Row | None) -> None:
    async def set_image() -> None:
        await Event.filter(public_id=public_id).update(image_id=image.id if image else None)

    calendar.run(set_image)


def test_a_picture_is_served_so_that_nothing_in_it_can_run(calendar: Calendar) -> None:
    image = taken(calendar)

    answer = calendar.get(f"/media/{image.digest}-800.webp")

    assert (answer.status_code, answer.content[:4], answer.content[8:12]) == (200, b"RIFF", b"WEBP")
    headers = (
        *("content-type", "x-content-type-options", "cache-control", "content-security-policy"),
        *("referrer-policy", "cross-origin-resource-policy"),
    )
    assert [answer.headers[name] for name in headers] == [
        "image/webp",
        "nosniff",
        "public, max-age=31536000, immutable",
        "default-src 'none'; sandbox",
        "same-origin",
        "cross-origin",
    ]
    again = calendar.get(f"/media/{image.digest}-800.webp", if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["x", "../test.db", "..%2f..%2ftest.db", "a" * 64 + "-400.webp", "a" * 64 + "-400.png"]
)
def test_no_other_file_is_served(calendar: Calendar, name: str) -> None:
    taken(calendar)

    assert calendar.get(f"/media/{name}").status_code == 404


def test_a_picture_goes_with_the_event_that_is_taken_off(calendar: Calendar) -> None:
    image, event = taken(calendar), calendar.publish()
    show(calendar, event, image)
    address = f"/media/{image.digest}-400.webp"
    assert calendar.get(address).status_code == 200

    calendar.withdraw(event, by="city")

    assert calendar.get(address).status_code == 410


def said_of(calendar: Calendar, image_id: int) -> tuple[dict[str, str], str]:
    """(the alternatives, the photographer) of a picture."""

    async def read() -> Row:
        return await Row.get(id=image_id)

    row = calendar.run(read)
    return row.alternatives, row.credit


def test_what_a_picture_shows_is_kept_clean(calendar: Calendar) -> None:
    image = taken(calendar)
    said = Description(alternatives={"fi": " Pöytä\x00 ", "ru": "Стол", "xx": "?"}, credit="Liisa")

    same = calendar.run(media.describe, image.id, said, now=calendar.clock())

    assert (same, said_of(calendar, image.id)) == (image.id, ({"fi": "Pöytä", "ru": "Стол"}, "Liisa"))


def test_a_picture_that_is_shown_keeps_its_words_until_others_are_accepted(calendar: Calendar) -> None:
    image, event = taken(calendar), calendar.publish()
    calendar.run(media.describe, image.id, Description(alternatives={"fi": "Pöytä"}), now=calendar.clock())
    show(calendar, event, image)

    said = Description(alternatives={"fi": "Pitkä pöytä"})
    other = calendar.run(media.describe, image.id, said, now=calendar.clock())
    unchanged = calendar.run(media.describe, image.id, Description(alternatives={"fi": "Pöytä"}), now=calendar.clock())

    assert unchanged == image.id != other
    assert [said_of(calendar, number)[0] for number in (image.id, other)] == [{"fi": "Pöytä"}, {"fi": "Pitkä pöytä"}]


def test_an_edit_whose_picture_is_gone_cannot_be_undone_but_says_why(calendar: Calendar, folder: Path) -> None:
    image, event = taken(calendar), calendar.publish()
    show(calendar, event, image)
    doer = Actor(None, "owner")

    async def take_picture_off() -> int | None:
        async with in_transaction():
            row = await changes.locked(event)
            state = await changes.state_of(row)
            return await changes.put(row, state, {**state, "image": None}, "edited", by=doer, now=calendar.clock())

    entry = calendar.run(take_picture_off)
    calendar.clock.move(hours=25)
    assert calendar.run(media.remove_unused, folder, now=calendar.clock()) == 1

    with pytest.raises(EditRefused, match="image_gone"):
        calendar.run(changes.undo, entry, by=doer, now=calendar.clock())


def test_pictures_that_nobody_refers_to_are_removed_a_day_later(calendar: Calendar, folder: Path) -> None:
    kept, unused, event = taken(calendar), taken(calendar, JPEG), calendar.publish()
    show(calendar, event, kept)
    (folder / "half.part").write_bytes(b"RIFF")
    (folder / "ours-not.txt").write_bytes(b"")

    def cleaned(**later: float) -> tuple[int, list[str]]:
        calendar.clock.move(**later)
        for path in folder.iterdir():
            moment = (calendar.clock() - timedelta(hours=48)).timestamp()
            os.utime(path, (moment, moment))
        removed: int = calendar.run(media.remove_unused, folder, now=calendar.clock())
        return removed, sorted(path.name for path in folder.iterdir())

    both = sorted(f"{image.digest}-{width}.webp" for image in (kept, unused) for width in (400, 800))
    assert cleaned(hours=23) == (0, sorted([*both, "ours-not.txt"]))
    assert cleaned(hours=2) == (1, sorted([*(f"{kept.digest}-{width}.webp" for width in (400, 800)), "ours-not.txt"]))


def test_the_same_picture_twice_is_kept_once_and_goes_with_the_last(calendar: Calendar, folder: Path) -> None:
    first, second = taken(calendar), taken(calendar)

    assert first.digest == second.digest
    assert len(list(folder.iterdir())) == 2
