"""Addresses: keeping relationships on purpose: strategies, intentions, weeks until the next look, handing over."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
