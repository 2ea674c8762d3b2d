"""Writing on a board: adults at once, pupils after somebody has read it, and everything exactly once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.guard.models import Concern
from belong.notice.boards import actions, queries, setting
from belong.notice.models import BoardPost
from belong.people.models import Membership, Person


def words_up(board) -> list[str]:
    return [note.words for note in queries.showing(board).notes]


def send(client, url: str, **data):
    return client.post(url, {"submission": str(uuid4()), "stem": "", **data}, follow=True)


def test_an_adult_writes_in_two_taps_and_it_is_up_with_first_names(cast, board, client_as):
    amina, ben = cast.pupils[:2]
    client, url = client_as(cast.tutor), reverse("notice:board-write", args=[board.pk])
    page = client.get(f"{url}?for={ben.pk}").content.decode()
    assert f'value="{ben.pk}" checked' in page
    answer = send(client, url, pupils=[amina.pk, ben.pk], stem="thank-you", words="carrying the chairs.")
    assert "It is up on 8H says thank you." in answer.content.decode()
    (note,) = queries.showing(board).adults
    assert (note.whom_said, note.words, note.by) == (
        "Amina and Ben",
        "Thank you for carrying the chairs.",
        "Mx Tutor",
    )
    shown = client.get(reverse("notice:board-show", args=[board.pk])).content.decode()
    assert "For Amina and Ben" in shown
    assert "Carter" not in shown
    assert "Yusuf" not in shown


def test_undo_takes_it_back_and_a_late_resend_does_not_bring_it(cast, board, client_as):
    client, url = client_as(cast.tutor), reverse("notice:board-write", args=[board.pk])
    sent = {"submission": str(uuid4()), "stem": "", "words": "Thank you all.", "pupils": [cast.pupils[0].pk]}
    for _ in range(2):
        client.post(url, sent)
    post = BoardPost.objects.get()
    client.post(reverse("notice:board-undo", args=[post.pk]))
    late = client.post(url, sent)
    assert (late.status_code, BoardPost.objects.count()) == (422, 0)
    assert "You took this one back" in late.content.decode()
    assert "Thank you all." in late.content.decode(), "nothing that was typed is lost"


def test_a_colleague_cannot_undo_it_and_after_ten_minutes_nobody_can(cast, board, client_as):
    post = actions.write(cast.tutor, board, words="Thank you all.")
    url = reverse("notice:board-undo", args=[post.pk])
    assert client_as(cast.head).post(url).status_code == 404
    with frozen(now() + timedelta(minutes=11)), pytest.raises(Refused, match="more than ten minutes"):
        actions.undo_post(cast.tutor, BoardPost.objects.get())
    assert words_up(board) == ["Thank you all."]


def test_an_adults_marked_words_wait_for_another_adult(cast, board, client_as):
    url = reverse("notice:board-write", args=[board.pk])
    answer = send(client_as(cast.tutor), url, words="Thank you for not being such an idiot today")
    assert "another adult reads it first" in answer.content.decode()
    post = BoardPost.objects.get()
    assert words_up(board) == []
    up = reverse("notice:board-up", args=[post.pk])
    client_as(cast.tutor).post(up)
    assert words_up(board) == [], "not by whoever wrote it"
    client_as(cast.pastoral).post(up)
    assert len(words_up(board)) == 1
    assert not Concern.objects.filter(kind=Concern.WORDS).exists(), "a colleague's words are no pupil's"


@pytest.mark.parametrize("words", ["", "  \x00 ", "x" * 241])
def test_no_words_or_too_many_are_told_and_kept_on_the_page(cast, board, client_as, words):
    url = reverse("notice:board-write", args=[board.pk])
    answer = send(client_as(cast.tutor), url, words=words)
    assert (answer.status_code, BoardPost.objects.count()) == (422, 0)


def test_nobody_writes_for_pupils_who_are_not_theirs_or_on_a_closed_board(cast, board, corridor):
    with pytest.raises(Refused, match="not on this board"):
        actions.write(cast.tutor, board, pupils=[cast.other_pupils[0]], words="Thank you so much")
    with pytest.raises(Refused, match="not on this board"):
        actions.write(cast.other_tutor, corridor, pupils=[cast.pupils[0]], words="Thank you so much")
    setting.close_board(cast.tutor, board)
    with pytest.raises(Refused, match="closed"):
        actions.write(cast.tutor, board, words="Thank you so much")


def test_a_pupil_writes_once_and_it_waits(cast, board, client_as):
    amina, ben = cast.pupils[:2]
    client, url = client_as(cast.pupil), reverse("notice:my-board", args=[board.pk])
    sent = {"submission": str(uuid4()), "stem": "helped-when", "words": "I was lost", "pupils": [ben.pk]}
    answer = client.post(url, sent, follow=True)
    client.post(url, sent)
    assert answer.content.decode().count("Your teacher will look at this one.") == 2, (
        "said, and beside the post"
    )
    post = BoardPost.objects.get()
    assert (post.author, post.state, post.words) == (amina, "waiting", "It helped me when you I was lost")
    assert words_up(board) == []
    reading = client_as(cast.tutor).get(reverse("notice:board-reading", args=[board.pk])).content.decode()
    assert "Amina Yusuf" in reading
    assert "For Ben Carter" in reading.replace("\n", " ")
    client_as(cast.tutor).post(reverse("notice:board-up", args=[post.pk]))
    assert words_up(board) == ["It helped me when you I was lost"]
    assert "It is on the board." in client.get(url).content.decode()
    assert queries.posted_since([amina, ben], today()) == {amina.pk}
    assert queries.named_since([amina.pk, ben.pk], today()) == {ben.pk}


def test_a_pupil_of_another_class_and_of_another_year_finds_no_board(cast, board, corridor, client_as):
    client = client_as(cast.pupil)
    assert client.get(reverse("notice:my-board", args=[corridor.pk])).status_code == 200
    Membership.objects.filter(person=cast.pupils[0]).delete()
    Person.objects.filter(pk=cast.pupils[0].pk).update(year="9")
    for one in (board, corridor):
        assert client.get(reverse("notice:my-board", args=[one.pk])).status_code == 404


def test_where_only_adults_write_a_pupil_is_told_kindly(cast, board, client_as):
    setting.change_board(cast.tutor, board, pupils_post=False)
    client, url = client_as(cast.pupil), reverse("notice:my-board", args=[board.pk])
    assert "Adults write on this board." in client.get(url).content.decode()
    assert send(client, url, words="Thank you Ben").status_code == 422
    assert not BoardPost.objects.exists()


def test_five_wait_and_the_sixth_is_asked_to(cast, pupil_writes):
    for n in range(5):
        pupil_writes(cast.pupils[0], f"Thank you {n} times")
    with pytest.raises(Refused, match="to read first"):
        pupil_writes(cast.pupils[0], "And once more")


def test_a_marked_post_waits_like_any_other_and_goes_to_the_safeguarding_lead(cast, board, client_as):
    client, url = client_as(cast.pupil), reverse("notice:my-board", args=[board.pk])
    told = send(client, url, words="Thank you Ben, without you I would want to die").content.decode()
    assert "Your teacher will look at this one." in told
    post, concern = BoardPost.objects.get(), Concern.objects.get(kind=Concern.WORDS)
    assert (post.marked, post.state) == (True, "waiting")
    assert (concern.person, concern.source) == (cast.pupils[0], f"notice.boardpost:{post.pk}")
    assert words_up(board) == []
    page = client_as(cast.tutor).get(reverse("notice:board-reading", args=[board.pk])).content.decode()
    assert "Please read it twice." in page
    assert "speaks of wanting to die" in page
    assert "Other names in the words:" in page
    assert "Ben Carter" in page


def test_a_post_about_an_adult_is_kept_from_that_adult(cast, board, pupil_writes):
    Person.objects.filter(pk=cast.dsl.person.pk).update(family_name="Fletcher")
    post = pupil_writes(cast.pupils[0], "Mx Fletcher hits me and I want to die")
    from belong.notice.boards.access import readable_posts

    assert not readable_posts(cast.dsl).filter(pk=post.pk).exists()
    assert readable_posts(cast.head).filter(pk=post.pk).exists()


def test_unkind_words_are_marked_and_a_kind_answer_goes_back(cast, board, pupil_writes, client_as):
    post = pupil_writes(cast.pupils[0], "Thanks for nothing, loser", to=[cast.pupils[1]])
    assert post.marked
    client = client_as(cast.tutor)
    client.post(reverse("notice:board-decline", args=[post.pk]), {"answer": "another-way"})
    own = client_as(cast.pupil).get(reverse("notice:my-board", args=[board.pk])).content.decode()
    assert "Can you say it another way" in own
    assert words_up(board) == []
    assert client.post(reverse("notice:board-decline", args=[post.pk]), {"own": "x"}).status_code in (
        302,
        409,
    )
    assert BoardPost.objects.get().answer.startswith("Thank you for writing.")


def test_a_teacher_writes_down_what_a_pupil_said(cast, board, client_as):
    amina, ben = cast.pupils[:2]
    url = reverse("notice:board-write", args=[board.pk])
    send(client_as(cast.tutor), url, pupils=[ben.pk], words="Thank you for the pencil", whose=amina.pk)
    (note,) = queries.showing(board).pupils
    assert (note.by, note.whom) == ("Amina", ("Ben",))
    send(client_as(cast.tutor), url, words="You are so ugly Ben", whose=amina.pk)
    assert len(queries.showing(board).pupils) == 1, "marked words wait, whoever typed them"
    assert BoardPost.objects.filter(state="waiting", author=amina, sent_by=cast.tutor.person).exists()


def test_taking_down_keeps_it_for_the_record(cast, board, client_as):
    post = actions.write(cast.tutor, board, words="Thank you all.")
    actions.choose_win(cast.tutor, post)
    client = client_as(cast.pastoral)
    client.post(reverse("notice:board-down", args=[post.pk]))
    post.refresh_from_db()
    assert (words_up(board), post.state, post.win_of) == ([], "taken down", None)
    client.post(reverse("notice:board-up", args=[post.pk]))
    assert words_up(board) == ["Thank you all."]


def test_words_are_sealed_in_the_database(cast, board, pupil_writes):
    from django.db import connection

    pupil_writes(cast.pupils[0], "Thank you for the canary")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM notice_boardpost")
        assert all(words.startswith("e1:") for (words,) in cursor.fetchall())
