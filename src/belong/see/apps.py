"""Registers the see room, its rules, and what it does when a wave closes."""

from typing import Any

from django.apps import AppConfig


class SeeConfig(AppConfig):
    name = "belong.see"
    label = "see"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.act.gaps import register_source
        from belong.ask.signals import places_closed, round_closed, wave_closed
        from belong.base import registry, today
        from belong.base.access import register
        from belong.notice import over_time
        from belong.see.access import PERMISSIONS
        from belong.see.noticing.over_time import empty_places
        from belong.see.queries import gap_for_plan
        from belong.see.records import RECORDS
        from belong.see.today import release_items

        register(PERMISSIONS)
        registry.register(RECORDS)
        register_source(gap_for_plan)
        today.register(release_items)
        over_time.register(empty_places)
        wave_closed.connect(_start_release, dispatch_uid="see.start_release")
        round_closed.connect(_start_release_of_round, dispatch_uid="see.start_release_of_round")
        places_closed.connect(_start_places, dispatch_uid="see.start_places")


def _start_release_of_round(sender: Any, wave: Any, **kwargs: Any) -> None:
    """A round of a check-in is released like a wave, where something in it was pooled."""
    _start_release(sender, wave)


def _start_release(sender: Any, wave: Any, **kwargs: Any) -> None:
    """Where nothing is counted (whom a pupil likes to be with) there is nothing to release."""
    from belong.ask.questionnaire import gives_figures
    from belong.see.actions import request_release

    if gives_figures(wave):
        request_release(wave)


def _start_places(sender: Any, asking: Any, **kwargs: Any) -> None:
    from belong.base.jobs import enqueue
    from belong.see.tasks import release_places

    enqueue(release_places, school_id=asking.school_id, asking_id=asking.pk)
