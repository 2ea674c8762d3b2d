"""Registers the shell."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "belong.site"
    label = "site"
