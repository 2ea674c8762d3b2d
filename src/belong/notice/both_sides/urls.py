"""Addresses: what pupils said of adults beside what adults say they know; matches offered and accepted."""

from django.urls import URLPattern, path

from belong.notice.both_sides.views import care, matches, sides

urlpatterns: list[URLPattern] = [
    path("both-sides/", sides.list_, name="both-sides"),
    path("both-sides/mine/", matches.mine, name="both-sides-mine"),
    path("both-sides/mine/read/<int:naming_id>/", matches.named_read, name="named-read"),
    path("both-sides/<int:pupil_id>/", sides.pupil, name="both-sides-pupil"),
    path("matches/<int:offer_id>/", matches.match, name="match"),
    path("matches/<int:offer_id>/end/", matches.end_match, name="end-match"),
    path("care/", care.list_, name="care-list"),
    path("care/<int:task_id>/", care.one, name="care"),
    path("care/<int:task_id>/step/", care.step, name="care-step"),
    path("care/<int:task_id>/close/", care.close, name="close-care"),
    path("care/<int:task_id>/hand-on/", care.hand_on, name="hand-on-care"),
]
