"""Addresses of the people room."""

from django.urls import path

from belong.people import import_views, staff_views, views
from belong.people.oidc import setup_views
from belong.people.signing_in import helping_views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("groups/", views.groups, name="groups"),
    path("groups/<int:group_id>/", views.group, name="group"),
    path("<int:person_id>/", views.person, name="person"),
    path("staff/", staff_views.staff, name="staff"),
    path("staff/<int:person_id>/give/", staff_views.give, name="give-role"),
    path("staff/<int:person_id>/end/", staff_views.end, name="end-role"),
    path("staff/<int:person_id>/invite/", staff_views.invite, name="invite"),
    path("staff/<int:person_id>/sign-in/", helping_views.show, name="staff-sign-in"),
    path("staff/<int:person_id>/sign-in/reset/", helping_views.reset, name="reset-second-factor"),
    path("staff/<int:person_id>/sign-in/end/", helping_views.end, name="end-sessions"),
    path("sign-in-with/", setup_views.overview, name="sign-in-with"),
    path("sign-in-with/<slug:kind>/", setup_views.set_up, name="sign-in-with-kind"),
    path("sign-in-with/<slug:kind>/remove/", setup_views.remove, name="sign-in-with-remove"),
    path("sign-in-with/linked/<int:account_id>/unlink/", setup_views.unlink, name="sign-in-with-unlink"),
    path("import/", import_views.start, name="imports"),
    path("import/<int:import_id>/", import_views.show, name="import"),
    path("import/<int:import_id>/columns/", import_views.columns, name="import-columns"),
    path("import/<int:import_id>/school/", import_views.school, name="import-school"),
    path("import/<int:import_id>/complete/", import_views.complete, name="import-complete"),
    path("import/<int:import_id>/apply/", import_views.apply, name="import-apply"),
    path("import/<int:import_id>/cancel/", import_views.cancel, name="import-cancel"),
    path("import/<int:import_id>/set-aside.csv", import_views.set_aside, name="import-set-aside"),
]
