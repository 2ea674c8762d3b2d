"""Addresses: change against a child’s own usual in check-ins."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.usual import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/own-usual/", views.usual, name="usual"),
    path("ask/own-usual/<int:note_id>/", views.note, name="usual-note"),
    path("ask/own-usual/<int:note_id>/looked/", views.looked, name="usual-looked"),
]
