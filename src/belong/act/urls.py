"""Addresses of the act room."""

from django.urls import path

from belong.act.views import library, plans, steps

app_name = "act"
urlpatterns = [
    path("", library.practices, name="practices"),
    path("practices/<slug:key>/", library.practice, name="practice"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/edit/", plans.edit_plan, name="edit-plan"),
    path("plans/<int:plan_id>/end/", plans.end_plan, name="end-plan"),
    path("plans/<int:plan_id>/reopen/", plans.reopen_plan, name="reopen-plan"),
    path("plans/<int:plan_id>/steps/", steps.add_step, name="add-step"),
    path("plans/<int:plan_id>/steps/undo/", steps.restore_step, name="restore-step"),
    path("plans/<int:plan_id>/steps/<int:step_id>/", steps.mark_step, name="mark-step"),
    path("plans/<int:plan_id>/steps/<int:step_id>/remove/", steps.remove_step, name="remove-step"),
]
