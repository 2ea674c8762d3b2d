"""Registers the tell room, its rules, and what it tells the rooms below."""

from django.apps import AppConfig


class TellConfig(AppConfig):
    name = "belong.tell"
    label = "tell"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.act.followups import register_followup
        from belong.ask.signals import wave_opening
        from belong.base import registry, today
        from belong.base.access import register
        from belong.see.access import register_published
        from belong.tell.access import PERMISSIONS
        from belong.tell.followups import plan_again
        from belong.tell.opening import refuse_unanswered
        from belong.tell.queries import published_wave_ids
        from belong.tell.records import RECORDS
        from belong.tell.today import answers_owed

        register(PERMISSIONS)
        registry.register(RECORDS)
        register_published(published_wave_ids)
        register_followup(plan_again)
        today.register(answers_owed)
        wave_opening.connect(refuse_unanswered, dispatch_uid="tell.refuse_unanswered")
