"""Addresses: moments in depth: notes home, observations, circle-backs owed, fair share."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
