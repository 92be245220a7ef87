"""Pictures as they arrive: good ones of every make, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin


def picture(
    mode: str = "RGB", size: tuple[int, int] = (900, 600), kind: str = "PNG", color: Any = None, **options: Any
) -> bytes:
    """A plain picture."""
    written = io.BytesIO()
    Image.new(mode, size, *([] if color is None else [color])).save(written, kind, **options)
    return written.getvalue()


def sideways() -> bytes:
    """A camera held upright: the pixels lie on their side, EXIF says so, and where it was taken."""
    image = Image.new("RGB", (900, 600), "red")
    image.paste("blue", (0, 0, 450, 600))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, pixels: bytes = b"", depth: int = 1) -> bytes:
    """A PNG whose head says this size, whatever follows."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def with_comment() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>" * 100, zip=True)
    return picture(pnginfo=text)


def text_bomb() -> bytes:
    """A megabyte of text packed into a kilobyte."""
    good = picture(size=(64, 64))
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9))
    return good[:33] + bomb + good[33:]


JPEG = picture(kind="JPEG", color="red")
PNG = picture(color="red")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "zero bytes": (b"\0" * 1000, "not_an_image"),
    "six megabytes": (JPEG + b"\0" * 6_000_000, "too_large"),
    "an SVG": (SVG, "not_an_image"),
    "an SVG that calls itself XML": (b'<?xml version="1.0"?>' + SVG, "not_an_image"),
    "a GIF": (picture("P", kind="GIF"), "not_an_image"),
    "a GIF that is a script": (b"GIF89a/*" + b"\0" * 50 + b"*/=1;alert(1)", "not_an_image"),
    "a BMP": (picture(kind="BMP"), "not_an_image"),
    "a TIFF": (picture(kind="TIFF"), "not_an_image"),
    "an icon": (picture(size=(64, 64), kind="ICO"), "not_an_image"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "not_an_image"),
    "a PDF": (b"%PDF-1.7\n" + b"\0" * 500, "not_an_image"),
    "an archive": (b"PK\x03\x04" + b"\0" * 500, "not_an_image"),
    "PostScript in a PNG's name": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9999 9999\n", "not_an_image"),
    "a RIFF that is a sound": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 50, "not_an_image"),
    "twelve thousand squared in a few bytes": (picture("1", (12_000, 12_000)), "too_many_pixels"),
    "a head that says two thousand million": (png_of(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "a JPEG that says 65,500 squared": (
        JPEG.replace(struct.pack(">HH", 600, 900), struct.pack(">HH", 65_500, 65_500), 1),
        "too_many_pixels",
    ),
    "no width": (png_of(0, 100), "not_an_image"),
    "one pixel": (picture(size=(1, 1)), "too_small"),
    "a thread": (picture(size=(20_000, 20)), "too_long"),
    "a JPEG cut in the middle": (picture(kind="JPEG", size=(1600, 1200))[:4000], "damaged"),
    "a PNG cut in the middle": (png_of(900, 600)[:60], "damaged"),
    "a WebP cut in the middle": (picture(kind="WEBP", size=(1600, 1200))[:60], "damaged"),
    "only a beginning": (b"\xff\xd8\xff\xe0", "not_an_image"),
    "a PNG with too few pixels": (png_of(900, 600, b"\0" * 100), "damaged"),
    "a moving PNG": (moving("PNG"), "moving"),
    "a moving WebP": (moving("WEBP"), "moving"),
    "a text bomb in a PNG": (text_bomb(), "damaged"),
}
TAKEN: dict[str, bytes] = {
    "a JPEG": JPEG,
    "a PNG": PNG,
    "a WebP": picture(kind="WEBP"),
    "a print shop's CMYK": picture("CMYK", kind="JPEG"),
    "sixteen bits": picture("I;16", color=40_000),
    "grey": picture("L"),
    "grey with transparency": picture("LA"),
    "transparent": picture("RGBA", color=(0, 255, 0, 128)),
    "a palette": picture("P"),
    "a palette with transparency": picture("P", transparency=0),
    "one bit": picture("1"),
    "a camera on its side": sideways(),
    "a progressive JPEG": picture(kind="JPEG", progressive=True),
    "a comment with a script": with_comment(),
    "a JPEG that is an archive too": JPEG + b"PK\x03\x04" + SVG,
    "a PNG that is a page too": PNG + b"<script>alert(1)</script>",
    "a JPEG with broken EXIF": picture(kind="JPEG", exif=b"Exif\0\0" + b"MM\0*\xff\xff\xff\xff"),
    "a panorama": picture(size=(3000, 300)),
}
