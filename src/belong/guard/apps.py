"""Registers the guard room and its rules."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "belong.guard"
    label = "guard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.guard.access import PERMISSIONS

        register(PERMISSIONS)
