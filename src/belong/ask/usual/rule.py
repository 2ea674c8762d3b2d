"""Is a child far below their own usual, or low three times running? Two counting rules, on faces from 1 to 5 alone.

Faces come oldest first. *Far below*: the newest is low, at least two faces below the middle of the child's own earlier
ones, and below every one of the last ten. *Low three times running*: the last three are all low, whatever was usual.
Both need six answers. Nothing about the child but these faces is read, and no other child is compared with.
"""

from collections.abc import Sequence
from statistics import median_low

RULE = "1"
"""Changes with every change of the rule, so that it has to be signed off anew."""
LEAST = 6
LOW = 2
STEPS = 2
LOOKS_BACK = 10
RUNNING = 3
FAR, THREE = "far", "low"


def prompts(faces: Sequence[int]) -> str:
    """`"far"`, `"low"` or `""` for a child's faces, oldest first; each 1 (very sad) to 5 (very happy)."""
    if len(faces) < LEAST or faces[-1] > LOW:
        return ""
    if all(face <= LOW for face in faces[-RUNNING:]):
        return THREE
    newest, earlier = faces[-1], faces[-1 - LOOKS_BACK : -1]
    is_far = newest <= usual(faces) - STEPS and newest < min(earlier)
    return FAR if is_far else ""


def usual(faces: Sequence[int]) -> int:
    """The middle of the earlier faces (the lower of the two where there are two)."""
    return median_low(faces[:-1])
