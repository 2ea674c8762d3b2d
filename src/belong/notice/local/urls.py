"""Addresses: what adults know about the place the school is in."""

from django.urls import path

from belong.notice.local import views

urlpatterns = [
    path("local/", views.local, name="local"),
    path("local/new/", views.new, name="local-new"),
    path("local/welcome/", views.welcome, name="local-welcome"),
    path("local/<int:local_id>/", views.page, name="local-page"),
    path("local/<int:local_id>/edit/", views.edit, name="local-edit"),
    path("local/<int:local_id>/photo/", views.photo, name="local-photo"),
    path("local/<int:local_id>/photo/remove/", views.remove_photo, name="local-remove-photo"),
    path("local/<int:local_id>/undo/", views.undo, name="local-undo"),
    path("local/<int:local_id>/retire/", views.retire, name="local-retire"),
    path("local/<int:local_id>/back/", views.back, name="local-back"),
]
