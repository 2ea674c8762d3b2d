"""Addresses of the guard room."""

from django.urls import include, path

from belong.guard import views
from belong.guard.concerns import asked_views, rota_views
from belong.guard.concerns import views as concerns

app_name = "guard"
urlpatterns = [
    path("", include("belong.guard.rights.urls")),
    path("trail/", views.trail, name="trail"),
    path("trail/entries.csv", views.trail_csv, name="trail-csv"),
    path("trail/pupil/", views.find_pupil, name="find-pupil"),
    path("trail/pupil/<int:pupil_id>/", views.about_pupil, name="about-pupil"),
    path("trail/pupil/<int:pupil_id>/entries.csv", views.about_pupil_csv, name="about-pupil-csv"),
    path("asked/", asked_views.asked_list, name="asked-list"),
    path("asked/<str:reference>/", asked_views.asked, name="asked"),
    path("asked/<str:reference>/answer/", asked_views.answer, name="asked-answer"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<str:reference>/", concerns.concern, name="concern"),
    path("concerns/<str:reference>/act/", concerns.act, name="concern-act"),
    path("concerns/<str:reference>/export/", concerns.export, name="concern-export"),
    path("concerns/<str:reference>/copy/<int:place>/", concerns.copy, name="concern-copy"),
    path("concerns/<str:reference>/copy/<int:place>/record.json", concerns.copy_json, name="concern-json"),
    path("raise/<int:pupil_id>/", concerns.raise_, name="raise"),
    path("rota/", rota_views.rota, name="rota"),
    path("rota/change/", rota_views.change, name="rota-change"),
    path("rota/test/", rota_views.test, name="rota-test"),
]
