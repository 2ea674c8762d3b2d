"""What the rights of people leave behind: requests for access, holds, and the memory of what was erased."""

from datetime import timedelta

from django.db import models

from belong.base.clock import now, today
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person, User

FILE_LIVES = timedelta(days=7)
MONTH = timedelta(days=30)


class AccessRequest(SchoolModel):
    """Somebody asked what is held about a person. The file made for it is sealed, and forgotten after seven days.

    `child_view` is what a pupil who understands it says about a request by somebody else; `child_words` are their own
    words. `stored` is the random name of the file, blank once it is gone.
    """

    THEMSELVES, CARER, OTHER = "themselves", "carer", "other"
    ASKERS = [
        (THEMSELVES, "the person themselves"),
        (CARER, "a carer"),
        (OTHER, "somebody with the right to ask for them"),
    ]
    AGREES, OBJECTS, TOO_YOUNG, NOT_A_CHILD = "agrees", "objects", "too young", "adult"
    VIEWS = [
        (AGREES, "understands what this means, and agrees"),
        (OBJECTS, "understands what this means, and does not want it"),
        (TOO_YOUNG, "does not understand yet what this means"),
        (NOT_A_CHILD, "is an adult, or asks themselves"),
    ]
    REVIEWING, BUILDING, READY, FAILED, GONE = "reviewing", "building", "ready", "failed", "gone"
    STATES = [
        (REVIEWING, "being looked through"),
        (BUILDING, "being put together"),
        (READY, "ready"),
        (FAILED, "could not be put together"),
        (GONE, "file forgotten"),
    ]

    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asker = models.CharField("who asks", max_length=10, choices=ASKERS)
    carer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_on = models.DateField("asked on")
    known_by = models.CharField("how we know it is them", max_length=200)
    child_view = models.CharField("what the pupil says", max_length=10, choices=VIEWS)
    child_words = EncryptedTextField("in the pupil’s words", purpose="guard.child_words", blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=REVIEWING)
    done, of = models.PositiveIntegerField(default=0), models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    stored = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    @property
    def due_on(self) -> object:
        """A month after it was asked (thirty days: never later than the law says)."""
        return self.asked_on + MONTH

    @property
    def is_late(self) -> bool:
        return self.state in (self.REVIEWING, self.BUILDING) and self.due_on < today()  # type: ignore[operator]

    @property
    def is_over(self) -> bool:
        """The file has had its seven days."""
        return self.made_at is not None and self.made_at + FILE_LIVES <= now()

    @property
    def goes_on(self) -> object:
        """The day the file is forgotten."""
        return self.made_at + FILE_LIVES if self.made_at else None


class RequestItem(SchoolModel):
    """One row that somebody must look at before it goes out: others' words about the person, or a concern."""

    WAITING, GIVE, HOLD = "", "give", "hold"
    DECISIONS = [(GIVE, "give"), (HOLD, "hold back")]

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="items")
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    decision = models.CharField(max_length=4, choices=DECISIONS, blank=True, default=WAITING)
    reason = EncryptedTextField(purpose="guard.hold_back", blank=True, default="")
    locked = models.BooleanField(default=False)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["model", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "model", "row"], name="one_review_per_row_and_request")
        ]


class LegalHold(SchoolModel):
    """Nothing about this person, or of this wave, is erased, withdrawn or timed out while it stands.

    A wave is known by its number: waves belong to a room above this one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wave_number = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=400)
    since = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(wave_number__isnull=True),
                name="a_hold_is_on_a_person_or_a_wave",
            )
        ]

    @property
    def is_standing(self) -> bool:
        return self.lifted_at is None


class Tombstone(SchoolModel):
    """Something was erased: which table, which number, when. No name, so that nothing is held about who is gone.

    The same line stands in BELONG_HOME/erased.jsonl, outside the database: a backup restored later has not heard of it.
    `facts` are numbers that erasing again needs (the person a withdrawal was for).
    """

    kind = models.CharField(max_length=20)
    model = models.CharField(max_length=80)
    row = models.PositiveBigIntegerField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "kind", "row"])]
