"""Addresses: moments in depth: notes home, observations, circle-backs owed, fair share."""

from django.urls import path

from belong.notice.noting.views import circle_backs, home, observations, share

urlpatterns = [
    path("circle-backs/", circle_backs.circle_back_queue, name="circle-backs"),
    path("circle-backs/<int:promise_id>/done/", circle_backs.done, name="circle-back-done"),
    path("circle-backs/<int:promise_id>/again/", circle_backs.reopen, name="reopen-circle-back"),
    path("circle-backs/<int:promise_id>/later/", circle_backs.later, name="circle-back-later"),
    path("circle-backs/<int:promise_id>/undo/", circle_backs.undo, name="undo-circle-back"),
    path("pupils/<int:pupil_id>/circle-back/", circle_backs.owe, name="owe-circle-back"),
    path("fair-share/", share.my_fair_share, name="fair-share"),
    path("observations/", observations.observation_list, name="observations"),
    path("observations/<int:moment_id>/seen/", observations.seen, name="seen"),
    path("observations/<int:moment_id>/unseen/", observations.unseen, name="unseen"),
    path("own-usual/", observations.own_usual, name="own-usual"),
    path("own-usual/<int:prompt_id>/", observations.prompt, name="prompt"),
    path("own-usual/<int:prompt_id>/looked/", observations.looked, name="looked"),
    path("pupils/<int:pupil_id>/note-home/", home.write, name="write-home"),
    path("notes-home/", home.mine, name="notes-home"),
    path("notes-home/<int:note_id>/", home.note_home, name="note-home"),
    path("notes-home/<int:note_id>/send/", home.send, name="send-home"),
    path("notes-home/<int:note_id>/paper/", home.paper, name="paper-home"),
    path("notes-home/<int:note_id>/printed/", home.printed, name="printed-home"),
    path("notes-home/<int:note_id>/letters/<int:letter_id>/back/", home.came_back, name="came-back"),
]
