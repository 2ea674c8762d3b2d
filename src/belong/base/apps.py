"""Registers the base app."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "belong.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base import registry, sqlite  # noqa: F401  (sqlite connects the per-connection pragmas)
        from belong.base.records import CLOCKS, RECORDS

        registry.register(RECORDS, CLOCKS)
