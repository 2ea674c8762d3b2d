"""Hype and gratitude boards: what is written on them, who is named, who is left off, a class's turn at a device.

A board counts nobody and ranks nobody. What stands on it is encrypted; whether a post may be seen is decided in one
place only, `belong.notice.boards.queries.showing`. What a pupil wrote waits until an adult has read it.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belong.base.clock import now
from belong.base.models import SchoolModel
from belong.base.scoping import scoped
from belong.base.secrets import EncryptedTextField
from belong.people.models import CurrentQuerySet, Group, Person

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Board(SchoolModel):
    """One board, of a class (`group`) or of a `place` that pupils of some years (none named: of all) pass by.

    `keeper` looks after it, beside the adults of the class. A display without a sign-in has a link: only a keyed hash
    of it is looked up, and the link itself is sealed, so that it can be shown again and a copy of the database opens
    nothing. `week_starts`: 0 is Monday.
    """

    HYPE, GRATITUDE = "hype", "gratitude"
    KINDS = [(HYPE, "hype board"), (GRATITUDE, "gratitude board")]
    STANDS_AS: ClassVar = {"kind": GRATITUDE, "group_id": 0, "keeper_id": 0}

    kind = models.CharField(max_length=9, choices=KINDS)
    title = models.CharField(max_length=60)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    years = models.JSONField(default=list, blank=True)
    keeper = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    pupils_post = models.BooleanField(default=True)
    week_starts = models.PositiveSmallIntegerField(default=0, choices=list(enumerate(WEEKDAYS)))
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    link = EncryptedTextField(purpose="notice.board_link", blank=True, default="", editable=False)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, place="") | (Q(group__isnull=True) & ~Q(place="")),
                name="board_of_a_class_or_a_place",
            ),
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="one_board_per_link"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class BoardPost(SchoolModel):
    """One post. `author` is whose words they are, `sent_by` whose sign-in or name sent them (a teacher may type).

    `submission` comes from the form, so that sending it twice keeps one. `marked`: the words were found to need a
    second look. `win_of` is the first day of the week of which it was chosen as a win.
    """

    ADULTS, PUPILS = "adults", "pupils"
    SIDES = [(ADULTS, "adults"), (PUPILS, "pupils")]
    WAITING, SHOWN, DECLINED, TAKEN_DOWN = "waiting", "shown", "declined", "taken down"
    STATES = [(WAITING, "waiting"), (SHOWN, "shown"), (DECLINED, "declined"), (TAKEN_DOWN, "taken down")]
    STANDS_AS: ClassVar = {"side": PUPILS, "state": WAITING}

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="posts")
    side = models.CharField(max_length=6, choices=SIDES)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    on_class_device = models.BooleanField(default=False)
    words = EncryptedTextField(purpose="notice.board")
    written_at = models.DateTimeField()
    marked = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    shown_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(purpose="notice.board", blank=True, default="")
    win_of = models.DateField(null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-shown_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sent_by", "submission"],
                condition=Q(sent_by__isnull=False),
                name="one_post_per_submission",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown", "declined", "taken down"]),
                name="known_post_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_on__isnull=False), name="shown_since_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["board", "state", "shown_on"], name="posts_of_a_week"),
            models.Index(fields=["school", "author", "shown_on"], name="posts_of_an_author"),
        ]


class BoardName(SchoolModel):
    """A pupil whom a post is for."""

    post = models.ForeignKey(BoardPost, on_delete=models.CASCADE, related_name="names")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["post", "pupil"], name="named_once_on_a_post")]


class LeftOff(SchoolModel):
    """A pupil who is named on no board, by their own wish, their family's, or to keep them safe."""

    PUPIL, FAMILY, SAFETY = "pupil", "family", "safety"
    WHY = [(PUPIL, "the pupil asked"), (FAMILY, "the family asked"), (SAFETY, "to keep them safe")]

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=6, choices=WHY)
    note = EncryptedTextField(purpose="notice.left_off", blank=True, default="")
    since = models.DateField()
    set_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(until__isnull=True), name="left_off_once_at_a_time"
            )
        ]


class BoardTurn(SchoolModel):
    """A device that a teacher handed to the class: names to tap, for 40 minutes, and nothing else.

    The teacher is signed out of that device. Only a keyed hash of what the device keeps is stored; the row never says
    who used it.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended = models.BooleanField(default=False)

    @property
    def is_live(self) -> bool:
        return not self.ended and now() < self.expires_at
