"""Schools, people, groups and roles.

A `Person` is a pupil, a member of staff or a carer, whether or not they sign in; a `User` is a sign-in of one
person. A `Group` gathers people (tutor group, class, club, house); a `Membership` says who is in it and who leads
it. A `Role` gives a person one of the twelve roles, for the whole school or for one group. A `Characteristic` is
special-category data held for one purpose, looking at gaps between groups; it is kept off the person on purpose,
so that no list, export or template meets it by accident.
"""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from belong.base.clock import today
from belong.base.models import SchoolModel
from belong.base.prepared import prepared
from belong.base.scoping import scoped
from belong.people import roles
from belong.people.models_import import ColumnMapping, RosterImport, RosterImportRow  # noqa: F401  (found here)
from belong.people.models_signing_in import Tries  # noqa: F401  (found here)
from belong.people.oidc.models import LinkedAccount, SignInProvider  # noqa: F401  (found here)


class School(models.Model):
    """One school. Rows of every other table belong to exactly one."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60, unique=True)
    phase = models.CharField(
        max_length=12, choices=[("primary", "primary"), ("secondary", "secondary"), ("all", "all-through")]
    )
    urn = models.CharField("school number", max_length=20, blank=True)
    is_demo = models.BooleanField(default=False)
    timezone = models.CharField(max_length=40, default="Europe/London")
    settings = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes sign-ins; usernames compare without case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create a sign-in; without a password it cannot sign in until one is set."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A sign-in. Its rights come from the person's current roles, never from the sign-in itself."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    person = models.OneToOneField("Person", on_delete=models.CASCADE, null=True, related_name="user")
    username = models.CharField(max_length=150, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.username

    @cached_property
    def current_roles(self) -> list["Role"]:
        """The person's roles today, school-wide and by group; one query, kept for the request."""
        if self.person_id is None:
            return []
        return _roles_of(self.person_id, today())

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the person's roles today."""
        return frozenset(role.role for role in self.current_roles)

    def has_role(self, *names: str) -> bool:
        """Whether the person holds any of `names` today."""
        return not self.roles.isdisjoint(names)

    @cached_property
    def led_group_ids(self) -> frozenset[int]:
        """Groups this person leads or assists today; one query, kept for the request."""
        if self.person_id is None:
            return frozenset()
        return frozenset(_groups_led_by(self.person_id, today()))


@prepared
def _roles_of(person_id: int, day: date) -> Any:
    return Role.objects.current(day).filter(person=person_id)


@prepared
def _groups_led_by(person_id: int, day: date) -> Any:
    led = Membership.objects.current(day).filter(person=person_id).exclude(part=Membership.MEMBER)
    return led.values_list("group_id", flat=True)


class CurrentQuerySet(models.QuerySet):
    """Rows with a `since` and an `until`."""

    def current(self, on=None):
        """Rows that hold on the date `on` (default today)."""
        day = on or today()
        begun = Q(since__isnull=True) | Q(since__lte=day)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gt=day))


def is_here(day: date, of: str = "") -> Q:
    """That somebody is at the school on a day; `of` leads to the person ("person__") from a row about them."""
    joined = Q(**{f"{of}joined_on__isnull": True}) | Q(**{f"{of}joined_on__lte": day})
    return joined & (Q(**{f"{of}left_on__isnull": True}) | Q(**{f"{of}left_on__gt": day}))


class PersonQuerySet(models.QuerySet):
    """People by kind and presence."""

    def here(self, on=None):
        """People at the school on the date `on` (default today): joined, and not left."""
        return self.filter(is_here(on or today()))

    def pupils(self):
        return self.filter(kind=Person.PUPIL)

    def staff(self):
        return self.filter(kind=Person.STAFF)

    def carers(self):
        return self.filter(kind=Person.CARER)


class Person(SchoolModel):
    """A pupil, a member of staff or a carer."""

    PUPIL, STAFF, CARER = "pupil", "staff", "carer"
    STANDS_AS: ClassVar = {"kind": PUPIL}
    KINDS = [(PUPIL, "pupil"), (STAFF, "staff"), (CARER, "carer")]

    kind = models.CharField(max_length=8, choices=KINDS)
    source_id = models.CharField("id in the school's own system", max_length=120, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=20, blank=True)
    said_like = models.CharField("how to say the name", max_length=120, blank=True)
    name_at_home = models.CharField("name used in messages home", max_length=80, blank=True)
    email = models.EmailField(blank=True)
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True, choices=[("F", "girl"), ("M", "boy"), ("X", "another")])
    year = models.CharField("year group", max_length=2, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    home_language = models.CharField(max_length=12, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(PersonQuerySet)

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        indexes = [models.Index(fields=["school", "kind", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "source_id"],
                condition=~Q(source_id=""),
                name="one_person_per_source_id",
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def first_name(self) -> str:
        """The name the person wants to be called."""
        return self.preferred_name or self.given_name

    @property
    def display_name(self) -> str:
        """Staff by title and family name ("Mrs Ahmed"), everyone else as they want to be named."""
        if self.kind == self.STAFF and self.title:
            return f"{self.title} {self.family_name}"
        return f"{self.first_name} {self.family_name}".strip()

    @property
    def full_name(self) -> str:
        """Title, first and family name ("Mrs Salma Ahmed"): tells two of one family name apart."""
        return " ".join(part for part in (self.title, self.first_name, self.family_name) if part)

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.family_name[:1]).upper()

    @property
    def is_leaver(self) -> bool:
        return self.left_on is not None and self.left_on <= today()


class Characteristic(SchoolModel):
    """One special-category or deprivation fact about a pupil, with dates.

    Purpose: gaps between groups in a release. It never raises or lowers a flag on a child.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=24)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)

    class Meta:
        indexes = [models.Index(fields=["school", "kind"])]


class Group(SchoolModel):
    """A tutor group, class, club, house or a group the school made itself."""

    TUTOR_GROUP, CLASS, CLUB, HOUSE, CUSTOM = "tutor_group", "class", "club", "house", "custom"
    STANDS_AS: ClassVar = {"kind": TUTOR_GROUP}
    KINDS = [
        (TUTOR_GROUP, "tutor group"),
        (CLASS, "class"),
        (CLUB, "club"),
        (HOUSE, "house"),
        (CUSTOM, "group"),
    ]

    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=120)
    year = models.CharField("year group", max_length=2, blank=True)
    source_id = models.CharField("id in the school's own system", max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "source_id"],
                condition=~Q(source_id=""),
                name="one_group_per_source_id",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(SchoolModel):
    """A person in a group, and the part they have in it."""

    MEMBER, LEAD, ASSISTANT = "member", "lead", "assistant"
    PARTS = [(MEMBER, "member"), (LEAD, "lead"), (ASSISTANT, "assistant")]

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=10, choices=PARTS, default=MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)

    class Meta:
        indexes = [models.Index(fields=["group", "part"]), models.Index(fields=["person", "part"])]


class Role(SchoolModel):
    """One of the twelve roles, for the whole school (no group) or for one group."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_rows")
    role = models.CharField(max_length=16, choices=roles.CHOICES)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)


class CarerLink(SchoolModel):
    """A carer of a pupil; what they may see is the school's decision, link by link."""

    carer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    relationship = models.CharField(max_length=40, blank=True)
    may_see = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carer", "pupil"], name="one_link_per_carer_and_pupil")
        ]
