"""Addresses of the look: the living style page and the three worked screens."""

from django.urls import path

from belong.web import views

app_name = "web"
urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("group/", views.worked_group, name="worked-group"),
    path("overview/", views.worked_overview, name="worked-overview"),
    path("pupil/", views.worked_pupil, name="worked-pupil"),
]
