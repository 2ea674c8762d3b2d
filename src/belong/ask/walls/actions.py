"""What stands on an ideas wall: making one, a pupil's post, reading it first, putting it up, taking it back.

Nothing is seen by anybody but its writer and those who keep the wall before one of them has put it up. The same
submission again is the same post.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from belong.ask.answers import clean
from belong.ask.bands import text
from belong.ask.models import Wall, WallPost
from belong.ask.walls.access import SOURCE, is_for
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.files import PHOTO_BYTES, PHOTO_MIME, check_sound, clean_photo
from belong.guard.concerns.noticing import Look
from belong.guard.concerns.raising import LOOK, look_through, raise_words
from belong.people.models import Group, Person, User

logger = logging.getLogger("belong.ask")
LONGEST, MOST_WAITING = 400, 3
REASONS = ("person", "unkind", "other", "talk")


@dataclass(frozen=True)
class Idea:
    """What a pupil sends: words, and at most one of the others (uploads as they came)."""

    words: str = ""
    drawing: IO[bytes] | None = None
    photo: IO[bytes] | None = None
    sound: IO[bytes] | None = None
    named: bool = False


@action
def make_wall(
    user: User,
    *,
    question: str,
    opens_on: date,
    closes_on: date,
    years: Sequence[str] = (),
    group: Group | None = None,
    takes: Sequence[str] = (),
) -> Wall:
    """A new wall, for a class or for year groups (none: every pupil)."""
    wall = Wall(
        school=user.school,
        question=question.strip(),
        years=[] if group else list(years),
        group=group,
        opens_on=opens_on,
        closes_on=closes_on,
        takes=[kind for kind, _ in Wall.TAKES if kind in takes],
    )
    require(user, "ask.make_wall")
    if group is None:
        require(user, "ask.make_wall_for_years")
    else:
        require(user, "ask.keep_wall", wall)
    if closes_on < opens_on:
        raise Refused("The last day comes before the first.")
    wall.made_by = user
    wall.save()
    audit(user, "ask.make_wall", wall, group=group.pk if group else None)
    return wall


@action
def close_wall(user: User, wall: Wall) -> None:
    """Nobody can post any more; what is up stays up."""
    require(user, "ask.keep_wall", wall)
    if wall.closed_on is not None:
        raise Refused("This wall is closed already.")
    wall.closed_on = today()
    wall.save(update_fields=["closed_on"])
    audit(user, "ask.close_wall", wall)


def post(wall: Wall, pupil: Person, idea: Idea, submission: UUID) -> WallPost:
    """Keep a pupil's idea until an adult has read it. Raises Refused with a kind sentence; what they typed is theirs
    to keep on the page. No entry in the trail says who wrote when."""
    kept = WallPost.objects.filter(submission=submission).defer("picture", "sound").first()
    if kept is not None:
        return kept
    if not wall.is_open or pupil.is_leaver or not is_for(wall, pupil):
        raise Refused(text("endings", "end-closed"))
    if wall.posts.filter(author=pupil, state=WallPost.WAITING).count() >= MOST_WAITING:
        raise Refused(text("walls", "too-many"))
    made = WallPost(
        school=wall.school,
        wall=wall,
        author=pupil,
        named=idea.named,
        written_on=today(),
        submission=submission,
    )
    _fill(made, idea)
    try:
        return _keep(made)
    except IntegrityError:
        return WallPost.objects.get(submission=submission)


def _fill(made: WallPost, idea: Idea) -> None:
    words = clean(idea.words)
    if len(words) > LONGEST:
        raise Refused(text("walls", "too-long", over=len(words) - LONGEST))
    given = [
        (kind, upload)
        for kind, upload in ((Wall.DRAWING, idea.drawing), (Wall.PHOTO, idea.photo), (Wall.SOUND, idea.sound))
        if upload is not None
    ]
    if len(given) > 1:
        raise Refused(text("walls", "one-thing"))
    if not words and not given:
        raise Refused(text("walls", "empty"))
    made.words, made.kind = words, WallPost.WORDS
    for kind, upload in given:
        if kind not in made.wall.takes:
            raise Refused(text("walls", "empty"))
        made.kind = kind
        _take_in(made, kind, upload)


def _take_in(made: WallPost, kind: str, upload: IO[bytes] | Any) -> None:
    """The picture or sound made anew, without whatever else was in the file."""
    if kind == Wall.SOUND:
        try:
            sound = check_sound(upload)
        except Refused:
            raise Refused(text("walls", "sound-unread")) from None
        made.sound, made.mime = sound.data, sound.mime
        return
    if getattr(upload, "size", 0) > PHOTO_BYTES:
        raise Refused(text("walls", "photo-big"))
    try:
        made.picture, made.mime = clean_photo(upload), PHOTO_MIME
    except Refused:
        raise Refused(text("walls", "photo-unread")) from None


@transaction.atomic
def _keep(made: WallPost) -> WallPost:
    """Keep it, and look through its words in the same transaction; whatever happens, it is kept and not shown."""
    flagged = _looked(made)
    made.marked = flagged is None or any(_must_be_read_by_lead(found) for _, _, found in flagged)
    made.save()
    if flagged:
        with transaction.atomic():
            raise_words(made.school, made.author, flagged, f"{SOURCE}:{made.pk}")
    return made


def _must_be_read_by_lead(found: Look) -> bool:
    """More than "worth a look": with that, whoever keeps the wall has looked, and may put it up."""
    return found.failed or any(hit["urgency"] != LOOK for hit in found.hits)


def _looked(made: WallPost) -> list[Any] | None:
    """What a person should read soon; None where it could not be looked through."""
    if not made.words:
        return []
    try:
        return look_through([(made.wall.question, made.words)])
    except Exception as error:
        logger.error("A post was kept, but could not be looked through (%s).", type(error).__name__)
        return None


@action
def put_up(user: User, row: WallPost) -> None:
    """Show it. What was marked only a safeguarding lead puts up."""
    require(user, "ask.read_wall_post", row)
    if row.marked:
        require(user, "ask.put_up_wall_post", row)
    _decide(user, row, WallPost.SHOWN, WallPost.WAITING, WallPost.NOT_SHOWN)


@action
def keep_down(user: User, row: WallPost, reason: str) -> None:
    """Do not show it, or take it down; the writer reads why, in kind words."""
    require(user, "ask.read_wall_post", row)
    if reason not in REASONS:
        raise Refused("Choose what the writer reads.")
    row.reason = reason
    _decide(user, row, WallPost.NOT_SHOWN, WallPost.WAITING, WallPost.SHOWN)


@action
def pass_on(user: User, row: WallPost) -> None:
    """Hand it to the safeguarding lead; it is not shown."""
    require(user, "ask.read_wall_post", row)
    said = row.words or f"A {row.get_kind_display()} on the wall “{row.wall.question}”, without words."
    raise_words(row.school, row.author, [(row.wall.question, said, Look())], f"{SOURCE}:{row.pk}")
    _decide(user, row, WallPost.PASSED_ON, WallPost.WAITING, WallPost.SHOWN, WallPost.NOT_SHOWN)


@action
def take_back(user: User, row: WallPost) -> None:
    """The writer takes it back: off the wall, and what it held is deleted."""
    require(user, "ask.take_back_wall_post", row)
    WallPost.objects.filter(pk=row.pk).update(
        state=WallPost.TAKEN_BACK, words="", picture=None, sound=None, mime="", named=False
    )


def _decide(user: User, row: WallPost, state: str, *before: str) -> None:
    """Once: a second click, or another adult meanwhile, is told so."""
    changed = WallPost.objects.filter(pk=row.pk, state__in=before).update(
        state=state,
        reason=row.reason if state == WallPost.NOT_SHOWN else "",
        decided_by=user,
        decided_on=today(),
    )
    if not changed:
        raise Refused("Somebody has decided about this one meanwhile.")
    row.state = state
    audit(user, f"ask.wall_{state.replace(' ', '_')}", row)
