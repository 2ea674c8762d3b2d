"""Addresses of the tell room."""

from django.urls import URLPattern

app_name = "tell"
urlpatterns: list[URLPattern] = []
