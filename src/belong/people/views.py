"""People and groups, for those who keep the roster and for the adults around a pupil."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from belong.base.access import allowed, fetch, require
from belong.base.audit import audit
from belong.people.access import access_person, visible_groups, visible_people
from belong.people.forms import GROUP_KINDS, PeopleFilter
from belong.people.models import Group, Membership, Person, Role, User
from belong.people.queries import YEAR_ORDER, tutor_group_of, year_label
from belong.people.request import SignedIn

PAGE = 60
ORDERS = {"first": ["given_name", "family_name"], "name": ["family_name", "given_name"]}


@login_required
@require_GET
def people(request: SignedIn) -> HttpResponse:
    """Everyone the viewer may see by name; search, filter, sort."""
    require(request.user, "people.view_list")
    everyone = visible_people(request.user)
    kinds = set(everyone.order_by().values_list("kind", flat=True).distinct())
    groups = _groups_to_choose(request.user)
    form = PeopleFilter(request.GET or None, groups=groups, kinds=kinds)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _filtered(everyone, chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    homes = tutor_group_of([person.pk for person in page])
    rows = [(person, homes.get(person.pk), year_label(person.year) if person.year else "") for person in page]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "filtered": any(chosen.values()),
        "nobody": not kinds,
        "may_import": allowed(request.user, "people.import_roster"),
        "may_staff": allowed(request.user, "people.view_staff"),
    }
    return render(request, "people/list.html", context)


def _groups_to_choose(user: User) -> QuerySet[Group]:
    """Tutor groups, houses and clubs; classes would make the list too long to choose from."""
    seen = Group.objects.current() if allowed(user, "people.view_roster") else visible_groups(user)
    return seen.exclude(kind=Group.CLASS).order_by("kind", "name")


def _filtered(found: QuerySet[Person], chosen: dict[str, Any]) -> QuerySet[Person]:
    for word in chosen.get("q", "").split():
        found = found.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(preferred_name__icontains=word)
        )
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if chosen.get("year"):
        found = found.filter(year=chosen["year"])
    if chosen.get("group"):
        inside = Membership.objects.current().filter(group=chosen["group"])
        found = found.filter(pk__in=inside.values("person"))
    if chosen.get("sort") == "year":
        return _by_year(found)
    return found.order_by(*ORDERS.get(chosen.get("sort", ""), ORDERS["name"]), "pk")


def _by_year(found: QuerySet[Person]) -> QuerySet[Person]:
    places = [When(year=year, then=Value(at)) for at, year in enumerate(YEAR_ORDER)]
    order = Case(*places, default=Value(len(YEAR_ORDER)), output_field=IntegerField())
    return found.annotate(year_place=order).order_by("year_place", "family_name", "given_name", "pk")


@login_required
@require_GET
def groups(request: SignedIn) -> HttpResponse:
    """Groups by kind with their size and who leads them."""
    require(request.user, "people.view_list")
    seen = (
        Group.objects.current()
        if allowed(request.user, "people.view_roster")
        else visible_groups(request.user)
    )
    here = Q(memberships__until=None, memberships__part=Membership.MEMBER, memberships__person__left_on=None)
    counted = list(seen.annotate(size=Count("memberships", filter=here)).order_by("name"))
    led: dict[int, list[str]] = {}
    leading = Membership.objects.current().filter(part=Membership.LEAD, group__in=[g.pk for g in counted])
    for row in leading.select_related("person"):
        led.setdefault(row.group_id, []).append(row.person.display_name)
    counted.sort(key=lambda group: (_year_place(group.year), group.name))
    kinds = [
        (label, [(group, led.get(group.pk, [])) for group in counted if group.kind == kind])
        for kind, label in GROUP_KINDS.items()
    ]
    context = {
        "kinds": [pair for pair in kinds if pair[1]],
        "may_import": allowed(request.user, "people.import_roster"),
    }
    return render(request, "people/groups.html", context)


def _year_place(year: str) -> int:
    return YEAR_ORDER.index(year) if year in YEAR_ORDER else len(YEAR_ORDER)


@login_required
@require_GET
def group(request: SignedIn, group_id: int) -> HttpResponse:
    """One group: who leads it, who is in it."""
    found = fetch(request.user, _group_verb(request.user), Group.objects.current(), pk=group_id)
    places = Membership.objects.current().filter(group=found).select_related("person")
    inside = [
        row
        for row in places.order_by("person__family_name", "person__given_name")
        if not row.person.is_leaver
    ]
    seen = set(
        visible_people(request.user)
        .filter(pk__in=[row.person_id for row in inside])
        .values_list("pk", flat=True)
    )
    members = [row.person for row in inside if row.part == Membership.MEMBER]
    context = {
        "group": found,
        "kind": dict(Group.KINDS)[found.kind],
        "year": year_label(found.year) if found.year else "",
        "leads": [row for row in inside if row.part != Membership.MEMBER],
        "members": [one for one in members if one.kind != Person.PUPIL or one.pk in seen],
        "seen": seen,
    }
    return render(request, "people/group.html", context)


def _group_verb(user: User) -> str:
    """Whoever keeps the roster may open every group; others those they work with."""
    return "people.view_roster" if allowed(user, "people.view_roster") else "people.view_group"


@login_required
@require_GET
def person(request: SignedIn, person_id: int) -> HttpResponse:
    """Name, groups and roles of one person; nothing else. Looking at a pupil's is noted in the trail."""
    found = access_person(request.user, person_id)
    places = (
        Membership.objects.current()
        .filter(person=found)
        .select_related("group")
        .order_by("group__kind", "group__name")
    )
    kinds = dict(Group.KINDS)
    context = {
        "person": found,
        "year": year_label(found.year) if found.year else "",
        "places": [(row, kinds[row.group.kind]) for row in places],
        "roles": Role.objects.current().filter(person=found).select_related("group").order_by("role"),
        "may_open": allowed(request.user, "people.view_pupil", found),
        "may_open_groups": allowed(request.user, "people.view_list"),
    }
    answer = render(request, "people/person.html", context)
    if found.kind == Person.PUPIL:
        audit(request.user, "people.view_person", found)
    return answer
