"""Registers the ask room and its rules."""

from django.apps import AppConfig


class AskConfig(AppConfig):
    name = "belong.ask"
    label = "ask"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.ask.access import PERMISSIONS

        register(PERMISSIONS)
