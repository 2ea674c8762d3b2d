"""Who may do what with the hype and gratitude boards.

- A class's board: the adults of the class, who teach somebody in it, its keeper, and pastoral staff. A place's board:
  all staff. Its pupils read it and, where the board takes their posts, write on it.
- Reading what waits, taking down, wins, links, settings: the keeper, the adults who lead the class, pastoral staff.
- A post from which a concern about an adult came is kept from that adult (`hidden_sources`).
- Who has not been named yet: the adults who lead the class and nobody else, whatever their role.
- Why a pupil is left off: pastoral staff of that pupil and the adult who noted it.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet
from django.http import Http404
from django_scopes import scopes_disabled

from belong.ask.tokens import hash_of
from belong.base.access import fetch
from belong.base.clock import now
from belong.guard.concerns.routes import hidden_sources
from belong.notice.access import UNDO_WITHIN, is_here, is_teacher, tutors_pupil
from belong.notice.models import Board, BoardPost, BoardTurn, LeftOff
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_any_pastoral,
    is_on_roll,
    is_pastoral,
    is_pastoral_of_group,
    is_pupil,
    is_staff,
    visible_groups,
)
from belong.people.models import Group, Membership, Person, User

SOURCE = BoardPost._meta.label_lower


@rules.predicate
def keeps_board(user: User, board: Board) -> bool:
    """The board was given into this adult's care."""
    return user.person_id is not None and board.keeper_id == user.person_id


@rules.predicate
def is_of_a_place(user: User, board: Board) -> bool:
    """The board hangs in a place, not in a class."""
    return board.group_id is None


@rules.predicate
def leads_class(user: User, board: Board) -> bool:
    """The user leads or assists the board's class today."""
    return board.group_id in user.led_group_ids


@rules.predicate
def is_pastoral_of_class(user: User, board: Board) -> bool:
    """A pastoral role for the school, for the board's class, or for a group that shares pupils with it."""
    return board.group_id is not None and is_pastoral_of_group(user, Group(pk=board.group_id))


@rules.predicate
def is_pastoral_of_school(user: User, board: Board) -> bool:
    """A pastoral role for the whole school."""
    return _is_school_pastoral(user)


@rules.predicate
def teaches_in_class(user: User, board: Board) -> bool:
    """Somebody in the board's class is in a group that the user leads or assists."""
    return board.group_id in _taught_groups(user, board.group_id)


@rules.predicate
def is_its_pupil(user: User, board: Board) -> bool:
    """The user is a pupil of the board's class, or of the years it is for."""
    pupil = user.person
    if pupil is None or pupil.kind != Person.PUPIL or not is_on_roll(user, pupil):
        return False
    if board.group_id is None:
        return not board.years or pupil.year in board.years
    inside = Membership.objects.current().filter(person=pupil, group=board.group_id, part=Membership.MEMBER)
    return bool(inside.exists())


def _of_board(test: rules.predicates.Predicate) -> rules.predicates.Predicate:
    """A predicate about a board, asked of a post on it."""
    return rules.predicate(lambda user, post: test(user, post.board), name=test.name)


@rules.predicate
def sent_it(user: User, post: BoardPost) -> bool:
    """The user sent the post."""
    return user.person_id is not None and post.sent_by_id == user.person_id


@rules.predicate
def is_just_written(user: User, post: BoardPost) -> bool:
    """Written within the last ten minutes."""
    return bool(post.written_at >= now() - UNDO_WITHIN)


@rules.predicate
def is_not_hidden(user: User, post: BoardPost) -> bool:
    """No concern came from it that this user must not know of."""
    return f"{SOURCE}:{post.pk}" not in hidden_sources(user)


def _of_pupil(test: rules.predicates.Predicate) -> rules.predicates.Predicate:
    return rules.predicate(lambda user, row: test(user, row.pupil), name=test.name)


@rules.predicate
def noted_it(user: User, left: LeftOff) -> bool:
    """The user noted that the pupil is left off."""
    return user.person_id is not None and left.set_by_id == user.person_id


_keeps = keeps_board | leads_class | is_pastoral_of_class | (is_of_a_place & is_pastoral_of_school)
_may_keep = is_staff & _keeps
PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_boards": is_staff,
    "notice.make_board": is_teacher | is_any_pastoral,
    "notice.view_board": is_staff
    & (keeps_board | is_of_a_place | leads_class | is_pastoral_of_class | teaches_in_class),
    "notice.keep_board": _may_keep,
    "notice.see_unnamed": is_staff & leads_class,
    "notice.join_board": is_pupil & is_its_pupil,
    "notice.read_post": is_staff
    & (
        _of_board(keeps_board)
        | _of_board(leads_class)
        | _of_board(is_pastoral_of_class)
        | (_of_board(is_of_a_place) & _of_board(is_pastoral_of_school))
    )
    & is_not_hidden,
    "notice.own_post": is_staff & sent_it,
    "notice.undo_post": is_staff & sent_it & is_just_written,
    "notice.leave_off": is_staff & (tutors_pupil | is_pastoral) & is_a_pupil & is_here,
    "notice.read_why_left_off": is_staff & (noted_it | _of_pupil(is_pastoral)) & _of_pupil(is_here),
}


def _is_school_pastoral(user: User) -> bool:
    return any(role.role in roles.PASTORAL and role.group_id is None for role in user.current_roles)


