"""Addresses of the see room."""

from django.urls import URLPattern

app_name = "see"
urlpatterns: list[URLPattern] = []
