"""Addresses: short check-ins between waves."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.checkins import pupils, views
from belong.web.languages import addressed

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/check-ins/", views.check_ins, name="check-ins"),
    path("ask/check-ins/new/", views.new, name="new-check-in"),
    path("ask/check-ins/<int:check_in_id>/", views.check_in, name="check-in"),
    path("ask/check-ins/<int:check_in_id>/stop/", views.stop, name="stop-check-in"),
    path("ask/check-ins/<int:check_in_id>/rounds/<int:wave_id>/read/", views.read, name="check-in-read"),
    path("ask/check-ins/<int:check_in_id>/class/<int:group_id>/", views.session, name="check-in-session"),
    path("check-in/<int:wave_id>/", pupils.begin, name="begin-check-in"),
    path("my-answers/", pupils.my_answers, name="my-answers"),
    path("my-answers/<int:wave_id>/take-out/", pupils.take_out, name="take-out"),
    path("my-answers/<int:wave_id>/take-back/<slug:item_id>/", pupils.take_back, name="take-back"),
    path(addressed("a/check-in/"), pupils.answer, name="checkin-answer"),
]
