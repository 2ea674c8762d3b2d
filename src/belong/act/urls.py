"""Addresses of the act room."""

from django.urls import URLPattern

app_name = "act"
urlpatterns: list[URLPattern] = []
