"""Addresses of the guard room."""

from django.urls import URLPattern

app_name = "guard"
urlpatterns: list[URLPattern] = []
