"""Addresses of the ask room."""

from django.urls import URLPattern

app_name = "ask"
urlpatterns: list[URLPattern] = []
