"""Registers the ask room, its rules and what is due today."""

from django.apps import AppConfig


class AskConfig(AppConfig):
    name = "belong.ask"
    label = "ask"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.ask.access import PERMISSIONS
        from belong.ask.exports import register_exports
        from belong.ask.logs import keep_answering_quiet
        from belong.ask.today import due
        from belong.base.access import register
        from belong.base.today import register as register_today

        register(PERMISSIONS)
        register_today(due)
        register_exports()
        keep_answering_quiet()
