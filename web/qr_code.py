"""An address as a QR code. Pure."""

from typing import Final

import segno

LONGEST_SCANNED: Final = 500
"""Characters of an address; the code of a longer one is too fine for an old phone's camera."""


def qr_code(address: str) -> str:
    """A `data:` address of an image, dark on light in every colour scheme; empty where the address is too long."""
    if len(address) > LONGEST_SCANNED:
        return ""
    code = segno.make_qr(address, error="m")
    return code.svg_data_uri(dark="#000", light="#fff", border=4, omitsize=True, svgclass=None, lineclass=None)
