"""Registers the tell room and its rules."""

from django.apps import AppConfig


class TellConfig(AppConfig):
    name = "belong.tell"
    label = "tell"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.tell.access import PERMISSIONS

        register(PERMISSIONS)
