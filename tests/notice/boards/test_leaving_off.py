"""A pupil who is left off stands on no display and no paper, at once, and nobody learns why."""

import pytest
from django.urls import reverse

from belong.base.errors import Refused
from belong.notice.boards import actions, queries, setting
from belong.notice.boards.names import names_in
from belong.notice.models import BoardPost, LeftOff
from belong.people.models import Person


def everywhere(client, board) -> str:
    """Every page on which a board is shown, for who may see them all, and the corridor."""
    pages = [reverse(f"notice:board-{word}", args=[board.pk]) for word in ("show", "paper")]
    pages.append(reverse("notice:board-wall", args=[board.link]))
    return "".join(client.get(page).content.decode() for page in pages)


def test_what_stands_there_is_hidden_at_once_and_comes_back(cast, board, pupil_writes, client_as):
    amina, ben, cerys = cast.pupils[:3]
    setting.give_link(cast.tutor, board)
    actions.write(cast.tutor, board, pupils=[amina], words="Thank you for the first one")
    actions.write(cast.tutor, board, pupils=[ben, amina], words="Thank you for the second one")
    actions.write(cast.tutor, board, pupils=[ben], words="Thank you for helping aminas team, Amina's too")
    actions.write(cast.tutor, board, words="Thank you, Yusuf, for the fourth one")
    mine = pupil_writes(amina, "Thank you for the fifth one", to=[cerys])
    actions.put_up(cast.tutor, mine)
    client = client_as(cast.tutor)
    for word in ("first", "second", "team", "fourth"):
        assert word in everywhere(client, board), "there is something to hide"

    client.post(reverse("notice:left-off", args=[amina.pk]), {"why": "family", "note": "moved here"})
    shown = everywhere(client, board)
    for word in ("first", "second", "team", "fourth", "Amina", "Yusuf"):
        assert word not in shown
    assert "fifth" in shown, "their own words for somebody else stay, from nobody"
    assert queries.showing(board).pupils[0].by == "somebody"
    assert "These name somebody who is not named on boards" in client.get(board_url(board)).content.decode()
    assert queries.for_me(amina) == []

    client.post(reverse("notice:left-off", args=[amina.pk]), {"end": "1"})
    assert "For Amina" in everywhere(client, board)
    assert LeftOff.objects.get().until is not None


def board_url(board) -> str:
    return reverse("notice:board", args=[board.pk])


def test_a_pupil_hears_the_same_words_whoever_they_name(cast, board, client_as):
    setting.leave_off(cast.tutor, cast.pupils[1], why="safety")
    client, url = client_as(cast.pupil), reverse("notice:my-board", args=[board.pk])
    page = client.get(url).content.decode()
    assert f'value="{cast.pupils[1].pk}"' in page, "an absent name would tell"
    answers = []
    for pupil in cast.pupils[1:3]:
        sent = {"submission": f"00000000-0000-4000-8000-00000000000{pupil.pk % 10}", "pupils": [pupil.pk]}
        told = client.post(url, {**sent, "words": "Thank you for the ball", "stem": ""}, follow=True)
        answers.append(told.content.decode().partition("<form")[0])
    assert answers[0] == answers[1]
    assert "Your teacher will look at this one." in answers[0]
    off = BoardPost.objects.get(names__pupil=cast.pupils[1])
    reading = client_as(cast.tutor).get(reverse("notice:board-reading", args=[board.pk])).content.decode()
    assert "so it cannot go up" in reading
    with pytest.raises(Refused, match="not named on boards"):
        actions.put_up(cast.tutor, off)


def test_an_adult_is_told_at_once_and_never_why(cast, board, client_as):
    ben = cast.pupils[1]
    setting.leave_off(cast.pastoral, ben, why="safety", note="an uncle is looking for them")
    with pytest.raises(Refused) as told:
        actions.write(cast.tutor, board, pupils=[ben], words="Thank you for the ball")
    assert told.value.reason == (
        "Ben is not named on boards. Your words were not put up; you can say it to them."
    )
    with pytest.raises(Refused, match="somebody who is not named"):
        actions.write(cast.tutor, board, words="Thank you ben for the ball")
    page = client_as(cast.tutor).get(reverse("notice:left-off", args=[ben.pk])).content.decode()
    assert "named on no board" in page
    assert "uncle" not in page
    assert "keep them safe" not in page
    assert "uncle" in client_as(cast.senco).get(reverse("notice:left-off", args=[ben.pk])).content.decode()
    with pytest.raises(Refused, match="Ask the pastoral lead"):
        setting.end_leaving_off(cast.tutor, ben)
    setting.end_leaving_off(cast.senco, ben)
    actions.write(cast.tutor, board, pupils=[ben], words="Thank you for the ball")


def test_another_child_of_the_same_name_may_be_named(cast, board):
    other = cast.other_pupils[0]
    Person.objects.filter(pk=other.pk).update(given_name="Ben", family_name="Stone")
    other.refresh_from_db()
    setting.leave_off(cast.other_tutor, other, why="pupil")
    actions.write(cast.tutor, board, pupils=[cast.pupils[1]], words="Thank you Ben")
    assert len(queries.showing(board).adults) == 1
    with pytest.raises(Refused):
        actions.write(cast.tutor, board, words="Thank you Ben")


def test_whoever_left_the_school_is_named_no_more(cast, board, pupil_writes):
    from belong.base.clock import today

    ben = cast.pupils[1]
    actions.write(cast.tutor, board, pupils=[ben], words="Thank you for the ball")
    actions.put_up(cast.tutor, pupil_writes(ben, "Thank you for the bat"))
    Person.objects.filter(pk=ben.pk).update(left_on=today())
    assert [(note.words, note.by) for note in queries.showing(board).notes] == [
        ("Thank you for the bat", "somebody")
    ]


def test_twice_is_once(cast, in_school):
    rows = {setting.leave_off(cast.tutor, cast.pupils[0], why=why).pk for why in ("pupil", "family")}
    assert (len(rows), LeftOff.objects.get().why) == (1, "pupil")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("I will help", []),
        ("I like it that Will helped", ["Will"]),
        ("thanks ZOE’s mum", ["Zoë"]),
        ("Mary Jane is kind", ["Mary Jane"]),
        ("it was marie", ["Anne-Marie"]),
        ("mo!", ["Mohammed"]),
        ("Mrs Brownlow is kind", []),
        ("little brownlow", ["Zoë"]),
    ],
)
def test_names_are_found_as_children_write_them(words, found):
    people = [
        Person(given_name=given, family_name=family, preferred_name=called)
        for given, family, called in (
            ("Will", "Day", ""),
            ("Zoë", "Brownlow", ""),
            ("Mary Jane", "O’Neil", ""),
            ("Anne-Marie", "Fox", ""),
            ("Mohammed", "Ali", "Mo"),
        )
    ]
    assert [person.given_name for person in names_in(words, people, family=True)] == found
