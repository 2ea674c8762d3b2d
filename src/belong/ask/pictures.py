"""Twelve pictures of which a small child knows three, in order: drawn here, with a word under each.

Three different ones out of twelve in order are 1,320 ways. As with numbers that is no wall by itself: it works on a
device that a teacher let in, five times, and the teacher can show the child's own in one click.
"""

import secrets
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from belong.ask.bands import text

LENGTH = 3
_STROKE = 'fill="none" stroke="#3d3327" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
_DRAWN = {
    "sun": '<circle cx="24" cy="24" r="10" fill="#f6b12f"/><path d="M24 4v6M24 38v6M4 24h6M38 24h6M10 10l4 4M34 34l4 4'
    'M38 10l-4 4M14 34l-4 4" fill="none" stroke="#d98e04" stroke-width="4" stroke-linecap="round"/>',
    "moon": '<path d="M31 5a20 20 0 1 0 12 28A17 17 0 0 1 31 5z" fill="#7f8fd0"/>',
    "star": '<path d="M24 4l6 13.2 14.4 1.6-10.7 9.7 3 14.2L24 35.5l-12.7 7.2 3-14.2L3.6 18.8 18 17.2z" '
    'fill="#f3c623"/>',
    "tree": '<path d="M21 28h6v16h-6z" fill="#8a5a33"/><circle cx="24" cy="18" r="14" fill="#4b9b4f"/>',
    "house": '<path d="M9 22h30v22H9z" fill="#f0d3a2"/><path d="M3 24L24 6l21 18z" fill="#cf4a58"/>'
    '<path d="M20 30h9v14h-9z" fill="#6b4a2f"/>',
    "boat": '<path d="M4 31h40l-7 12H11z" fill="#8a5a33"/><path d="M22 4v23H7z" fill="#5aa0d8"/>'
    '<path d="M26 9v18h13z" fill="#cf4a58"/>',
    "fish": '<path d="M32 24l13-11v22z" fill="#d96f1e"/><ellipse cx="20" cy="24" rx="17" ry="12" fill="#f28c38"/>'
    '<circle cx="11" cy="21" r="2.6" fill="#3d3327"/>',
    "flower": '<path d="M24 24v21" fill="none" stroke="#4b9b4f" stroke-width="4"/><g fill="#d772c4">'
    '<circle cx="24" cy="8" r="6.5"/><circle cx="34" cy="15" r="6.5"/><circle cx="30" cy="26" r="6.5"/>'
    '<circle cx="18" cy="26" r="6.5"/><circle cx="14" cy="15" r="6.5"/></g>'
    '<circle cx="24" cy="18" r="6" fill="#f3c623"/>',
    "apple": '<path d="M24 15c-8-6-18-1-18 10 0 10 8 19 13 19 2 0 3-1 5-1s3 1 5 1c5 0 13-9 13-19 0-11-10-16-18-10z" '
    f'fill="#c9302f"/><path d="M24 15c0-5 1-8 4-11" {_STROKE}/><path d="M28 9c4-5 9-4 11-3-2 5-7 6-11 3z" '
    'fill="#4b9b4f"/>',
    "umbrella": f'<path d="M24 24v14a5 5 0 0 0 10 0" {_STROKE}/><path d="M3 25a21 20 0 0 1 42 0z" fill="#3a78c9"/>',
    "cup": '<path d="M33 18h4a7 7 0 0 1 0 14h-4" fill="none" stroke="#2f7f79" stroke-width="4"/>'
    '<path d="M6 12h28v22a8 8 0 0 1-8 8H14a8 8 0 0 1-8-8z" fill="#3f9c95"/>',
    "balloon": f'<path d="M24 34c-4 4 4 6 0 12" {_STROKE}/><ellipse cx="24" cy="18" rx="13" ry="15" fill="#9a5fc0"/>'
    '<path d="M20 36l4-4 4 4z" fill="#9a5fc0"/>',
}
KEYS = tuple(_DRAWN)


@dataclass(frozen=True)
class Picture:
    """One picture: its key, its word in the page's language, its drawing."""

    key: str
    word: str
    svg: SafeString


def all_pictures() -> list[Picture]:
    """The whole grid, always in the same places: small children go by place as much as by picture."""
    return [_picture(key) for key in KEYS]


def new_pictures() -> str:
    """Three different ones in order, as they are kept: "sun-boat-cup"."""
    return "-".join(secrets.SystemRandom().sample(KEYS, LENGTH))


def pictures_in(secret: str) -> list[Picture]:
    """The pictures of what is kept or was tapped, in order; nothing for a number or for anything else."""
    keys = secret.split("-")
    return [_picture(key) for key in keys] if all(key in _DRAWN for key in keys) else []


def _picture(key: str) -> Picture:
    drawing = f'<svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">{_DRAWN[key]}</svg>'
    return Picture(key, text("getting-in", f"picture-{key}"), mark_safe(drawing))  # noqa: S308  (drawn by us)
