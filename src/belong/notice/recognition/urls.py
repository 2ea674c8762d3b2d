"""Addresses: recognition tied to the school's own values and traits, and each pupil's timeline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
