"""Registers the notice room, its rules, what is due today and what it holds about a person."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "belong.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base import registry
        from belong.base import today as due
        from belong.base.access import register
        from belong.notice import features, today
        from belong.notice.access import PERMISSIONS
        from belong.notice.records import CLOCKS, RECORDS

        register(PERMISSIONS)
        registry.register(RECORDS, CLOCKS)
        for access in features.ACCESS:
            register(access.PERMISSIONS)
        for records in features.RECORDS:
            registry.register(records.RECORDS, records.CLOCKS)
        for provider in (today.own, today.unnoticed):
            due.register(provider)
