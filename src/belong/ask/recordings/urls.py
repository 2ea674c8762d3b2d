"""Addresses: questions read aloud by a voice the school recorded."""

from django.urls import path

from belong.ask.recordings import views
from belong.web.languages import addressed

urlpatterns = [
    path("ask/recordings/", views.all_recordings, name="recordings"),
    path("ask/recordings/<int:recording_id>/", views.listen, name="recording"),
    path("ask/recordings/<int:recording_id>/delete/", views.delete, name="delete-recording"),
    path("ask/recordings/<slug:key>/<slug:language>/", views.script, name="recordings-of"),
    path("ask/recordings/<slug:key>/<slug:language>/<str:spoken>/", views.record, name="record"),
    path(addressed("a/sound/<str:mark>/<int:recording_id>/"), views.sound, name="sound"),
]
