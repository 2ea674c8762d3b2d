"""Boards of the demo schools: three weeks of thank-yous, wins, some that wait to be read, one kept down kindly."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from belong.base.clock import frozen, now
from belong.notice.boards import actions, setting
from belong.notice.models import Board, BoardPost
from belong.people.models import Group, Person, User
from belong.people.queries import members
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.schools import Town

SEED = 20261126
DAYS = 19
HYPE = (
    "I notice you are someone who waits for whoever is last.",
    "You stayed with a hard problem, and then you explained it to the table behind you.",
    "I saw you pick up the litter by the bike shed when nobody was looking. Well, almost nobody.",
    "You can be proud of that solo. The whole hall went quiet.",
    "You asked the question that everybody else was thinking of.",
    "Our school is better because you say good morning to everyone, every day.",
)
GRATITUDE = (
    "Thank you for carrying the chairs back without being asked.",
    "It helped me when you showed our visitor round so kindly.",
    "I am grateful that you came back to finish it with me.",
    "Thank you for letting the little ones go first in the queue.",
    "You made my day when you asked how my weekend was.",
    "Thank you for reading so clearly that I could close my eyes and see it.",
)
PUPILS = {
    Board.HYPE: (
        "I saw you teach three people the new chords at lunch",
        "You can be proud of how fast you got in the relay",
        "I notice you are someone who makes teams fair",
        "You are the best at drawing dragons and you show us how",
    ),
    Board.GRATITUDE: (
        "Thank you for lending me your red pencil all week",
        "It helped me when you sat with me on the bus",
        "I am grateful that you told me about the club",
        "Thank you for passing me the ball",
        "You made my day when you saved me a place",
        "Thank you for helping me find the music room",
        "It helped me when you said it does not matter",
    ),
}
YOUNG = (
    "Thank you for playing with me",
    "You helped me when I fell over",
    "I am glad that you sit next to me",
    "You made me smile when you did the funny voice",
    "Thank you for sharing the big blocks",
    "You helped me when I could not do my zip",
)


def play(town: Town, calendar: Calendar) -> None:
    """A board for a class and one for a corridor in the secondary; one for a class of Year 3 in the primary."""
    rng = np.random.default_rng(SEED)
    if town.school.phase == "secondary":
        tutor, pastoral = (User.objects.get(username=name) for name in ("tutor", "pastoral"))
        own = Group.objects.get(kind=Group.TUTOR_GROUP, name="8H")
        board = _open(calendar, tutor, kind=Board.GRATITUDE, title="8H says thank you", group=own)
        _weeks(rng, calendar, board, tutor, list(members(own)), GRATITUDE, PUPILS[Board.GRATITUDE])
        _unread(board, list(members(own)), tutor)
        place = {"place": "The maths corridor", "years": ["7", "8"]}
        board = _open(calendar, pastoral, kind=Board.HYPE, title="Seen in the maths corridor", **place)
        _weeks(rng, calendar, board, pastoral, list(members(own)), HYPE, PUPILS[Board.HYPE])
        return
    head = User.objects.filter(school=town.school, person__role_rows__role="senior leader").first()
    group = Group.objects.current().filter(kind=Group.TUTOR_GROUP, year="3").first()
    if head is not None and group is not None:
        board = _open(calendar, head, kind=Board.GRATITUDE, title=f"{group.name} says thank you", group=group)
        _weeks(rng, calendar, board, head, list(members(group)), GRATITUDE, YOUNG)


def _open(calendar: Calendar, keeper: User, **facts: object) -> Board:
    with frozen(at(calendar.today - timedelta(days=DAYS + 7))):
        board = setting.make_board(_fresh(keeper), **facts)  # type: ignore[arg-type]
        setting.give_link(_fresh(keeper), board)
        return board


def _weeks(
    rng: np.random.Generator,
    calendar: Calendar,
    board: Board,
    keeper: User,
    pupils: list[Person],
    adults: tuple[str, ...],
    theirs: tuple[str, ...],
) -> None:
    """On every school day something from each side; on Fridays the wins."""
    first = pupils[: max(12, len(pupils) // 2)]
    for number, moment in enumerate(_moments(calendar)):
        with frozen(moment):
            user = _fresh(keeper)
            pairs = rng.permutation(len(first))
            whom, author, other = (first[int(at_)] for at_ in pairs[:3])
            one = actions.write(
                user, board, pupils=[whom], words=adults[number % len(adults)], submission=_id(rng)
            )
            words = theirs[number % len(theirs)]
            two = actions.write_as_pupil(author, board, pupils=[other], words=words, submission=_id(rng))
            actions.put_up(user, two)
            if moment.weekday() == 4:
                for post in (one, two):
                    actions.choose_win(user, post)


def _unread(board: Board, pupils: list[Person], tutor: User) -> None:
    """Two that nobody has read, and one that a kind line kept down."""
    amina, ben, cerys, daniel = pupils[:4]
    rng = np.random.default_rng(SEED + 1)
    said = (
        (ben, [daniel], "Thank you for showing me where the music room is. Cerys helped, too"),
        (cerys, [ben], "Thanks for nothing, you loser. Only joking, you were great in goal"),
        (amina, [cerys], "Thank you for not telling the others what I got in maths"),
    )
    posts = [
        actions.write_as_pupil(author, board, pupils=whom, words=words, submission=_id(rng))
        for author, whom, words in said
    ]
    kind = "Thank you. This one is better said to her yourself. Shall we do that together?"
    if posts[2].state == BoardPost.WAITING:
        actions.decline(_fresh(tutor), posts[2], answer=kind)


def _moments(calendar: Calendar) -> Iterator[datetime]:
    """Ten in the morning on the school days of three weeks, none in the future."""
    for back in range(DAYS, -1, -1):
        moment = at(calendar.today - timedelta(days=back), 10)
        if moment.weekday() < 5 and moment <= now():
            yield moment


def _fresh(user: User) -> User:
    """The user without what was remembered of another day."""
    return User.objects.get(pk=user.pk)


def _id(rng: np.random.Generator) -> UUID:
    return UUID(bytes=rng.bytes(16), version=4)
