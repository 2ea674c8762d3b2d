"""Registers the act room and its rules."""

from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "belong.act"
    label = "act"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.act.access import PERMISSIONS
        from belong.act.records import RECORDS
        from belong.act.today import plans_due
        from belong.base import registry, today
        from belong.base.access import register

        register(PERMISSIONS)
        registry.register(RECORDS)
        today.register(plans_due)
