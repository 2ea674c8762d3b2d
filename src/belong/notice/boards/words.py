"""The sentences of the boards, in one place so that they stay plain and alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from belong.content import read
from belong.notice.models import Board, BoardPost
from belong.web.lists import all_of

ABOUT = {
    Board.HYPE: "What is good about people here, said out loud.",
    Board.GRATITUDE: "Thank you, said out loud.",
}
ICONS = {Board.HYPE: "star", Board.GRATITUDE: "heart"}
TITLES = {Board.HYPE: "Hype board", Board.GRATITUDE: "Thank-you board"}
YOUNG = {"N1", "N2", "R", "1", "2", "3", "4", "5", "6"}
SENT = gettext_lazy("Thank you. Your teacher will look at this one.")


@dataclass(frozen=True)
class Stem:
    """How a post may begin."""

    id: str
    text: str


def stems(board: Board, *, young: bool = False) -> list[Stem]:
    """The beginnings that fit a board; `young` for pupils up to Year 6."""
    which = "young" if young else "text"
    return [Stem(one["id"], _(one[which]["en"])) for one in read("boards/stems")[board.kind]]


def whole(board: Board, stem: str, words: str, *, young: bool = False) -> str:
    """A stem and the words after it as one sentence; words that begin with the stem are left as they are."""
    words = " ".join(words.split())
    begin = next((one.text for one in stems(board, young=young) if one.id == stem), "")
    if not begin or not words or words.casefold().startswith(begin.casefold()):
        return words
    return f"{begin} {words}"


def answers() -> list[Stem]:
    """What a moderator can write back, kindly, in one tap."""
    return [Stem(one["id"], one["text"]["en"]) for one in read("boards/answers")["answers"]]


def is_young(year: str) -> bool:
    return year in YOUNG


def names(firsts: list[str] | tuple[str, ...]) -> str:
    """`["Amina", "Ben", "Cerys"]` → `"Amina, Ben and Cerys"`; nobody → `"everyone"`."""
    return all_of(firsts) if firsts else _("everyone")


def written(post: BoardPost) -> str:
    """What the corner says after an adult wrote."""
    if post.state == BoardPost.SHOWN:
        return f"It is up on {post.board.title}."
    return "Kept, and not up yet: because of its words, another adult reads it first."


def became(post: BoardPost) -> str:
    """What a pupil is told of their own post."""
    return {
        BoardPost.WAITING: _("Your teacher will look at this one."),
        BoardPost.SHOWN: _("It is on the board."),
        BoardPost.DECLINED: post.answer or _("Thank you for writing. This one did not go up."),
        BoardPost.TAKEN_DOWN: _("It was on the board."),
    }[post.state]
