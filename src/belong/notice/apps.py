"""Registers the notice room and its rules."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "belong.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.base.access import register
        from belong.notice.access import PERMISSIONS

        register(PERMISSIONS)
