"""Reading boards. `showing` is the one way to what may be seen: projector, corridor, print and pupils all ask it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from belong.base.among import among
from belong.base.clock import today
from belong.notice.boards.names import names_in, same_first_name
from belong.notice.boards.weeks import WEEK, half_term_start, week_of
from belong.notice.boards.words import names as said
from belong.notice.models import Board, BoardName, BoardPost, LeftOff
from belong.people.access import visible_pupils
from belong.people.models import Membership, Person, User
from belong.people.queries import members, pupils_on_roll

SOMEBODY = gettext_lazy("somebody")


@dataclass(frozen=True)
class Note:
    """One post as everybody may see it: first names and words, nothing that leads further."""

    id: int
    side: str
    whom: tuple[str, ...]
    words: str
    by: str
    is_win: bool
    was: bool = False  # a win of the week before

    @property
    def whom_said(self) -> str:
        return said(self.whom)

    @property
    def is_long(self) -> bool:
        return len(self.words) > 110

    @property
    def is_short(self) -> bool:
        return len(self.words) <= 48


@dataclass(frozen=True)
class Showing:
    """What a board shows of one week, newest first, by side; and the wins of the week before."""

    board: Board
    week: date
    adults: tuple[Note, ...]
    pupils: tuple[Note, ...]
    wins_before: tuple[Note, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        return (*self.adults, *self.pupils)

    @property
    def sides(self) -> list[tuple[str, str, list[Note]]]:
        """The two sides as a display shows them: this week's, and last week's wins behind them."""
        return [
            (side, heading, [*notes, *(note for note in self.wins_before if note.side == side)])
            for side, heading, notes in (
                (BoardPost.ADULTS, _("From adults"), self.adults),
                (BoardPost.PUPILS, _("From pupils"), self.pupils),
            )
        ]

    @property
    def is_empty(self) -> bool:
        return not (self.adults or self.pupils or self.wins_before)

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)

    @property
    def stamp(self) -> str:
        """Changes when what is shown does, so that a display is left as it stands while nothing has."""
        return sha256(repr((self.week, self.notes, self.wins_before)).encode()).hexdigest()[:16]


def showing(board: Board, on: date | None = None) -> Showing:
    """What may be seen of a board in the week of a day (default today). Six SQL statements, whatever there is.

    Only posts an adult put up, of pupils who are here, and of none who is left off: neither chosen nor in the words.
    """
    week = week_of(board, on or today())
    rows = board.posts.filter(state=BoardPost.SHOWN, shown_on__gte=week - WEEK, shown_on__lt=week + WEEK)
    notes = _notes(list(rows.select_related("author").prefetch_related("names__pupil")))
    now = [(post, note) for post, note in notes if _went_up(post) >= week]
    before = [(post, note) for post, note in notes if post.win_of == week - WEEK and _went_up(post) < week]
    return Showing(
        board,
        week,
        tuple(note for post, note in now if post.side == BoardPost.ADULTS),
        tuple(note for post, note in now if post.side == BoardPost.PUPILS),
        tuple(replace(note, was=True) for _, note in before),
    )


def wins(board: Board, weeks: int = 12) -> list[tuple[date, list[Note]]]:
    """The wins of the last weeks, newest week first, each as they may be seen today; weeks without any are left out."""
    since = week_of(board, today()) - (weeks - 1) * WEEK
    rows = board.posts.filter(state=BoardPost.SHOWN, win_of__gte=since)
    found: dict[date, list[Note]] = defaultdict(list)
    for post, note in _notes(list(rows.select_related("author").prefetch_related("names__pupil"))):
        if post.win_of is not None:
            found[post.win_of].append(note)
    return sorted(found.items(), reverse=True)


def _went_up(post: BoardPost) -> date:
    return post.shown_on or date.min


def _notes(posts: list[BoardPost]) -> list[tuple[BoardPost, Note]]:
    """Posts that may be seen, each with what is seen of it."""
    off = left_off()
    left = {person.pk for person in off}
    return [(post, _note(post, left)) for post in posts if not must_hide(post, off)]


def must_hide(post: BoardPost, off: Collection[Person]) -> bool:
    """Whether a post names somebody who is left off (chosen, or in its words), or a pupil who is no longer here."""
    return names_off(post.words, [name.pupil for name in post.names.all()], off)


def names_off(words: str, whom: Collection[Person], off: Collection[Person]) -> bool:
    """The same of words for some pupils. A name in the words counts as meant for a chosen pupil of that first name,
    where there is one.
    """
    left = {person.pk for person in off}
    if any(pupil.pk in left or not is_here(pupil) for pupil in whom):
        return True
    others = [person for person in off if not any(same_first_name(person, pupil) for pupil in whom)]
    return bool(names_in(words, others, family=True))


def is_here(person: Person) -> bool:
    """At the school today."""
    return not person.is_leaver and (person.joined_on is None or person.joined_on <= today())


def _note(post: BoardPost, left: Collection[int]) -> Note:
    whom = tuple(name.pupil.first_name for name in post.names.all())
    return Note(post.pk, post.side, whom, post.words, _by(post, left), post.win_of is not None)


def _by(post: BoardPost, left: Collection[int]) -> str:
    """A pupil by first name, an adult as they are called; nobody's name where they left or are left off."""
    author = post.author
    if author is None or author.pk in left or not is_here(author):
        return str(SOMEBODY)
    return author.first_name if author.kind == Person.PUPIL else author.display_name


