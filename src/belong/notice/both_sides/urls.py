"""Addresses: what pupils said of adults beside what adults say they know; matches offered and accepted."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
