"""What follows a moment: an observation somebody read, a note that goes home, a promise to come back to a child, and
a prompt that a child is noticed more often than they used to be.
"""

from django.db import models
from django.db.models import Q

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.notice.models.moments import Moment
from belong.people.models import Person


class ObservationSeen(SchoolModel):
    """The pastoral lead read an observation; `next_step` is what they will do, and the adult who wrote reads it too."""

    moment = models.OneToOneField(Moment, on_delete=models.CASCADE, related_name="seen")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    next_step = EncryptedTextField(purpose="notice.next_step", blank=True, default="")


class CircleBack(SchoolModel):
    """ "I said I'd come back to you about…": one adult's promise to one pupil, with its day.

    Only the adult who made it sees it. `submission` comes from the form: sending it twice keeps one.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = EncryptedTextField(purpose="notice.circle_back")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["adult", "submission"], name="one_circle_back_per_submission")
        ]
        indexes = [
            models.Index(fields=["adult", "due_on"], condition=Q(done_at=None), name="circle_backs_owed")
        ]


class NoteHome(SchoolModel):
    """A note home that goes by mail or on paper; its words are the moment's.

    Nothing goes out before `send_after`, so that it can be taken back till then.
    """

    moment = models.OneToOneField(Moment, on_delete=models.CASCADE, related_name="note_home")
    send_after = models.DateTimeField()
    printed_at = models.DateTimeField(null=True, blank=True)


class Letter(SchoolModel):
    """One mail of a note home to one carer, in that family's language.

    It is sent at most once: it leaves `waiting` before the mail server is asked, and never comes back to it. One that
    was cut off while `sending` may or may not have gone; that is said, and nobody sends it again behind their back.
    """

    WAITING, SENDING, SENT, FAILED, CAME_BACK = "waiting", "sending", "sent", "failed", "came_back"
    STATES = [
        (WAITING, "waiting"),
        (SENDING, "on its way"),
        (SENT, "sent"),
        (FAILED, "not sent"),
        (CAME_BACK, "came back"),
    ]
    REFUSED, NO_SERVER, NO_ADDRESS, CUT_OFF = "refused", "no server", "no address", "cut off"

    note = models.ForeignKey(NoteHome, on_delete=models.CASCADE, related_name="letters")
    carer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    trouble = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["note", "carer"], name="one_letter_per_carer")]
        indexes = [models.Index(fields=["school", "state"])]


class UsualSignOff(SchoolModel):
    """Somebody answerable for safeguarding switched prompts about a child's own usual on, for one rule."""

    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    rule = models.CharField(max_length=12)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")


class UsualPrompt(SchoolModel):
    """Several adults noted more about a child in this fortnight than was usual for this child: please look.

    Counts of days, never words and never a score: `recent` observation days by `adults` adults from `since` on, beside
    `before` in the weeks before. `aspects` says how many of the recent ones were about what.
    """

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    made_on = models.DateField()
    recent = models.PositiveSmallIntegerField()
    adults = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField()
    weeks_before = models.PositiveSmallIntegerField()
    aspects = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "since"], name="one_prompt_per_fortnight")]
