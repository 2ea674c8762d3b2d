"""Addresses: questions read aloud by a voice the school recorded."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
