"""A wall that asks Year 8, and what a pupil sends to it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from belong.ask.activities import WALL
from belong.ask.models import Wall, WallPost
from belong.ask.passes import ActivityPass
from belong.ask.walls.actions import Idea, make_wall, post
from belong.base.clock import today


@pytest.fixture
def wall(cast, in_school) -> Wall:
    """Made by the pastoral lead, open for two weeks, taking everything."""
    return make_wall(
        cast.pastoral,
        question="What does belonging mean here?",
        years=["8"],
        opens_on=today(),
        closes_on=today() + timedelta(days=13),
        takes=["drawing", "photo", "sound"],
    )


def idea(wall, pupil, words="A friend saved me a seat", **more) -> WallPost:
    """A post that waits."""
    return post(wall, pupil, Idea(words=words, **more), uuid4())


def form(wall, pupil, **more) -> dict:
    return {"pass": ActivityPass(WALL, wall.pk, pupil.pk).sign(), **more}


def picture(kind="JPEG", exif=None) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, kind, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile("idea.jpg", out.getvalue(), "image/jpeg")
