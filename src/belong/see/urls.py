"""Addresses of the see room."""

from django.urls import path

from belong.see import views
from belong.see.checkins import views as checkins
from belong.see.noticing import views as noticing
from belong.see.places import views as places

app_name = "see"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("missing/", views.missing, name="missing"),
    path("noticing/", noticing.noticing, name="noticing"),
    path("noticing/half-terms/", noticing.half_terms, name="half-terms"),
    path("noticing/<slug:day>/", noticing.one_date, name="noticing-date"),
    path("noticing/<slug:day>/figures.csv", noticing.csv, name="noticing-csv"),
    path("noticing/<slug:day>/figures.xlsx", noticing.xlsx, name="noticing-xlsx"),
    path("noticing/<slug:day>/share/", noticing.share, name="noticing-share"),
    path("noticing/<slug:day>/<slug:table>/", noticing.one_table, name="noticing-table"),
    path("check-ins/", checkins.check_ins, name="check-ins"),
    path("check-ins/<int:check_in_id>/", checkins.check_in, name="check-in"),
    path("places/", places.places, name="places"),
    path("places/<int:asking_id>/", places.places_of, name="places-of"),
    path("places/<int:asking_id>/places.csv", places.table, name="places-csv"),
    path("places/<int:asking_id>/places.xlsx", places.workbook, name="places-xlsx"),
    path("<int:wave_id>/", views.overview, name="overview"),
    path("<int:wave_id>/progress/", views.progress, name="progress"),
    path("<int:wave_id>/again/", views.again, name="again"),
    path("<int:wave_id>/parts/<slug:part>/", views.part, name="part"),
    path("<int:wave_id>/groups/<slug:cut>/", views.groups, name="groups"),
    path("<int:wave_id>/gap/", views.gap, name="gap"),
    path("<int:wave_id>/why/", views.why, name="why"),
    path("<int:wave_id>/items/", views.items, name="items"),
    path("<int:wave_id>/method/", views.method, name="method"),
    path("<int:wave_id>/release.csv", views.table, name="table"),
    path("<int:wave_id>/release.xlsx", views.workbook, name="workbook"),
    path("<int:wave_id>/release.json", views.everything, name="everything"),
]
