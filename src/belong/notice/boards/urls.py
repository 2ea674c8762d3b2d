"""Addresses: hype and gratitude boards for a class or a corridor."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
