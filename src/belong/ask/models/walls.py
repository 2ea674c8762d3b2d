"""Ideas walls: a question of the school, and what pupils put up beneath it once an adult has read it."""

from django.db import models
from django.db.models import F, Q

from belong.base.clock import today
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedBinaryField, EncryptedTextField


class Wall(SchoolModel):
    """A question for a time, to some year groups or one group; `years` empty and no group means every pupil.

    `takes` lists what pupils can add besides words: drawing, photo, sound.
    """

    DRAWING, PHOTO, SOUND = "drawing", "photo", "sound"
    TAKES = [(DRAWING, "drawings"), (PHOTO, "photos without people"), (SOUND, "short sounds")]

    question = models.CharField("the question", max_length=120)
    years = models.JSONField("year groups", default=list, blank=True)
    group = models.ForeignKey(
        "people.Group", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    opens_on = models.DateField("first day")
    closes_on = models.DateField("last day")
    takes = models.JSONField("besides words", default=list, blank=True)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="wall_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        """Pupils can post today."""
        return self.closed_on is None and self.opens_on <= today() <= self.closes_on


class WallPost(SchoolModel):
    """One pupil's idea. Nobody but its writer and the adults who read it see it before it is shown.

    `words` say it, or say what is in the drawing, photo or sound. `named`: the writer wants the first name beneath it.
    `marked`: the words should be read by the safeguarding lead. `reason` is the key of the kind sentence that says why
    it is not shown.
    """

    WORDS = "words"
    KINDS = [(WORDS, "words"), (Wall.DRAWING, "drawing"), (Wall.PHOTO, "photo"), (Wall.SOUND, "sound")]
    WAITING, SHOWN, NOT_SHOWN, PASSED_ON, TAKEN_BACK = (
        "waiting",
        "shown",
        "not shown",
        "passed on",
        "taken back",
    )
    STATES = [(one, one) for one in (WAITING, SHOWN, NOT_SHOWN, PASSED_ON, TAKEN_BACK)]

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=KINDS)
    words = EncryptedTextField(purpose="ask.wall_words", blank=True)
    picture = EncryptedBinaryField(purpose="ask.wall_picture", null=True)
    sound = EncryptedBinaryField(purpose="ask.wall_sound", null=True)
    mime = models.CharField(max_length=20, blank=True)
    named = models.BooleanField(default=False)
    marked = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    reason = models.CharField(max_length=20, blank=True)
    written_on = models.DateField()
    decided_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["school", "state"])]
