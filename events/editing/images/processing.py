"""Image processing: untrusted files are checked, scaled down, and encoded anew from nothing but their pixels. Pure.

What an organiser gives is never stored or served: only what is encoded here from its decoded pixels, in WebP at up to
three widths. `prepare` takes up to seconds; call it in a thread.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS: Final = (400, 800, 1600)
LARGEST_FILE: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 25_000_000
MOST_PIXELS_OF: Final = {"WEBP": 15_000_000}
"""Its decoder holds four copies at a time."""
LONGEST_SIDE: Final = 20_000
STRIP: Final = 256
SMALLEST_SIDE: Final = 16
STEEPEST: Final = 20
"""How many times as long as wide, or as wide as long, a picture may be."""
QUALITY: Final = 80
MEDIA_TYPE: Final = "image/webp"
FORMATS: Final[Mapping[str, bytes]] = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
CODES: Final = ("empty", "too_large", "not_an_image", "too_many_pixels", "too_small", "too_long", "damaged", "moving")
_WHITE: Final = (255, 255, 255)


class ImageRefused(ValueError):  # noqa: N818 - it reads as a sentence
    """A file that is not taken; `code` is one of CODES."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it is stored: its size upright, a name by its content, and the bytes of each width."""

    digest: str
    width: int
    height: int
    files: Mapping[int, bytes]

    def names(self) -> dict[int, str]:
        """The file name of each width."""
        return {width: file_name(self.digest, width) for width in self.files}


def file_name(digest: str, width: int) -> str:
    """The name under which one width of a picture is stored and served."""
    return f"{digest}-{width}.webp"


def widths_of(width: int) -> tuple[int, ...]:
    """The widths that a picture of this width is stored in: never wider than it is."""
    return tuple(wanted for wanted in WIDTHS if wanted <= width) or (width,)


def prepare(content: bytes) -> Prepared:
    """Decode, turn upright, and encode anew. Raises `ImageRefused`, and nothing else, for any bytes."""
    if not content:
        raise ImageRefused("empty")
    if len(content) > LARGEST_FILE:
        raise ImageRefused("too_large")
    try:
        return _prepared(content)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise ImageRefused("not_an_image") from error
    except Exception as error:  # decoders fail in every way there is
        raise ImageRefused("damaged") from error


def _prepared(content: bytes) -> Prepared:
    pixels = _pixels(content)
    files = {width: _encoded(pixels, width) for width in widths_of(pixels.width)}
    widest = max(files)
    height = max(1, round(pixels.height * widest / pixels.width))
    return Prepared(hashlib.sha256(files[widest]).hexdigest(), widest, height, files)


def _pixels(content: bytes) -> Image.Image:
    """The picture upright, in plain RGB, hardly larger than is needed."""
    kind = next((name for name, magic in FORMATS.items() if content.startswith(magic)), None)
    if kind is None or (kind == "WEBP" and content[8:12] != b"WEBP"):
        raise ImageRefused("not_an_image")
    with Image.open(io.BytesIO(content), formats=[kind]) as opened:
        _check_size(*opened.size, most=MOST_PIXELS_OF.get(kind, MOST_PIXELS))
        # Telephones put a second picture behind the first of a JPEG; that is no film.
        if kind != "JPEG" and getattr(opened, "n_frames", 1) > 1:
            raise ImageRefused("moving")
        if kind == "JPEG":
            opened.draft("RGB", (2 * max(WIDTHS), 2 * max(WIDTHS)))
        opened.load()
        return _upright(_made_smaller(opened), opened.info.get("exif"))


def _made_smaller(image: Image.Image) -> Image.Image:
    """Plain RGB, by a whole factor smaller; strip by strip, so that a large picture is in memory only once."""
    factor = max(1, image.width // max(WIDTHS))
    size = (-(-image.width // factor), -(-image.height // factor))
    plain = Image.new("RGB", size, _WHITE)
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP * factor, image.height)))
        strip.info = image.info
        strip = _in_eight_bits(strip)
        plain.paste(_on_white(strip.reduce(factor) if factor > 1 else strip), (0, top // factor))
    return plain


def _upright(image: Image.Image, exif: bytes | None) -> Image.Image:
    """As it was held when it was taken, and without the words about that."""
    if not exif:
        return image
    try:
        image.info["exif"] = exif
        turned = ImageOps.exif_transpose(image)
    except Exception:  # what a camera wrote about itself may be anything
        turned = image
    return _on_white(turned)


def _check_size(width: int, height: int, *, most: int) -> None:
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise ImageRefused("too_many_pixels")
    if min(width, height) < SMALLEST_SIDE:
        raise ImageRefused("too_small")
    if max(width, height) > STEEPEST * min(width, height):
        raise ImageRefused("too_long")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A mode that can be made smaller; transparency is kept for now."""
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    if "transparency" in image.info or image.mode in ("P", "PA"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """RGB pixels and nothing else: no profile, no comment; what was transparent lies on white."""
    plain = Image.new("RGB", image.size, _WHITE)
    if image.mode in ("RGBA", "LA"):
        layered = image.convert("RGBA")
        plain.paste(layered, mask=layered.getchannel("A"))
    else:
        plain.paste(image.convert("RGB"))
    return plain


def _encoded(pixels: Image.Image, width: int) -> bytes:
    height = max(1, round(pixels.height * width / pixels.width))
    small = pixels if pixels.width == width else pixels.resize((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
