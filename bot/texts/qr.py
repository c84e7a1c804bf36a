"""A link as a picture that a phone's camera reads (ISO/IEC 18004)."""

from io import BytesIO

import segno

MIME = "image/png"
SCALE = 10
"""Pixels of a module: wide enough for the small screen of a phone that is held up to another."""
BORDER = 4
"""Modules of white around it, as the standard asks; it is read on a dark page, too."""


def qr_code(link: str) -> bytes:
    """Return `link` as PNG; a quarter of it may be hidden by scratches or a reflection."""
    picture = BytesIO()
    segno.make_qr(link, error="q").save(picture, kind="png", scale=SCALE, border=BORDER)
    return picture.getvalue()
