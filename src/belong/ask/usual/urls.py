"""Addresses: change against a child’s own usual in check-ins."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
