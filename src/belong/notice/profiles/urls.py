"""Addresses of pupils' own pages."""

from django.urls import URLPattern, path

from belong.notice.profiles.views import own, staff

urlpatterns: list[URLPattern] = [
    path("me/profile/", own.own, name="own-profile"),
    path("me/profile/stop/", own.stop, name="stop-profile"),
    path("me/profile/<int:page_id>/", own.answer, name="answer-profile"),
    path("me/profile/<int:page_id>/again/", own.again, name="share-again"),
    path("pupils/<int:pupil_id>/profile/", staff.profile, name="profile"),
    path("pupils/<int:pupil_id>/profile/write/", staff.draft, name="draft-profile"),
    path("profiles/<int:page_id>/together/", staff.together, name="profile-together"),
    path("profiles/<int:page_id>/discard/", staff.discard, name="discard-profile"),
    path("profiles/<int:page_id>/family/", staff.family, name="profile-family"),
    path("profiles/<int:page_id>/held/", staff.held, name="held-profile"),
    path("group/<int:group_id>/profiles/", staff.group_profiles, name="group-profiles"),
    path("clinic/", staff.clinic, name="clinic"),
]