def left_off() -> list[Person]:
    """Everybody who is left off boards today."""
    rows = LeftOff.objects.current().order_by("pupil_id")
    return list(Person.objects.filter(pk__in=rows.values("pupil")))


def pupils_of_board(board: Board) -> QuerySet[Person]:
    """The pupils a board is for: those of its class, or of its years."""
    if board.group is not None:
        return members(board.group)
    here = pupils_on_roll()
    return here.filter(year__in=board.years) if board.years else here


def nameable_by(user: User, board: Board) -> QuerySet[Person]:
    """Pupils of the board whom this adult may name: those they may see."""
    return pupils_of_board(board).filter(pk__in=visible_pupils(user).order_by().values("pk"))


def nameable_by_pupil(pupil: Person, board: Board) -> QuerySet[Person]:
    """Others whom a pupil may name: the board's class; on a place's board, those of the pupil's own tutor group.

    Whoever is left off stands in the list like everybody else: their absence would tell.
    """
    found = pupils_of_board(board).exclude(pk=pupil.pk)
    if board.group_id is not None:
        return found
    inside = Membership.objects.current().filter(part=Membership.MEMBER, group__kind="tutor_group")
    mine = inside.filter(person=pupil).values("group")
    return found.filter(pk__in=inside.filter(group__in=mine).values("person"))


def posted_since(pupils: Iterable[Person] | Iterable[int] | None, since: date) -> set[int]:
    """Those of `pupils` (people or ids; None: all) whose own words went up on a board since a day: a voice heard."""
    rows = BoardPost.objects.filter(side=BoardPost.PUPILS, state=BoardPost.SHOWN, shown_on__gte=since)
    mine = rows.filter(among("author", pupils)).order_by()
    return set(mine.values_list("author_id", flat=True).distinct())


def named_since(pupils: Iterable[Person] | Iterable[int], since: date) -> set[int]:
    """Those of `pupils` (people or ids) for whom a post went up on any board since a day. Never how often."""
    rows = BoardName.objects.filter(post__state=BoardPost.SHOWN, post__shown_on__gte=since)
    return set(rows.filter(pupil__in=pupils).order_by().values_list("pupil_id", flat=True).distinct())


@dataclass(frozen=True)
class Unnamed:
    """Pupils of a class for whom nobody has written yet, for the adult of the class alone; by name, never by number.

    `week`: named this half-term, though not this week. `half_term`: not this half-term either.
    """

    week: list[Person]
    half_term: list[Person]
    since: date


def unnamed(board: Board) -> Unnamed:
    """Who of the board's class has not been named this week, and this half-term. Nobody looks for who is left off."""
    assert board.group is not None
    off = {person.pk for person in left_off()}
    pupils = [pupil for pupil in members(board.group).order_by("given_name", "pk") if pupil.pk not in off]
    since = half_term_start(board.school, today())
    ids = [pupil.pk for pupil in pupils]
    this_week = named_since(ids, week_of(board, today()))
    this_half = named_since(ids, since)
    waiting = [pupil for pupil in pupils if pupil.pk not in this_week]
    return Unnamed(
        [pupil for pupil in waiting if pupil.pk in this_half],
        [pupil for pupil in waiting if pupil.pk not in this_half],
        since,
    )


def waiting_posts(posts: QuerySet[BoardPost]) -> QuerySet[BoardPost]:
    """Posts that wait for an adult, the oldest first."""
    found = posts.filter(state=BoardPost.WAITING).select_related("author", "sent_by", "board__group")
    return found.prefetch_related("names__pupil").order_by("written_at", "pk")


def chosen_posts(board: Board) -> QuerySet[BoardPost]:
    """What stands on a board this week or waits to, with everything an adult who keeps it may do to it."""
    week = week_of(board, today())
    recent = Q(
        state__in=[BoardPost.SHOWN, BoardPost.TAKEN_DOWN], shown_on__gte=week, shown_on__lt=week + WEEK
    )
    return board.posts.filter(recent).select_related("author", "decided_by").prefetch_related("names__pupil")


def my_posts(pupil: Person) -> QuerySet[BoardPost]:
    """A pupil's own newest posts, with what became of them."""
    return (
        BoardPost.objects.filter(author=pupil, side=BoardPost.PUPILS)
        .select_related("board")
        .order_by("-pk")[:8]
    )


def for_me(pupil: Person) -> list[Note]:
    """The newest posts for this pupil that may be seen; nothing while they are left off."""
    rows = BoardPost.objects.filter(names__pupil=pupil, state=BoardPost.SHOWN).select_related("author")
    found = list(rows.prefetch_related("names__pupil").order_by("-shown_on", "-pk")[:12])
    return [note for _, note in _notes(found)]
