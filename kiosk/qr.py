"""QR codes for screens."""

from __future__ import annotations

_INK = "#1c2430"
_QUIET_ZONE = 4


def qr_address(text: str) -> str:
    """Return `text` as a QR code: the address (`data:`) of an SVG picture."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return code.svg_data_uri(border=_QUIET_ZONE, dark=_INK, light="#ffffff")
