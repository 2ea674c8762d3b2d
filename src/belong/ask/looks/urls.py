"""Addresses: how questions look."""

from django.urls import path

from belong.ask.looks import views
from belong.web.languages import addressed

urlpatterns = [
    path(addressed("a/look/"), views.look, name="look"),
]
