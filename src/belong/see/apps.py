"""Registers the see room and its rules."""

from django.apps import AppConfig


class SeeConfig(AppConfig):
    name = "belong.see"
    label = "see"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.see.access import PERMISSIONS

        register(PERMISSIONS)
