"""The projector, the corridor, the paper; weeks and wins; who is missing; Today; a device for the class."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.today import items_for
from belong.notice.boards import actions, queries, setting
from belong.notice.boards.own import for_pupil
from belong.notice.models import Board, BoardPost, BoardTurn
from belong.people.models import Person

pytestmark = pytest.mark.alike

WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Europe/London"))
FRIDAY, MONDAY = WEDNESDAY + timedelta(days=2), WEDNESDAY + timedelta(days=5)


def browse(client, name: str, *args, **headers):
    return client.get(reverse(f"notice:{name}", args=args), headers=headers)


def test_a_corridor_needs_no_sign_in_and_shows_first_names_only(cast, board, client, client_as):
    client_as(cast.tutor).post(reverse("notice:board-link", args=[board.pk]))
    board.refresh_from_db()
    actions.write(cast.tutor, board, pupils=[cast.pupils[1]], words="Thank you for the ball")
    answer = browse(client, "board-wall", board.link)
    page = answer.content.decode()
    assert "For Ben" in page
    assert "Carter" not in page
    assert f"/boards/{board.pk}/" not in page, "no way further"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_a_new_link_ends_the_one_before_and_a_display_goes_blank(cast, board, client):
    first = setting.give_link(cast.tutor, board)
    second = setting.give_link(cast.tutor, board)
    assert len(first) >= 22
    assert browse(client, "board-wall", first).status_code == 404
    assert browse(client, "board-wall", second).status_code == 200
    setting.end_link(cast.tutor, board)
    assert browse(client, "board-wall", second).status_code == 404
    blank = browse(client, "board-wall", second, hx_request="true")
    assert (blank.status_code, "switched off" in blank.content.decode()) == (286, True)
    third = setting.give_link(cast.tutor, board)
    setting.close_board(cast.tutor, board)
    assert browse(client, "board-wall", third).status_code == 404


def test_a_display_is_told_of_news_and_else_left_as_it_stands(cast, board, client):
    link = setting.give_link(cast.tutor, board)
    url = reverse("notice:board-wall", args=[link])
    seen = queries.showing(board).stamp
    assert client.get(f"{url}?seen={seen}", headers={"hx-request": "true"}).status_code == 204
    post = actions.write(cast.tutor, board, words="Thank you all")
    news = client.get(f"{url}?seen={seen}", headers={"hx-request": "true"}).content.decode()
    assert news.strip().startswith('<div id="notes"')
    assert "Thank you all" in news
    actions.take_down(cast.tutor, post)
    assert "Thank you all" not in client.get(url, headers={"hx-request": "true"}).content.decode()


def test_this_week_is_this_week_and_wins_stay_into_the_next(cast, board, client_as):
    with frozen(WEDNESDAY):
        kept = actions.write(cast.tutor, board, words="Thank you for Wednesday")
        actions.write(cast.tutor, board, words="Thank you for nothing much else")
        actions.choose_win(cast.tutor, kept)
    with frozen(MONDAY):
        found = queries.showing(board)
        assert (found.notes, [note.words for note in found.wins_before]) == ((), ["Thank you for Wednesday"])
        assert "A win of last week" in browse(client_as(cast.tutor), "board-show", board.pk).content.decode()
        assert [(week.isoformat(), len(notes)) for week, notes in queries.wins(board)] == [("2026-03-02", 1)]
    with frozen(MONDAY + timedelta(days=7)):
        assert queries.showing(board).is_empty
        paper = client_as(cast.tutor).get(
            reverse("notice:board-paper", args=[board.pk]), {"week": "2026-03-04"}
        )
        assert "Thank you for Wednesday" in paper.content.decode()
        assert "Mon 2 March to Sun 8 March" in paper.content.decode()
        bad = client_as(cast.tutor).get(reverse("notice:board-paper", args=[board.pk]), {"week": "yes"})
        assert bad.status_code == 404


def test_a_week_may_begin_on_another_day(cast, board):
    with frozen(WEDNESDAY):
        actions.write(cast.tutor, board, words="Thank you for Wednesday")
    setting.change_board(cast.tutor, board, week_starts=3)
    with frozen(WEDNESDAY):
        assert len(queries.showing(board).notes) == 1
    with frozen(WEDNESDAY + timedelta(days=1)):
        assert queries.showing(board).notes == ()


def test_nobody_counts_on_the_display(cast, board, pupil_writes, client_as):
    for pupil in cast.pupils[:3]:
        actions.write(cast.tutor, board, pupils=[cast.pupils[0]], words=f"Thank you {pupil.pk * 7} times")
    shown = queries.showing(board)
    assert [note.whom for note in shown.adults] == [("Amina",)] * 3
    fields = set(shown.adults[0].__dataclass_fields__)
    assert fields == {"id", "side", "whom", "words", "by", "is_win", "was"}


def test_the_teacher_alone_sees_who_is_missing_and_never_a_number(cast, board, client_as):
    amina, ben = cast.pupils[:2]
    actions.write(cast.tutor, board, pupils=[amina], words="Thank you for the ball")
    setting.leave_off(cast.tutor, ben, why="pupil")
    page = browse(client_as(cast.tutor), "board", board.pk).content.decode()
    missing = page[page.index("Not named yet") : page.index("A screen in the corridor")]
    assert "Cerys" in missing
    assert "Amina" not in missing
    assert "Ben" not in missing, "nobody looks for who is left off"
    assert f"write/?for={cast.pupils[2].pk}" in missing
    assert AuditEntry.objects.filter(verb="notice.view_unnamed").count() == 1
    for user in (cast.head, cast.pastoral, cast.dsl):
        assert "Not named yet" not in browse(client_as(user), "board", board.pk).content.decode()


def test_named_earlier_in_the_half_term_is_another_list(cast, board):
    with frozen(WEDNESDAY):
        actions.write(cast.tutor, board, pupils=[cast.pupils[0]], words="Thank you for the ball")
    with frozen(MONDAY):
        found = queries.unnamed(board)
    assert [pupil.first_name for pupil in found.week] == ["Amina"]
    assert len(found.half_term) == len(cast.pupils) - 1


def kinds(user) -> list[tuple[str, str]]:
    return [(item.title, item.detail) for item in items_for(user) if item.kind == "board"]


def test_today_says_what_waits_and_on_friday_the_wins(cast, board, pupil_writes):
    with frozen(WEDNESDAY):
        pupil_writes(cast.pupils[0], "Thank you for the ball")
        assert kinds(cast.tutor) == [("8H says thank you", "A post waits to be read")]
        assert kinds(cast.head) == kinds(cast.other_tutor) == kinds(cast.pupil) == []
        actions.write(cast.tutor, board, words="Thank you all")
    with frozen(FRIDAY):
        assert ("8H says thank you", "Choose the wins of the week") in kinds(cast.tutor)
        assert kinds(cast.head) == [("8H says thank you", "A post waits to be read")], "after a day"
        for post in BoardPost.objects.filter(state="waiting"):
            actions.put_up(cast.tutor, post)
        actions.choose_win(cast.tutor, BoardPost.objects.first())
        assert kinds(cast.tutor) == []


def test_a_device_for_the_class_signs_the_teacher_out_and_can_do_one_thing(cast, board, client_as):
    teacher = client_as(cast.tutor)
    names = teacher.post(reverse("notice:board-hand-round", args=[board.pk]), follow=True)
    assert "Tap your name" in names.content.decode()
    assert "Yusuf" not in names.content.decode()
    assert browse(teacher, "board", board.pk).status_code == 302, "nobody is signed in here now"
    amina, ben = cast.pupils[:2]
    url = reverse("notice:our-turn-write", args=[amina.pk])
    page = teacher.get(url)
    sent = {
        "pass": page.context["turn_pass"],
        "submission": str(page.context["form"]["submission"].value()),
        "stem": "thank-you",
        "words": "the red pencil",
        "pupils": [ben.pk],
    }
    for _ in range(2):
        assert "Now pass it on" in teacher.post(url, sent, follow=True).content.decode()
    post = BoardPost.objects.get()
    assert (post.author, post.on_class_device, post.state) == (amina, True, "waiting")
    forged = teacher.post(reverse("notice:our-turn-write", args=[ben.pk]), sent)
    assert (forged.status_code, BoardPost.objects.count()) == (410, 1), "a pass is for one name"
    reading = browse(client_as(cast.tutor), "board-reading", board.pk).content.decode()
    assert "a name that was tapped" in reading

    client_as(cast.tutor).post(reverse("notice:board-end-turns", args=[board.pk]))
    assert teacher.get(reverse("notice:our-turn")).status_code == 410


def test_a_turn_ends_by_itself_and_with_its_board(cast, board, client):
    _, key = setting.hand_round(cast.tutor, board)
    client.cookies["belong_board"] = key
    assert client.get(reverse("notice:our-turn")).status_code == 200
    with frozen(now() + timedelta(minutes=41)):
        assert client.get(reverse("notice:our-turn")).status_code == 410
    setting.close_board(cast.tutor, board)
    assert client.get(reverse("notice:our-turn")).status_code == 410
    assert not BoardTurn.objects.get().is_live


def test_a_pupils_own_page_has_their_boards_and_what_was_written_for_them(
    cast, board, pupil_writes, client_as
):
    post = pupil_writes(cast.pupils[1], "Thank you for the ball", to=[cast.pupils[0]])
    assert for_pupil(cast.pupil, cast.pupils[0]).context["notes"] == []
    actions.put_up(cast.tutor, post)
    piece = for_pupil(cast.pupil, cast.pupils[0])
    assert [note.words for note in piece.context["notes"]] == ["Thank you for the ball"]
    assert piece.context["boards"] == [board]
    page = client_as(cast.pupil).get("/me/").content.decode()
    assert reverse("notice:my-board", args=[board.pk]) in page
    assert "Thank you for the ball" in page


def test_a_board_is_made_for_a_class_or_a_place_never_both(cast, in_school, client_as):
    client, url = client_as(cast.tutor), reverse("notice:new-board")
    for wrong in ({}, {"group": cast.tutor_group.pk, "place": "Hall"}, {"group": cast.other_group.pk}):
        assert client.post(url, {"kind": "hype", "title": "Ours", **wrong}).status_code == 422
    made = client.post(url, {"kind": "hype", "title": "Ours", "place": "Hall"}, follow=True)
    assert "Ours is open." in made.content.decode()
    assert Board.objects.get().keeper == cast.tutor.person


def test_who_keeps_it_and_which_years_can_be_changed(cast, corridor, client_as):
    url = reverse("notice:board-settings", args=[corridor.pk])
    assert client_as(cast.tutor).get(url).status_code == 404
    given = {"title": "Year 9", "keeper": cast.tutor.person.pk, "week_starts": "0", "years": ["9"]}
    client_as(cast.other_tutor).post(url, given)
    corridor.refresh_from_db()
    assert (corridor.title, corridor.keeper, corridor.years) == ("Year 9", cast.tutor.person, ["9"])
    assert not corridor.pupils_post
    assert client_as(cast.other_tutor).get(url).status_code == 404
    assert client_as(cast.tutor).get(url).status_code == 200


def test_pages_ask_the_database_the_same_however_much_there_is(cast, board, pupil_writes, client_as):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_as(cast.tutor), []
    for size in (1, 6):
        for n in range(size):
            actions.write(cast.tutor, board, pupils=cast.pupils[: n + 1], words=f"Thank you {n}")
            pupil_writes(cast.pupils[n], f"Thank you {n}", to=cast.pupils[-2:])
        count = []
        for name in ("board", "board-show", "board-paper", "board-reading", "board-write"):
            client.get(reverse(f"notice:{name}", args=[board.pk]))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(reverse(f"notice:{name}", args=[board.pk]))
            count.append(len(asked))
        counts.append(count)
    assert counts[0] == counts[1]


def test_a_pupil_who_left_and_a_wrong_reader_get_nothing(cast, board, client_as):
    Person.objects.filter(pk=cast.pupils[0].pk).update(left_on=today())
    assert browse(client_as(cast.pupil), "my-board", board.pk).status_code == 404
    with pytest.raises(Refused, match="device can be handed to a class"):
        setting.hand_round(cast.head, setting.make_board(cast.head, kind="hype", title="Hall", place="Hall"))
