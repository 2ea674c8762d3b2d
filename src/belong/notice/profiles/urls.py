"""Addresses: one page per pupil, approved by the pupil, each field with its audience."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
