"""Registers the people room and its rules."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "belong.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base import registry
        from belong.base.access import register
        from belong.people.access import PERMISSIONS
        from belong.people.records import CLOCKS, RECORDS

        register(PERMISSIONS)
        registry.register(RECORDS, CLOCKS)
