"""A wall of 8H: an idea of Ben's that waits, a picture and a sound of the pupil who signs in."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

from PIL import Image

from belong.ask.walls.actions import Idea, make_wall, post
from belong.base.clock import today
from tests.base.files.making import wav
from tests.conftest import Cast

WORDS = "canary-wall: when we sing on the bus"


def walls(cast: Cast) -> dict[str, dict[str, Any]]:
    """`wall`, `wall-picture` and `wall-sound`, each with the idea that waits."""
    wall = make_wall(
        cast.tutor,
        question="What does belonging mean here?",
        group=cast.tutor_group,
        opens_on=today(),
        closes_on=today() + timedelta(days=5),
        takes=["drawing", "photo", "sound"],
    )
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")

    def made(pupil: Any, **idea: Any) -> dict[str, Any]:
        return {"wall_id": wall.pk, "post_id": post(wall, pupil, Idea(**idea), uuid4()).pk}

    return {
        "wall": made(cast.pupils[1], words=WORDS),
        "wall-picture": made(cast.pupils[0], photo=picture),
        "wall-sound": made(cast.pupils[0], sound=io.BytesIO(wav(1.0))),
    }
