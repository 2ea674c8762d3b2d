"""Registers the guard room and its rules."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "belong.guard"
    label = "guard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from belong.base import registry, today
        from belong.base.access import register
        from belong.guard.access import PERMISSIONS
        from belong.guard.concerns import records as of_concerns
        from belong.guard.concerns.record import guard_tables
        from belong.guard.concerns.today import asked_for_you, to_read
        from belong.guard.records import CLOCKS, RECORDS
        from belong.guard.rights import access as rights
        from belong.guard.rights import erasure, files, tombstones

        register(PERMISSIONS)
        register(rights.PERMISSIONS)
        tombstones.register(erasure.KIND, erasure.erase_once_more)
        files.forget_with_its_request()
        registry.register(RECORDS, CLOCKS)
        registry.register(of_concerns.RECORDS, of_concerns.CLOCKS)
        today.register(to_read)
        today.register(asked_for_you)
        post_migrate.connect(guard_tables, sender=self, dispatch_uid="guard.guard_tables")
