"""Addresses: whom pupils like to be with."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.friends import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/friends/", views.friends, name="friends"),
    path("ask/friends/left-out/", views.left_out, name="left-out-of-friends"),
    path("ask/friends/left-out/new/<int:pupil_id>/", views.leave_out, name="leave-out-of-friends"),
    path("ask/friends/left-out/<int:left_id>/end/", views.end_left_out, name="end-left-out"),
    path("ask/friends/<int:wave_id>/", views.looking, name="friends-of"),
    path("ask/friends/<int:wave_id>/families/", views.families, name="friends-families"),
    path("ask/friends/<int:wave_id>/letter/", views.letter, name="friends-letter"),
]
