"""Addresses: hype and gratitude boards for a class or a corridor."""

from django.urls import path

from belong.notice.boards.views import boards, leaving_off, posts, pupils, showing

urlpatterns = [
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.new_board, name="new-board"),
    path("boards/<int:board_id>/", boards.board, name="board"),
    path("boards/<int:board_id>/settings/", boards.settings, name="board-settings"),
    path("boards/<int:board_id>/close/", boards.close, name="board-close"),
    path("boards/<int:board_id>/link/", boards.link, name="board-link"),
    path("boards/<int:board_id>/write/", posts.write, name="board-write"),
    path("boards/<int:board_id>/reading/", posts.reading, name="board-reading"),
    path("boards/<int:board_id>/show/", showing.show, name="board-show"),
    path("boards/<int:board_id>/paper/", showing.paper, name="board-paper"),
    path("boards/<int:board_id>/hand-round/", pupils.hand_round, name="board-hand-round"),
    path("boards/<int:board_id>/end-turns/", pupils.end_turns, name="board-end-turns"),
    path("boards/posts/<int:post_id>/up/", posts.put_up, name="board-up"),
    path("boards/posts/<int:post_id>/decline/", posts.decline, name="board-decline"),
    path("boards/posts/<int:post_id>/down/", posts.take_down, name="board-down"),
    path("boards/posts/<int:post_id>/win/", posts.win, name="board-win"),
    path("boards/posts/<int:post_id>/undo/", posts.undo, name="board-undo"),
    path("pupils/<int:pupil_id>/boards/", leaving_off.left_off, name="left-off"),
    path("my-boards/<int:board_id>/", pupils.my_board, name="my-board"),
    path("wall/<str:link>/", showing.wall, name="board-wall"),
    path("our-turn/", pupils.our_turn, name="our-turn"),
    path("our-turn/<int:person_id>/", pupils.our_turn_write, name="our-turn-write"),
]
