"""Where pupils feel they belong: the school's plan with named places, one asking, and what it gathers.

An answer holds a place, a time of day and a feeling, and nothing that leads to a pupil. That somebody answered stands
in a `PlaceReceipt` without a time; what they wrote stands in `PlaceWords`, for those who read in confidence.
"""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.clock import today
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField

ACROSS = 1000
"""Places stand on a plan 1,000 wide; how high it is depends on its picture."""


class PlacePlan(SchoolModel):
    """A plan of the school. `picture` is a JPEG made anew, or nothing: then the places are drawn on squared paper.

    `high` is how high the plan is where it is 1,000 wide.
    """

    title = models.CharField("name of the plan", max_length=60)
    picture = models.BinaryField(null=True)
    high = models.PositiveSmallIntegerField(default=700)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class PlaceArea(SchoolModel):
    """A named place on a plan: a rectangle, in units of which the plan is 1,000 wide."""

    plan = models.ForeignKey(PlacePlan, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField("name of the place", max_length=40)
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="one_place_of_a_name_on_a_plan"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceAsking(SchoolModel):
    """One asking about places. `places` is a copy of the plan's places as they were when it opened.

    Each is `{"id", "name", "left", "top", "width", "height"}`: what was asked stays what was asked.
    """

    DRAFT, OPEN, CLOSED = Wave.DRAFT, Wave.OPEN, Wave.CLOSED

    plan = models.ForeignKey(PlacePlan, on_delete=models.RESTRICT, related_name="+")
    title = models.CharField(max_length=80)
    years = models.JSONField("year groups", default=list, blank=True)
    opens_on = models.DateField("first day")
    closes_on = models.DateField("last day")
    with_words = models.BooleanField("pupils can add a few words", default=True)
    places = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=Wave.STATES, default=Wave.DRAFT)
    opened_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == self.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.CLOSED

    @property
    def takes_answers(self) -> bool:
        """Open, and today is inside its window."""
        return self.is_open and self.opens_on <= today() <= self.closes_on


class PlaceReceipt(SchoolModel):
    """This pupil answered this asking. The submission id goes when it closes; there is no time."""

    asking = models.ForeignKey(PlaceAsking, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    submission_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "person"], name="one_receipt_per_place_asking_and_person"
            )
        ]


class PlaceSheet(SchoolModel):
    """What one pupil said while the asking is open: `[[place id, time, feeling], …]`, and no key."""

    asking = models.ForeignKey(PlaceAsking, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(default=list)


class PlaceRow(SchoolModel):
    """The same of a closed asking, written in random order in one go."""

    asking = models.ForeignKey(PlaceAsking, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(default=list)


class PlaceWords(SchoolModel):
    """What a pupil wrote beside a place, in confidence; never on a plan. `read_by` are ids of people who read it."""

    asking = models.ForeignKey(PlaceAsking, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    words = EncryptedTextField(purpose="ask.place_words")
    read_by = models.JSONField(default=list)
