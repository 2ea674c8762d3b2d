"""Laws: over random histories nothing reaches a display that an adult did not put up; and visible is allowed."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from belong.base.access import allowed
from belong.base.clock import frozen, now
from belong.base.errors import Refused
from belong.notice.boards import actions, queries, setting
from belong.notice.boards.access import joined_boards, kept_boards, readable_posts, visible_boards
from belong.notice.models import Board, BoardPost
from belong.people import roles
from belong.people.models import Membership, Role, User

LAW = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WHO = st.integers(0, 3)
a_post = st.tuples(
    st.just("write"),
    st.sampled_from(["adult", "pupil", "typed"]),
    WHO,
    st.sets(WHO, max_size=2),
    st.sampled_from(["", " with {}", " you idiot", " I want to die"]),
    WHO,
)
a_deed = st.tuples(st.sampled_from(["up", "decline", "down", "win", "undo"]), st.integers(0, 9))
a_wish = st.tuples(st.sampled_from(["leave off", "end"]), WHO)
history = st.lists(st.one_of(a_post, a_post, a_deed, a_deed, a_wish), min_size=4, max_size=16)


class Told:
    """What a careful person with a notebook would know of the board."""

    def __init__(self) -> None:
        self.up: dict[int, tuple[set[int], str]] = {}  # post → whom, whose name stands in its words
        self.whom: dict[int, tuple[set[int], str]] = {}
        self.off: set[int] = set()

    def may_show(self, pupils) -> set[int]:
        hidden = {pupils[n].pk for n in self.off}
        names = {pupils[n].first_name for n in self.off}
        return {
            post
            for post, (whom, name) in self.up.items()
            if not whom & hidden
            and (name not in names or name in {pupil.first_name for pupil in pupils if pupil.pk in whom})
        }


@LAW
@given(deeds=history)
def test_only_what_an_adult_put_up_and_names_nobody_left_off_is_ever_shown(cast, board, client, deeds):
    pupils = cast.pupils[:4]
    with transaction.atomic():
        link, told = setting.give_link(cast.tutor, board), Told()
        for number, deed in enumerate(deeds):
            _do(cast, board, pupils, told, number, deed)
            shown = queries.showing(board)
            assert {note.id for note in shown.notes} == told.may_show(pupils)
        page = client.get(reverse("notice:board-wall", args=[link])).content.decode()
        for post in BoardPost.objects.all():
            assert (f"number {post.pk} " in page.replace("#", "")) == (post.pk in told.may_show(pupils))
        transaction.set_rollback(True)


def _do(cast, board, pupils, told: Told, number: int, deed: tuple) -> None:
    if deed[0] == "write":
        _write(cast, board, pupils, told, number, deed)
        return
    kind, which = deed
    try:
        with transaction.atomic():
            if kind == "leave off":
                setting.leave_off(cast.tutor, pupils[which], why="family")
                told.off.add(which)
            elif kind == "end":
                setting.end_leaving_off(cast.tutor, pupils[which])
                told.off.discard(which)
            else:
                _decide(cast, told, kind, which)
    except Refused:
        pass


def _decide(cast, told: Told, kind: str, which: int) -> None:
    posts = list(BoardPost.objects.order_by("pk"))
    if not posts:
        return
    post = posts[which % len(posts)]
    if kind == "up":
        actions.put_up(cast.pastoral, post)
        told.up[post.pk] = told.whom[post.pk]
    elif kind == "decline":
        actions.decline(cast.pastoral, post)
    elif kind == "down":
        actions.take_down(cast.pastoral, post)
        told.up.pop(post.pk)
    elif kind == "win":
        actions.choose_win(cast.tutor, post)
    else:
        actions.undo_post(cast.tutor, post)
        told.up.pop(post.pk, None)


def _write(cast, board, pupils, told: Told, number: int, deed: tuple) -> None:
    _, side, who, whom, tail, name = deed
    chosen = [pupils[n] for n in sorted(whom - {who} if side != "adult" else whom)]
    words = f"Thank you{tail.format(pupils[name].first_name)}"
    submission = UUID(int=number + 1)
    given = {"pupils": chosen, "words": words, "submission": submission}
    try:
        with transaction.atomic():
            if side == "adult":
                post = actions.write(cast.tutor, board, **given)
            elif side == "typed":
                post = actions.write_for(cast.tutor, board, author=pupils[who], **given)
            else:
                post = actions.write_as_pupil(pupils[who], board, **given)
    except Refused:
        return
    BoardPost.objects.filter(pk=post.pk).update(words=f"number {post.pk} {words}")
    told.whom[post.pk] = ({pupil.pk for pupil in chosen}, pupils[name].first_name if "{}" in tail else "")
    if side != "pupil" and tail in ("", " with {}"):
        told.up[post.pk] = told.whom[post.pk]


USERS = ("tutor", "other_tutor", "senco", "head", "survey_lead", "governor", "technician", "carer", "pupil")
GROUPS = ("tutor_group", "other_group")
a_role = st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, *GROUPS]))
a_part = st.sampled_from([Membership.MEMBER, Membership.LEAD, Membership.ASSISTANT])


@pytest.fixture
def posts(cast, board, corridor, pupil_writes):
    """Waiting posts on both boards, one that speaks of the DSL, and a board for everyone."""
    pupil_writes(cast.pupils[0], "Thank you for the ball")
    pupil_writes(cast.pupils[1], "Mx Dsl hits me and I want to die")
    pupil_writes(cast.pupils[1], "Thank you for the bat", on=corridor)
    setting.make_board(cast.head, kind="hype", title="Hall", place="Hall")


@LAW
@given(
    who=st.sampled_from(USERS),
    held=st.lists(a_role, max_size=2),
    parts=st.lists(st.tuples(st.sampled_from(GROUPS), a_part), max_size=2),
    keeps=st.booleans(),
    stays=st.booleans(),
)
def test_visible_is_allowed(cast, posts, who, held, parts, keeps, stays):
    with transaction.atomic():
        user = getattr(cast, who)
        if not stays:
            Role.objects.filter(person=user.person).delete()
        of = {"school": cast.school, "person": user.person}
        for role, group in held:
            Role.objects.create(role=role, group=getattr(cast, group) if group else None, **of)
        for group, part in parts:
            Membership.objects.create(group=getattr(cast, group), part=part, **of)
        if keeps:
            Board.objects.filter(title="Corridor").update(keeper=user.person)
        fresh = User.objects.get(pk=user.pk)
        for verb, visible, model in (
            ("notice.view_board", visible_boards, Board),
            ("notice.keep_board", kept_boards, Board),
            ("notice.join_board", joined_boards, Board),
            ("notice.read_post", readable_posts, BoardPost),
        ):
            seen = set(visible(fresh).values_list("pk", flat=True))
            assert seen == {row.pk for row in model.objects.all() if allowed(fresh, verb, row)}, verb
        transaction.set_rollback(True)


def test_the_law_can_fail(cast, board, pupil_writes):
    """What waits would be seen, if showing did not ask."""
    post = pupil_writes(cast.pupils[0], "Thank you for the ball")
    assert queries.showing(board).notes == ()
    BoardPost.objects.filter(pk=post.pk).update(state=BoardPost.SHOWN, shown_on=now().date())
    assert [note.id for note in queries.showing(board).notes] == [post.pk]
    with frozen(now() + timedelta(days=15)):
        assert queries.showing(board).notes == ()
