"""Addresses: badges with criteria, issued as Open Badges 3.0."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
