"""Registers the notice room, its rules, what is due today and what it holds about a person."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "belong.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from belong.ask.signals import wave_closed
        from belong.base import registry
        from belong.base import today as due
        from belong.base.access import register
        from belong.notice import features, own_page, today
        from belong.notice.access import PERMISSIONS
        from belong.notice.badges import pieces as badge_pieces
        from belong.notice.boards import own as boards_own
        from belong.notice.boards import today as boards_today
        from belong.notice.both_sides import tasks as both_sides_tasks
        from belong.notice.both_sides import today as both_sides_today
        from belong.notice.greeting import own_pieces as names
        from belong.notice.local import today as local_today
        from belong.notice.noting import today as noting_today
        from belong.notice.own_page import (
            ask_checkins,
            ask_languages,
            ask_places,
            ask_walls,
            ask_waves,
            pieces,
        )
        from belong.notice.profiles import pieces as profile_pieces
        from belong.notice.profiles import today as profiles_today
        from belong.notice.recognition import pieces as recognition_pieces
        from belong.notice.recognition import today as recognition_today
        from belong.notice.records import CLOCKS, RECORDS
        from belong.notice.register import today as register_today

        register(PERMISSIONS)
        registry.register(RECORDS, CLOCKS)
        for access in features.ACCESS:
            register(access.PERMISSIONS)
        for records in features.RECORDS:
            registry.register(records.RECORDS, records.CLOCKS)
        for provider in (
            today.own,
            today.promised,
            today.unnoticed,
            noting_today.own,
            noting_today.for_pastoral_lead,
        ):
            due.register(provider)
        due.register(recognition_today.waiting)
        due.register(local_today.this_week)
        due.register(register_today.meant_for_today)
        due.register(profiles_today.held_back)
        due.register(both_sides_today.own)
        wave_closed.connect(both_sides_tasks.wave_closed, dispatch_uid="notice.both_sides")
        for piece in (pieces.talk, recognition_pieces.good_things, recognition_pieces.telling, pieces.clubs):
            own_page.register(for_pupil=piece)
        for provider in (boards_today.to_read, boards_today.wins_to_choose):
            due.register(provider)
        own_page.register(for_pupil=ask_checkins.waiting)
        own_page.register(for_pupil=ask_checkins.my_answers)
        own_page.register(for_pupil=ask_places.places)
        own_page.register(for_pupil=ask_walls.walls)
        own_page.register(for_pupil=boards_own.for_pupil)
        own_page.register(for_pupil=names.for_pupil, for_family=names.for_family)
        own_page.register(for_pupil=ask_waves.for_pupil, for_family=ask_waves.for_family)
        own_page.register(for_pupil=ask_languages.for_reader, for_family=ask_languages.for_reader)
        own_page.register(for_pupil=pieces.asked, for_family=pieces.family_asked)
        own_page.register(for_family=recognition_pieces.family_good_things)
        own_page.register(for_pupil=profile_pieces.for_pupil, for_family=profile_pieces.for_family)
        own_page.register(for_pupil=badge_pieces.own_badges, for_family=badge_pieces.own_badges)
