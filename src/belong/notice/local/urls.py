"""Addresses: local knowledge for staff: places, shops, festivals, who to meet."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
