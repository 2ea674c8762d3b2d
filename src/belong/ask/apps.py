"""Registers the ask room, its rules, its tables and what is due today."""

from django.apps import AppConfig


class AskConfig(AppConfig):
    name = "belong.ask"
    label = "ask"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.ask import activities, features
        from belong.ask.access import PERMISSIONS
        from belong.ask.actions import withdrawal
        from belong.ask.checkins import activity as checkins_activity
        from belong.ask.checkins.today import due as check_ins_due
        from belong.ask.languages.wording import own_counted_word, own_interface_word
        from belong.ask.logs import keep_answering_quiet
        from belong.ask.places import activity as places_activity
        from belong.ask.records import CLOCKS, RECORDS
        from belong.ask.safeguarding import refuse_untested
        from belong.ask.signals import wave_opening
        from belong.ask.tasks import sweep_after_erasing
        from belong.ask.today import due
        from belong.ask.usual.today import due as usual_due
        from belong.ask.walls import activity as walls_activity
        from belong.ask.walls.today import due as walls_due
        from belong.base import registry
        from belong.base.access import register
        from belong.base.today import register as register_today
        from belong.guard.rights import tombstones
        from belong.guard.signals import erased
        from belong.web.languages import own_words_from

        own_words_from(own_interface_word, own_counted_word)
        register(PERMISSIONS)
        register_today(due)
        register_today(check_ins_due)
        register_today(usual_due)
        register_today(walls_due)
        activities.register(checkins_activity.ACTIVITY)
        activities.register(places_activity.ACTIVITY)
        activities.register(walls_activity.ACTIVITY)
        registry.register(RECORDS, CLOCKS)
        for access in features.ACCESS:
            register(access.PERMISSIONS)
        for records in features.RECORDS:
            registry.register(records.RECORDS, records.CLOCKS)
        tombstones.register(withdrawal.KIND, withdrawal.withdraw_again)
        erased.connect(sweep_after_erasing, dispatch_uid="ask.sweep_after_erasing")
        wave_opening.connect(refuse_untested, dispatch_uid="ask.refuse_untested")
        keep_answering_quiet()
