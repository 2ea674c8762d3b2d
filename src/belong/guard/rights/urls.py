"""Addresses about the rights of people."""

from django.urls import path

from belong.guard.rights.views import asked, erasing, finding, keeping, maps

urlpatterns = [
    path("", finding.home, name="home"),
    path("data-map/", maps.data_map, name="data-map"),
    path("dpia/", maps.assessment, name="dpia"),
    path("requests/", asked.asked, name="requests"),
    path("requests/find/", finding.find, {"errand": "request"}, name="request-find"),
    path("requests/new/<int:person_id>/", asked.new, name="new-request"),
    path("requests/<int:request_id>/", asked.one, name="request"),
    path("requests/<int:request_id>/items/<int:item_id>/", asked.decide, name="decide-item"),
    path("requests/<int:request_id>/says/", asked.says, name="request-says"),
    path("requests/<int:request_id>/make/", asked.make, name="make-request"),
    path("requests/<int:request_id>/file/", asked.take, name="request-file"),
    path("erase/", finding.find, {"errand": "erase"}, name="erase-find"),
    path("erase/<int:person_id>/", erasing.erase_person, name="erase"),
    path("kept/", keeping.kept, name="retention"),
    path("holds/", keeping.held, name="holds"),
    path("holds/find/", finding.find, {"errand": "hold"}, name="hold-find"),
    path("holds/new/<int:person_id>/", keeping.hold_person, name="hold-person"),
    path("holds/<int:hold_id>/lift/", keeping.lift, name="lift-hold"),
]
