"""Addresses of the guard room."""

from django.urls import path

from belong.guard import views

app_name = "guard"
urlpatterns = [
    path("trail/", views.trail, name="trail"),
    path("trail/entries.csv", views.trail_csv, name="trail-csv"),
    path("trail/pupil/", views.find_pupil, name="find-pupil"),
    path("trail/pupil/<int:pupil_id>/", views.about_pupil, name="about-pupil"),
    path("trail/pupil/<int:pupil_id>/entries.csv", views.about_pupil_csv, name="about-pupil-csv"),
]
