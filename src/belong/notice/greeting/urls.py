"""Addresses: greeting well: how to say a name, who is back, what colleagues talk up."""

from django.urls import path

from belong.notice.greeting.views import door, lines, names

urlpatterns = [
    path("greet/", door.mine, name="door-mine"),
    path("group/<int:group_id>/greet/", door.door, name="door"),
    path("pupils/<int:pupil_id>/greet/", door.greet, name="greet"),
    path("pupils/<int:pupil_id>/greet/undo/<uuid:submission>/", door.undo_greet, name="undo-greet"),
    path("pupils/<int:pupil_id>/back/", door.back_today, name="back-today"),
    path("pupils/<int:pupil_id>/back/undo/", door.undo_back_today, name="undo-back-today"),
    path("pupils/<int:pupil_id>/talk-up/", lines.talk_up, name="talk-up"),
    path("talk-up/<int:line_id>/undo/", lines.undo_talk_up, name="undo-talk-up"),
    path("pupils/<int:pupil_id>/name/", names.own_name, name="own-name"),
    path("pupils/<int:pupil_id>/name/sound/", names.sound, name="name-sound"),
    path("pupils/<int:pupil_id>/name/sound/delete/", names.delete_sound, name="delete-sound"),
    path("notice/greeting/", lines.settings, name="greeting-settings"),
]
