"""Addresses: greeting well: how to say a name, who is back, what colleagues talk up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
