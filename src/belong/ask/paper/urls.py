"""Addresses: answers on paper."""

from django.urls import URLPattern, URLResolver, path

from belong.ask.paper import entering, printing

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/<int:wave_id>/paper/", printing.blank, name="paper"),
    path("ask/<int:wave_id>/paper/people/", printing.of_people, name="paper-people"),
    path("ask/<int:wave_id>/paper/class/<int:group_id>/", printing.of_class, name="paper-class"),
    path("ask/<int:wave_id>/paper/enter/", entering.find, name="paper-entry"),
    path("ask/<int:wave_id>/paper/enter/<int:number>/", entering.enter, name="paper-sheet"),
]
