"""Addresses: answers on paper, typed in by an adult."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
