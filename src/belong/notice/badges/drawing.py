"""The picture of a badge from its outline, sign and colour: SVG for the screen, PNG to bake into. No upload is needed.

One set of points serves both. Lengths are in a square of 200 by 200.
"""

import io
from collections.abc import Callable
from functools import lru_cache
from html import escape
from math import cos, pi, sin

from PIL import Image, ImageDraw

Points = tuple[tuple[float, float], ...]
COLOURS = {
    "teal": "#0f6b66",
    "blue": "#1f4f99",
    "plum": "#6d3a7c",
    "green": "#2f6b2f",
    "brick": "#9a3b26",
    "slate": "#44505c",
}
WHITE, SIZE, OVER, SMALLER = "#ffffff", 512, 3, 0.9


def svg(shape: str, sign: str, colour: str, title: str) -> bytes:
    """The picture as SVG with a title for those who do not see it."""
    ring = _path(_scaled(_outline(shape), 0.88))
    inside = "".join(
        f'<path d="{_path(one)}" fill="{WHITE if is_light else COLOURS[colour]}"/>'
        for one, is_light in _sign(sign)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400" role="img">'
        f"<title>{escape(title)}</title>"
        f'<path d="{_path(_outline(shape))}" fill="{COLOURS[colour]}"/>'
        f'<path d="{ring}" fill="none" stroke="{WHITE}" stroke-width="3" stroke-linejoin="round"/>{inside}</svg>'
    ).encode()


@lru_cache(maxsize=64)
def png(shape: str, sign: str, colour: str) -> bytes:
    """The same as PNG, 512 by 512, its corners see-through."""
    whole = SIZE * OVER
    picture = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon(_at(_outline(shape), whole), fill=COLOURS[colour])
    ring = _at(_scaled(_outline(shape), 0.88), whole)
    pen.line([*ring, ring[0], ring[1]], fill=WHITE, width=int(3 / 200 * whole), joint="curve")
    for points, is_light in _sign(sign):
        pen.polygon(_at(points, whole), fill=WHITE if is_light else COLOURS[colour])
    out = io.BytesIO()
    picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def as_png(picture: bytes) -> bytes:
    """A picture of the school's own as a square PNG to bake into."""
    with Image.open(io.BytesIO(picture)) as given:
        given.load()
        square = Image.new("RGB", (max(given.size), max(given.size)), WHITE)
        square.paste(given, ((square.width - given.width) // 2, (square.height - given.height) // 2))
    square.thumbnail((SIZE, SIZE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()


def _round(radius: Callable[[float], float], steps: int = 120, x: float = 100, y: float = 100) -> Points:
    """A closed curve around a centre, from its distance at each angle (0 is up)."""
    turns = [2 * pi * step / steps for step in range(steps)]
    return tuple((x + radius(one) * sin(one), y - radius(one) * cos(one)) for one in turns)


def _star(spikes: int, far: float, near: float, x: float = 100, y: float = 100) -> Points:
    around = [(far if step % 2 == 0 else near, pi * step / spikes) for step in range(2 * spikes)]
    return tuple((x + length * sin(turn), y - length * cos(turn)) for length, turn in around)


def _outline(shape: str) -> Points:
    if shape == "shield":
        side = [(100 + 84 * (1 - t**2.4), 60 + 130 * t) for t in [step / 40 for step in range(41)]]
        return (
            *((100 + x, 22 + 8 * abs(x / 84)) for x in (0, 40, 84)),
            *side,
            *((200 - x, y) for x, y in side[::-1]),
            (16, 30),
            (60, 26),
        )
    if shape == "hexagon":
        return _round(lambda turn: 92, 6)
    if shape == "star":
        return _star(10, 95, 80)
    if shape == "flower":
        return _round(lambda turn: 84 + 9 * cos(8 * turn))
    if shape == "square":
        return _round(lambda turn: 88 / (abs(sin(turn)) ** 6 + abs(cos(turn)) ** 6) ** (1 / 6))
    return _round(lambda turn: 92)


def _sign(sign: str) -> list[tuple[Points, bool]]:
    """The shapes of a sign, each white or (cut out) in the badge's colour."""
    light = [(_scaled(points, SMALLER), True) for points in SIGNS[sign]]
    return light + [(_scaled(points, SMALLER), False) for points in CUT_OUT.get(sign, ())]


def _heart() -> Points:
    turns = [2 * pi * step / 90 for step in range(90)]
    return tuple(
        (
            100 + 2.9 * 16 * sin(t) ** 3,
            97 - 2.9 * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)),
        )
        for t in turns
    )


def _leaf() -> Points:
    half = [step / 30 for step in range(31)]
    right = [(100 + 40 * sin(pi * t) ** 0.9, 48 + 92 * t) for t in half]
    return (*right, *((200 - x, y) for x, y in right[::-1]), (97, 140), (97, 158), (103, 158), (103, 140))


def _person(x: float, y: float, size: float) -> list[Points]:
    head = _round(lambda turn: 15 * size, 40, x, y - 22 * size)
    shoulders = tuple(
        (x + 26 * size * cos(pi * step / 30), y + 30 * size - 30 * size * sin(pi * step / 30))
        for step in range(31)
    )
    return [head, shoulders]


def _sun() -> list[Points]:
    rays: list[Points] = []
    for step in range(8):
        turn = pi * step / 4
        across = pi / 22
        rays.append(
            tuple(
                (100 + r * sin(turn + a), 100 - r * cos(turn + a))
                for r, a in ((38, -across), (56, 0.0), (38, across))
            )
        )
    return [_round(lambda turn: 28, 60), *rays]


def _bridge() -> Points:
    arch = tuple((100 - 42 * cos(pi * step / 30), 138 - 40 * sin(pi * step / 30)) for step in range(31))
    return ((38, 86), (162, 86), (162, 138), *arch[::-1], (38, 138))


SIGNS: dict[str, list[Points]] = {
    "star": [_star(5, 54, 22, y=104)],
    "heart": [_heart()],
    "leaf": [_leaf()],
    "book": [
        ((96, 66), (78, 58), (46, 58), (46, 132), (78, 132), (96, 140)),
        ((104, 66), (122, 58), (154, 58), (154, 132), (122, 132), (104, 140)),
    ],
    "people": [*_person(71, 104, 1.0), *_person(129, 104, 1.0)],
    "sun": _sun(),
    "mountain": [((40, 140), (84, 60), (112, 110), (126, 90), (160, 140))],
    "note": [
        ((84, 60), (142, 48), (142, 70), (93, 80), (93, 132), (84, 132)),
        ((133, 60), (142, 60), (142, 120), (133, 120)),
        _round(lambda turn: 17 - 3 * abs(cos(turn)), 40, 78, 132),
        _round(lambda turn: 17 - 3 * abs(cos(turn)), 40, 127, 121),
    ],
    "bridge": [_bridge(), ((38, 72), (162, 72), (162, 79), (38, 79))],
    "spark": [_star(4, 56, 16), _star(4, 20, 6, 142, 62), _star(4, 16, 5, 62, 142)],
}
CUT_OUT: dict[str, list[Points]] = {
    "leaf": [((98, 72), (102, 72), (102, 140), (98, 140))],
    "mountain": [((84, 76), (94, 96), (86, 92), (80, 98), (74, 94))],
}


def _scaled(points: Points, by: float) -> Points:
    return tuple((100 + (x - 100) * by, 100 + (y - 100) * by) for x, y in points)


def _at(points: Points, whole: int) -> list[tuple[float, float]]:
    return [(x / 200 * whole, y / 200 * whole) for x, y in points]


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
