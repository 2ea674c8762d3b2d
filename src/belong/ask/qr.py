"""QR codes as inline SVG, sized by the stylesheet."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """The QR code of an address with its quiet zone, black on white in every theme."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308  (drawn by us from an address of our own)
