"""Registers the act room and its rules."""

from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "belong.act"
    label = "act"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.act.access import PERMISSIONS

        register(PERMISSIONS)
