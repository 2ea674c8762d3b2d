"""Every write of the ask room; higher rooms and the demo import from here."""

from belong.ask.actions.cards import Card, issue_card, issue_cards, issue_links, issue_talk_cards
from belong.ask.actions.pins import (
    check_pin,
    choose_way_in,
    make_pin,
    make_pins,
    set_picture_years,
    show_pin,
)
from belong.ask.actions.sessions import (
    close_class_session,
    free_name,
    join_session,
    let_in,
    mark_away,
    open_activity_session,
    open_class_session,
    prolong,
    turn_away,
)
from belong.ask.actions.sheets import AlreadyAnswered, Sheets, sheets_of, submit_sheet
from belong.ask.actions.texts import note_named_read, note_texts_read, reveal_writer
from belong.ask.actions.waves import (
    change_draft,
    change_visibility,
    close_wave,
    discard_draft,
    draft_wave,
    open_wave,
)
from belong.ask.actions.withdrawal import withdraw_answers

__all__ = [
    "AlreadyAnswered",
    "Card",
    "Sheets",
    "change_draft",
    "change_visibility",
    "check_pin",
    "choose_way_in",
    "close_class_session",
    "close_wave",
    "discard_draft",
    "draft_wave",
    "free_name",
    "issue_card",
    "issue_cards",
    "issue_links",
    "issue_talk_cards",
    "join_session",
    "let_in",
    "make_pin",
    "make_pins",
    "mark_away",
    "note_named_read",
    "note_texts_read",
    "open_activity_session",
    "open_class_session",
    "open_wave",
    "prolong",
    "reveal_writer",
    "set_picture_years",
    "sheets_of",
    "show_pin",
    "submit_sheet",
    "turn_away",
    "withdraw_answers",
]