def _taught_groups(user: User, group_id: int | None = None) -> set[int]:
    """Groups (or the one) that share a member with a group the user leads or assists."""
    if not user.led_group_ids:
        return set()
    inside = Membership.objects.current().filter(part=Membership.MEMBER)
    mine = inside.filter(group__in=user.led_group_ids).values("person")
    shared = inside.filter(person__in=mine)
    if group_id is not None:
        shared = shared.filter(group=group_id)
    return set(shared.values_list("group_id", flat=True).distinct())


def visible_boards(user: User) -> QuerySet[Board]:
    """Every board for which `notice.view_board` holds."""
    if not user.has_role(*roles.STAFF):
        return Board.objects.none()
    classes = _taught_groups(user) | _pastoral_classes(user)
    return Board.objects.filter(Q(group__isnull=True) | _kept(user) | Q(group__in=classes))


def kept_boards(user: User) -> QuerySet[Board]:
    """Every board for which `notice.keep_board` holds."""
    if not user.has_role(*roles.STAFF):
        return Board.objects.none()
    places = Q(group__isnull=True) if _is_school_pastoral(user) else Q(pk__in=[])
    return Board.objects.filter(_kept(user) | Q(group__in=_pastoral_classes(user)) | places)


def joined_boards(user: User) -> QuerySet[Board]:
    """Every board for which `notice.join_board` holds."""
    pupil = user.person
    if not is_pupil(user) or pupil is None or pupil.kind != Person.PUPIL or not is_on_roll(user, pupil):
        return Board.objects.none()
    inside = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER).values("group")
    places = [
        pk
        for pk, years in Board.objects.filter(group__isnull=True).values_list("pk", "years")
        if not years or pupil.year in years
    ]
    return Board.objects.filter(Q(group__in=inside) | Q(pk__in=places))


def readable_posts(user: User) -> QuerySet[BoardPost]:
    """Every post for which `notice.read_post` holds."""
    hidden = [int(one.rpartition(":")[2]) for one in hidden_sources(user) if one.startswith(f"{SOURCE}:")]
    posts = BoardPost.objects.filter(board__in=kept_boards(user).order_by().values("pk"))
    return posts.exclude(pk__in=hidden)


def _kept(user: User) -> Q:
    mine = Q(keeper=user.person_id) if user.person_id else Q(pk__in=[])
    return mine | Q(group__in=user.led_group_ids)


def _pastoral_classes(user: User) -> set[int]:
    """Groups with boards of which the user is pastoral staff; two statements, however many boards there are."""
    scopes = {role.group_id for role in user.current_roles if role.role in roles.PASTORAL}
    if not scopes:
        return set()
    with_boards = Board.objects.filter(group__isnull=False).order_by().values("group")
    if None in scopes:
        return set(with_boards.values_list("group_id", flat=True))
    inside = Membership.objects.current().filter(part=Membership.MEMBER)
    mine = inside.filter(group__in=scopes).values("person")
    shared = inside.filter(group__in=with_boards, person__in=mine).values_list("group_id", flat=True)
    return {*shared, *(one for one in scopes if one is not None)}


def groups_for_boards(user: User) -> QuerySet[Group]:
    """Groups of which the user may make a board: those they lead, or see as pastoral staff."""
    return visible_groups(user)


def access_board(user: User, board_id: int) -> Board:
    """A board the user may see; else the same 404 as for a board that does not exist."""
    return fetch(user, "notice.view_board", Board.objects.all(), pk=board_id)


def access_kept_board(user: User, board_id: int) -> Board:
    """A board the user looks after; else 404."""
    return fetch(user, "notice.keep_board", Board.objects.all(), pk=board_id)


def access_joined_board(user: User, board_id: int) -> Board:
    """A board on which the user is one of the pupils; else 404."""
    return fetch(user, "notice.join_board", Board.objects.all(), pk=board_id)


def access_post(user: User, post_id: int) -> BoardPost:
    """A post the user may read as one who looks after its board; else 404."""
    return fetch(user, "notice.read_post", BoardPost.objects.select_related("board", "author"), pk=post_id)


def access_own_post(user: User, post_id: int) -> BoardPost:
    """A post the user sent; else 404."""
    mine = BoardPost.objects.filter(sent_by=user.person_id).select_related("board")
    return fetch(user, "notice.own_post", mine, pk=post_id)


def access_left(user: User, pupil_id: int) -> Person:
    """A pupil whom the user may leave off boards; else 404."""
    return fetch(user, "notice.leave_off", Person.objects.pupils(), pk=pupil_id)


def board_of_link(link: str) -> Board:
    """The open board behind a display link, whoever asks; 404 for a link that was replaced or ended.

    The link is the key and names no school, so this one look-up runs outside any.
    """
    with scopes_disabled():
        rows = Board.objects.filter(closed_on__isnull=True).select_related("school")
        found = rows.filter(link_hash=hash_of(link)).first()
    if found is None:
        raise Http404
    return found


def turn_of_key(key: str) -> BoardTurn | None:
    """The running turn of the device that holds a key, or None."""
    if not key:
        return None
    with scopes_disabled():
        rows = BoardTurn.objects.select_related("board__school", "board__group")
        found = rows.filter(key_hash=hash_of(key), board__closed_on__isnull=True).first()
    return found if found is not None and found.is_live else None
