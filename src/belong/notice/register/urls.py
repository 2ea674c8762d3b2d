"""Addresses of the register."""

from django.urls import URLPattern, path

from belong.notice.register.views import handing_over, intentions, weeks

urlpatterns: list[URLPattern] = [
    path("notice/weeks/", weeks.weeks, name="weeks"),
    path("pupils/<int:pupil_id>/intend/", intentions.intend, name="intend"),
    path("intentions/<int:intention_id>/", intentions.intention, name="intention"),
    path("intentions/<int:intention_id>/done/", intentions.done, name="intention-done"),
    path("intentions/<int:intention_id>/not-now/", intentions.not_now, name="intention-not-now"),
    path("intentions/<int:intention_id>/leave/", intentions.drop, name="drop-intention"),
    path("intentions/<int:intention_id>/undo/", intentions.take_back, name="undo-intention"),
    path("group/<int:group_id>/hand-over/", handing_over.to_next, name="hand-over"),
    path("group/<int:group_id>/hand-over/<int:pupil_id>/", handing_over.to_next_one, name="hand-over-pupil"),
    path("group/<int:group_id>/handed-over/", handing_over.from_before, name="handed-over"),
]
