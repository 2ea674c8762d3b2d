"""Addresses of the notice room."""

from django.urls import include, path

from belong.notice.views import groups, hub, moments, overlooked, pupils, sorting

app_name = "notice"
urlpatterns = [
    path("group/", groups.my_group, name="my-group"),
    path("group/<int:group_id>/", groups.group, name="group"),
    path("group/<int:group_id>/moment/", moments.group_moment, name="group-moment"),
    path("group/<int:group_id>/sort/", sorting.sort, name="sort"),
    path("group/<int:group_id>/sort/undo/<int:change_id>/", sorting.undo_sort, name="undo-sort"),
    path("moments/<uuid:submission>/undo/", moments.undo_moment, name="undo-moment"),
    path("moments/<uuid:submission>/words/", moments.add_words, name="add-words"),
    path("pupils/<int:pupil_id>/", pupils.pupil, name="pupil"),
    path("pupils/<int:pupil_id>/moment/", moments.moment, name="moment"),
    path("pupils/<int:pupil_id>/state/", pupils.set_state, name="set-state"),
    path("pupils/<int:pupil_id>/state/undo/<int:change_id>/", pupils.undo_state, name="undo-state"),
    path("pupils/<int:pupil_id>/review/", pupils.set_review, name="set-review"),
    path("pupils/<int:pupil_id>/knowing/", pupils.knowing, name="knowing"),
    path("pupils/<int:pupil_id>/knowing/undo/", pupils.undo_knowing, name="undo-knowing"),
    path("overlooked/", overlooked.overlooked, name="overlooked"),
    path("overlooked/<int:pupil_id>/", overlooked.will_notice, name="will-notice"),
    path("overlooked/<int:pupil_id>/undo/", overlooked.undo_will_notice, name="undo-will-notice"),
    path("notice/", hub.hub, name="hub"),
    path("", include("belong.notice.register.urls")),
    path("", include("belong.notice.both_sides.urls")),
    path("", include("belong.notice.noting.urls")),
    path("", include("belong.notice.greeting.urls")),
    path("", include("belong.notice.classroom.urls")),
    path("", include("belong.notice.local.urls")),
    path("", include("belong.notice.own_page.urls")),
    path("", include("belong.notice.recognition.urls")),
    path("", include("belong.notice.badges.urls")),
    path("", include("belong.notice.boards.urls")),
    path("", include("belong.notice.profiles.urls")),
]
