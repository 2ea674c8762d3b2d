"""Addresses of the act room."""

from django.urls import path

from belong.act import views

app_name = "act"
urlpatterns = [
    path("", views.practices, name="practices"),
    path("practices/<slug:key>/", views.practice, name="practice"),
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.new_plan, name="new-plan"),
    path("plans/<int:plan_id>/", views.plan, name="plan"),
    path("plans/<int:plan_id>/edit/", views.edit_plan, name="edit-plan"),
    path("plans/<int:plan_id>/steps/", views.add_step, name="add-step"),
    path("plans/<int:plan_id>/steps/<int:step_id>/", views.mark_step, name="mark-step"),
    path("plans/<int:plan_id>/end/", views.end_plan, name="end-plan"),
    path("plans/<int:plan_id>/reopen/", views.reopen_plan, name="reopen-plan"),
]
