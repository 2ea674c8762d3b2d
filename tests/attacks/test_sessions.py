"""A session follows a browser from page to page, and so ties a sheet to whoever signed in with it.

It is the usual way to know who is answering, and it stays behind: a row with a key, a person and the moment it was last
used. belong answers without sessions: a signed pass in the browser says wave and person, is stored nowhere, and dies
with the end page. Cards, numbers and devices are tables of the way in; none of them meets a sheet.
"""

from tests.attacks.attackers import View, by_order_of_names, by_shared_value

WAYS_IN = ("django_session", "ask_ticket", "ask_pin", "ask_classsession", "ask_device")


def _by_session(view: View):
    return by_shared_value(view, ["naive_session", *WAYS_IN])


def _in_order_of_use(view: View):
    rows = view.tables["naive_session"] if "submission_id" in view.said[0] else []
    ways_in = [row for name in WAYS_IN for row in view.tables[name]]
    return by_order_of_names(view, [str(row.get("person_id")) for row in rows or ways_in])


def test_sessions_link_nobody(scene):
    scene.holds(_by_session)


def test_nor_does_the_order_in_which_they_were_used(scene):
    scene.holds(_in_order_of_use)


def test_answering_leaves_no_session(scene):
    for moment in ("open", "closed"):
        assert scene.copies[moment].tables["django_session"] == []


def test_cards_sessions_and_devices_are_gone_after_the_close(scene):
    assert len(scene.copies["open"].tables["ask_device"]) == 10
    for name in ("ask_ticket", "ask_classsession", "ask_device"):
        assert scene.copies["closed"].tables[name] == []
