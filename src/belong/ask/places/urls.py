"""Addresses: where pupils feel they belong, on the school’s own plan."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
