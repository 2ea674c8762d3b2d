"""Addresses: conversation starters and quick polls for the classroom screen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
