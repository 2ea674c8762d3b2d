"""Addresses of a pupil's own page and of a family's."""

from django.urls import path

from belong.notice.own_page import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("family/", views.family, name="family"),
    path("family/<int:pupil_id>/", views.child, name="child"),
]
