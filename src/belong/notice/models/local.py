"""What the adults of a school know about the place it is in."""

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedBinaryField
from belong.people.models import Person


class LocalKind(models.TextChoices):
    """What a local page is about."""

    PLACE = "place", "Place"
    SHOP = "shop", "Shop or café"
    FESTIVAL = "festival", "Festival or day"
    PEOPLE = "people", "Who to meet"
    GETTING_ABOUT = "about", "Getting about"


class LocalPage(SchoolModel):
    """One thing an adult new to the place would want to know. Nothing about a child.

    `before` are the words as they were before the last change, so that it can be undone.
    """

    kind = models.CharField(max_length=10, choices=LocalKind)
    title = models.CharField(max_length=80)
    about = models.TextField(max_length=1200)
    where = models.CharField(max_length=160, blank=True, default="")
    who_to_meet = models.CharField(max_length=200, blank=True, default="")
    lesson_hook = models.TextField(max_length=400, blank=True, default="")
    photo = EncryptedBinaryField(purpose="notice.local_photo", null=True)
    has_photo = models.BooleanField(default=False)
    caption = models.CharField(max_length=160, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_on = models.DateField()
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_on = models.DateField()
    before = models.JSONField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=LocalKind.values), name="known_kind_of_local_page"
            )
        ]
        verbose_name = "local page"

    def __str__(self) -> str:
        return self.title


class LocalDay(SchoolModel):
    """A day, or days in a row, on which something local happens; a festival has one for each year that is known."""

    page = models.ForeignKey(LocalPage, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["page", "on"], name="one_local_day_a_page")]
        verbose_name = "local day"
