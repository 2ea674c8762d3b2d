"""Addresses: ideas walls."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.walls.views import keeping, pupil, showing
from belong.web.languages import addressed

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/walls/", keeping.walls, name="walls"),
    path("ask/walls/new/", keeping.new, name="new-wall"),
    path("ask/walls/<int:wall_id>/", keeping.wall, name="wall"),
    path("ask/walls/<int:wall_id>/reading/", keeping.reading, name="wall-reading"),
    path("ask/walls/<int:wall_id>/close/", keeping.close, name="close-wall"),
    path("ask/walls/<int:wall_id>/class/<int:group_id>/", keeping.session, name="wall-session"),
    path("ask/walls/<int:wall_id>/show/", showing.show, name="wall-show"),
    path("ask/walls/<int:wall_id>/paper/", showing.paper, name="wall-paper"),
    path("ask/walls/posts/<int:post_id>/up/", keeping.up, name="wall-up"),
    path("ask/walls/posts/<int:post_id>/down/", keeping.down, name="wall-down"),
    path("ask/walls/posts/<int:post_id>/pass-on/", keeping.pass_on, name="wall-pass-on"),
    path("ask/walls/posts/<int:post_id>/picture/", showing.picture, name="wall-picture"),
    path("ask/walls/posts/<int:post_id>/sound/", showing.sound, name="wall-sound"),
    path("walls/<int:wall_id>/", pupil.begin, name="begin-wall"),
    path("walls/posts/<int:post_id>/take-back/", pupil.take_back, name="wall-take-back"),
    path(addressed("a/wall/"), pupil.answer, name="wall-answer"),
    path(addressed("a/wall/done/<slug:band>/"), pupil.done, name="wall-done"),
]
