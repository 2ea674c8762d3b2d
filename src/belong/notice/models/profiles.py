"""One page per pupil, in the pupil's own words: versions of it, and the parts of a version with who may read each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedJSONField, EncryptedTextField
from belong.guard.models import Concern
from belong.people.models import Person


class Audience(models.TextChoices):
    """Who may read a part, narrowest first."""

    TUTOR = "tutor", _("Just my tutor")
    TUTORS = "tutors", _("My tutor, and the one after")
    TEACHERS = "teachers", _("Adults who teach or help me")
    STAFF = "staff", _("All staff")


class ProfileField(models.TextChoices):
    """The parts of the page, in their order."""

    LIKES = "likes", _("What I like and am good at")
    HELPS = "helps", _("What helps me")
    TAKING_PART = "taking_part", _("What helps me take part")
    KNOW = "know", _("What adults should know")


class ProfilePage(SchoolModel):
    """One version of a pupil's page. Only the approved one is read by anybody but the pupil and who drafted it.

    `approved_with` is the adult who was with a pupil who cannot approve alone. `family_on` is the day the family
    agreed to what goes to all staff. A version with words that an adult has to read first is held: it goes to nobody
    until somebody who reads its `concern` lets it through.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "being written"
        WAITING = "waiting", "waits for the pupil’s yes"
        HELD = "held", "an adult reads it first"
        APPROVED = "approved", "shared"
        REPLACED = "replaced", "an earlier page"
        WITHDRAWN = "withdrawn", "no longer shared"

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    drafted_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    drafted_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    approved_with = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    family_on = models.DateField(null=True, blank=True)
    family_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    let_through_on = models.DateField(null=True, blank=True)

    said_no_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-drafted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(state="approved"), name="one_approved_profile"
            ),
            models.UniqueConstraint(
                fields=["pupil", "drafted_by"],
                condition=Q(state__in=["draft", "waiting", "held"]),
                name="one_draft_profile_each",
            ),
        ]


class ProfilePart(SchoolModel):
    """One part of a version: its words, the supports ticked in it, and who may read it."""

    page = models.ForeignKey(ProfilePage, on_delete=models.CASCADE, related_name="parts")
    field = models.CharField(max_length=12, choices=ProfileField)
    text = EncryptedTextField(purpose="notice.profile", blank=True, default="")
    supports = EncryptedJSONField(purpose="notice.profile_supports", default=list)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.TEACHERS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "field"], name="one_part_per_field")]
