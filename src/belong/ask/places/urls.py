"""Addresses: where pupils feel they belong, on the school’s own plan."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.places.views import askings, plans, pupil
from belong.web.languages import addressed

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/places/", askings.places, name="places"),
    path("ask/places/new/", askings.new, name="new-places"),
    path("ask/places/<int:asking_id>/", askings.asking, name="place-asking"),
    path("ask/places/<int:asking_id>/open/", askings.open_, name="open-places"),
    path("ask/places/<int:asking_id>/close/", askings.close, name="close-places"),
    path("ask/places/<int:asking_id>/discard/", askings.discard, name="discard-places"),
    path("ask/places/<int:asking_id>/class/<int:group_id>/", askings.session, name="place-session"),
    path("ask/places/<int:asking_id>/words/", askings.words, name="place-words"),
    path("ask/places/plans/new/", plans.new, name="new-place-plan"),
    path("ask/places/plans/<int:plan_id>/", plans.plan, name="place-plan"),
    path("ask/places/plans/<int:plan_id>/change/", plans.change, name="change-place-plan"),
    path("ask/places/plans/<int:plan_id>/<int:area_id>/", plans.area, name="place-area"),
    path("ask/places/plans/<int:plan_id>/<int:area_id>/remove/", plans.remove, name="remove-place-area"),
    path("ask/places/plan/<str:key>/", pupil.picture, name="place-picture"),
    path("places/<int:asking_id>/", pupil.begin, name="begin-places"),
    path(addressed("a/places/"), pupil.answer, name="place-answer"),
    path(addressed("a/places/done/<slug:band>/"), pupil.done, name="place-done"),
]
