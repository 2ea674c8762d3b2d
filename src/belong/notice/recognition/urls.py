"""Addresses: recognition tied to the school's own values and traits, and each pupil's timeline."""

from django.urls import URLPattern, path

from belong.notice.recognition.views import giving, houses, looking, timelines, wording

urlpatterns: list[URLPattern] = [
    path("me/timeline/", timelines.mine, name="my-timeline"),
    path("me/recognise/", giving.whom, name="recognise-whom"),
    path("me/sent/", giving.sent, name="sent"),
    path("recognise/<int:pupil_id>/", giving.recognise, name="recognise"),
    path("pupils/<int:pupil_id>/timeline/", timelines.of_pupil, name="timeline"),
    path("pupils/<int:pupil_id>/timeline/<slug:entry>/<int:number>/", timelines.choose, name="choose-shown"),
    path("family/<int:pupil_id>/timeline/", timelines.of_child, name="family-timeline"),
    path("recognition/", looking.queue, name="recognition"),
    path("recognition/<int:recognition_id>/approve/", looking.approve, name="approve-recognition"),
    path("recognition/<int:recognition_id>/decline/", looking.decline, name="decline-recognition"),
    path("recognition/<int:recognition_id>/again/", looking.look_again, name="look-again"),
    path("recognition/<int:recognition_id>/undo/", giving.undo, name="undo-recognition"),
    path("recognition/<int:recognition_id>/photo/", looking.photo, name="recognition-photo"),
    path("recognition/group/<int:group_id>/", looking.group, name="recognised-group"),
    path("recognition/group/<int:group_id>/wall/", looking.wall, name="recognition-wall"),
    path("recognition/words/", wording.words, name="traits"),
    path("recognition/words/<int:trait_id>/", wording.trait, name="trait"),
    path("recognition/families/", wording.families, name="families-see"),
    path("recognition/ambassadors/", wording.ambassador_list, name="ambassadors"),
    path("recognition/ambassadors/<int:ambassador_id>/end/", wording.end_ambassador, name="end-ambassador"),
    path("recognition/houses/", houses.events, name="house-events"),
    path("recognition/houses/<int:event_id>/", houses.event, name="house-event"),
    path("recognition/houses/<int:event_id>/drop/", houses.drop_event, name="drop-event"),
]
