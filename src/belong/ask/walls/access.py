"""Who may do what: ideas walls.

- A wall for a class is made by an adult of it or pastoral staff; a wall for years by pastoral staff of the whole school
  or a survey lead. Whoever made it keeps it, and so do pastoral staff of its pupils.
- Reading what waits is for those who keep the wall; a post from which a concern about an adult came is kept from that
  adult (`hidden_sources`). What the detector marked goes up only if a safeguarding lead says so.
- What is up, all staff may see; a writer sees and takes back their own.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet
from django.http import Http404

from belong.ask.models import OptOut, Wall, WallPost
from belong.base.access import allowed, fetch
from belong.guard.concerns.routes import hidden_sources
from belong.people import roles
from belong.people.access import (
    is_any_pastoral,
    is_on_roll,
    is_pastoral_of_group,
    is_pupil,
    is_staff,
    is_survey_lead,
)
from belong.people.models import Group, Membership, Person, User

SOURCE = WallPost._meta.label_lower


@rules.predicate
def leads_a_class(user: User, row: object = None) -> bool:
    """The user leads or assists a group today."""
    return bool(user.led_group_ids)


@rules.predicate
def is_pastoral_of_school(user: User, row: object = None) -> bool:
    """A pastoral role for the whole school."""
    return any(role.role in roles.PASTORAL and role.group_id is None for role in user.current_roles)


@rules.predicate
def made_it(user: User, wall: Wall) -> bool:
    """The user made the wall."""
    return wall.made_by_id == user.pk


@rules.predicate
def is_pastoral_of_wall(user: User, wall: Wall) -> bool:
    """Pastoral staff of the wall's class, or of the whole school."""
    if wall.group_id is None:
        return bool(is_pastoral_of_school(user))
    return bool(is_pastoral_of_group(user, Group(pk=wall.group_id)))


@rules.predicate
def leads_its_class(user: User, wall: Wall) -> bool:
    """The wall is for a class that the user leads or assists today."""
    return wall.group_id in user.led_group_ids


@rules.predicate
def may_write_on(user: User, wall: Wall) -> bool:
    """A pupil whom the wall asks, while it is open."""
    pupil = user.person
    if pupil is None or pupil.kind != Person.PUPIL or not is_on_roll(user, pupil):
        return False
    return wall.is_open and is_for(wall, pupil)


@rules.predicate
def wrote_it(user: User, post: WallPost) -> bool:
    """The user's own."""
    return user.person_id is not None and post.author_id == user.person_id


@rules.predicate
def is_up(user: User, post: WallPost) -> bool:
    """It is on the wall."""
    return post.state == WallPost.SHOWN


@rules.predicate
def is_not_hidden(user: User, post: WallPost) -> bool:
    """No concern came from it that this user must not know of."""
    return f"{SOURCE}:{post.pk}" not in hidden_sources(user)


@rules.predicate
def is_there(user: User, post: WallPost) -> bool:
    """Not taken back."""
    return post.state != WallPost.TAKEN_BACK


@rules.predicate
def is_unmarked(user: User, post: WallPost) -> bool:
    """Nothing in its words has to be read by the safeguarding lead."""
    return not post.marked


@rules.predicate
def is_safeguarding_lead(user: User, row: object = None) -> bool:
    return user.has_role(roles.DSL)


def is_for(wall: Wall, pupil: Person) -> bool:
    """Whether a wall asks this pupil, who has not opted out of being asked."""
    if OptOut.objects.current().filter(person=pupil).exists():
        return False
    if wall.group_id is not None:
        inside = Membership.objects.current().filter(
            person=pupil, group=wall.group_id, part=Membership.MEMBER
        )
        return bool(inside.exists())
    return not wall.years or pupil.year in wall.years


_keeps = is_staff & (made_it | leads_its_class | is_pastoral_of_wall | (is_survey_lead & made_it))
_keeps_its_wall = rules.predicate(lambda user, post: _keeps.test(user, post.wall), name="keeps_its_wall")
PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.view_walls": is_staff,
    "ask.make_wall": is_staff & (is_any_pastoral | is_survey_lead | leads_a_class),
    "ask.make_wall_for_years": is_pastoral_of_school | is_survey_lead,
    "ask.keep_wall": _keeps,
    "ask.write_on_wall": is_pupil & may_write_on,
    "ask.read_wall_post": is_staff & _keeps_its_wall & is_there & is_not_hidden,
    "ask.put_up_wall_post": is_staff
    & _keeps_its_wall
    & is_there
    & is_not_hidden
    & (is_unmarked | is_safeguarding_lead),
    "ask.see_wall_post": (wrote_it & is_there)
    | (is_staff & (is_up | (_keeps_its_wall & is_there & is_not_hidden))),
    "ask.take_back_wall_post": is_pupil & wrote_it & is_there,
}


def access_wall(user: User, wall_id: int) -> Wall:
    """A wall, for any member of staff; else the same 404 as for none."""
    return fetch(user, "ask.view_walls", Wall.objects.select_related("group"), pk=wall_id)


def access_kept_wall(user: User, wall_id: int) -> Wall:
    """A wall the user keeps; else 404."""
    return fetch(user, "ask.keep_wall", Wall.objects.select_related("group"), pk=wall_id)


def access_wall_to_write(user: User, wall_id: int) -> Wall:
    """A wall that asks this pupil and is open; else 404."""
    return fetch(user, "ask.write_on_wall", Wall.objects.all(), pk=wall_id)


def access_post(user: User, post_id: int) -> WallPost:
    """A post the user may read before it is up; else 404."""
    rows = WallPost.objects.select_related("wall", "author").defer("picture", "sound")
    return fetch(user, "ask.read_wall_post", rows, pk=post_id)


def access_file(user: User, post_id: int) -> WallPost:
    """A post whose picture or sound the user may have; else 404."""
    return fetch(user, "ask.see_wall_post", WallPost.objects.select_related("wall"), pk=post_id)


def access_own(user: User, post_id: int) -> WallPost:
    """A post of the user's own that is not taken back yet; else 404."""
    if user.person_id is None:
        raise Http404
    rows = WallPost.objects.filter(author=user.person_id).select_related("wall").defer("picture", "sound")
    return fetch(user, "ask.take_back_wall_post", rows, pk=post_id)


def visible_walls(user: User) -> QuerySet[Wall]:
    """Every wall for which `ask.view_walls` holds."""
    return Wall.objects.all() if allowed(user, "ask.view_walls") else Wall.objects.none()


def kept_walls(user: User) -> list[Wall]:
    """Every wall for which `ask.keep_wall` holds; a school has a few dozen."""
    return [wall for wall in visible_walls(user) if allowed(user, "ask.keep_wall", wall)]


def readable_posts(user: User) -> QuerySet[WallPost]:
    """Every post for which `ask.read_wall_post` holds, without pictures and sounds."""
    hidden = [int(one.rpartition(":")[2]) for one in hidden_sources(user) if one.startswith(f"{SOURCE}:")]
    rows = WallPost.objects.filter(wall__in=kept_walls(user)).exclude(
        Q(state=WallPost.TAKEN_BACK) | Q(pk__in=hidden)
    )
    return rows.select_related("author", "wall").defer("picture", "sound")
