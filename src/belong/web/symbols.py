"""Drawings beside the questions of the picture version, for schools that switch them on (a wave's setting).

Each is a few lines on a grid of 48 in the manner of our icons (`icons.py`), our own; words always stand beside it.
"""

from django.utils.safestring import mark_safe

_LINES = {
    # a ball and a pencil: things we do here
    "picture-taking-part": (
        '<circle cx="16" cy="31" r="12"/><path d="M7 23c5 4 13 4 18 0M7 39c5-4 13-4 18 0"/>'
        '<path d="m29 24 2-6 9-13 5 4-9 12z"/>'
    ),
    # two children side by side, hand in hand
    "picture-peers": (
        '<circle cx="14" cy="12" r="5.5"/><circle cx="34" cy="12" r="5.5"/>'
        '<path d="M14 18v13M34 18v13M14 31l-4 11M14 31l4 11M34 31l-4 11M34 31l4 11M14 22l-7 6M34 22l7 6"/>'
        '<path d="M14 22l10 6 10-6"/>'
    ),
    # a tall one bending to a small one
    "picture-adults": (
        '<circle cx="17" cy="9" r="5.5"/><path d="M17 15v17M17 32l-5 11M17 32l5 11M17 20l14 6M17 20l-7 8"/>'
        '<circle cx="34" cy="24" r="4.5"/><path d="M34 29v8M34 37l-3 6M34 37l3 6M34 31l-5-3M34 31l5 3"/>'
    ),
    # a house with a heart in it
    "picture-safe": (
        '<path d="M5 23 24 7l19 16"/><path d="M10 20v22h28V20"/>'
        '<path d="M24 37c-6-4-8-7-8-10 0-4 6-5 8-1 2-4 8-3 8 1 0 3-2 6-8 10z"/>'
    ),
    # an ear, and sound that reaches it
    "picture-listened": (
        '<path d="M17 19c0-7 5-12 12-12s12 5 12 12c0 6-4 8-6 12-2 3-2 10-9 10-4 0-7-3-7-6"/>'
        '<path d="M23 20c0-4 3-7 6-7s6 3 6 7c0 5-6 5-6 10"/><path d="M11 14c-3 3-3 8 0 11M6 10c-5 5-5 14 0 19"/>'
    ),
    # a ring of children
    "picture-class": (
        '<circle cx="24" cy="8" r="4.5"/><circle cx="39" cy="19" r="4.5"/><circle cx="33" cy="37" r="4.5"/>'
        '<circle cx="15" cy="37" r="4.5"/><circle cx="9" cy="19" r="4.5"/>'
        '<path d="M28 11l7 4M39 24l-3 9M28 39h-8M12 33 9 24M13 15l7-4"/>'
    ),
}
SYMBOLS = {item: mark_safe(lines) for item, lines in _LINES.items()}  # noqa: S308  (our own constants)
