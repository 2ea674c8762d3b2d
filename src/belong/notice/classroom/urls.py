"""Addresses: conversation starters and this-or-that on the classroom screen."""

from django.urls import path

from belong.notice.classroom import views

urlpatterns = [
    path("classroom/", views.classroom, name="classroom"),
    path("classroom/starters/<slug:deck>/", views.starters, name="starters"),
    path("classroom/this-or-that/", views.this_or_that, name="this-or-that"),
]
