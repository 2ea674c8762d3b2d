"""Two adults, or two windows, setting states at once: nothing is overwritten in silence."""

from belong.notice import actions
from belong.notice.models import Relationship, RelationshipChange
from belong.people.models import Membership


def seen_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_two_adults_keep_a_state_each_and_are_told_of_each_other(cast, in_school, client_as):
    ben = cast.pupils[1]
    tutor, pastoral = client_as(cast.tutor), client_as(cast.pastoral)
    pages = [client.get(f"/pupils/{ben.pk}/").content.decode() for client in (tutor, pastoral)]
    pastoral.post(f"/pupils/{ben.pk}/state/", {"state": "restore", "seen": seen_on(pages[1])})
    page = tutor.post(
        f"/pupils/{ben.pk}/state/", {"state": "maintain", "seen": seen_on(pages[0])}, follow=True
    ).content.decode()
    assert "Mx Pastoral set Restore today, too. You each keep your own." in page
    found = dict(Relationship.objects.values_list("adult__given_name", "state"))
    assert found == {"Tutor": "maintain", "Pastoral": "restore"}


def test_a_second_window_is_told_what_stands_and_can_choose_again(cast, in_school, client_as):
    ben = cast.pupils[1]
    client = client_as(cast.tutor)
    old = seen_on(client.get(f"/pupils/{ben.pk}/").content.decode())
    client.post(f"/pupils/{ben.pk}/state/", {"state": "restore", "seen": old})
    answer = client.post(
        f"/pupils/{ben.pk}/state/", {"state": "maintain", "seen": old, "reason": "We talked it over."}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You set this to Restore in another window" in page
    assert "We talked it over." in page, "nothing that was written is lost"
    assert Relationship.objects.get().state == "restore"
    client.post(f"/pupils/{ben.pk}/state/", {"state": "maintain", "seen": seen_on(page)})
    assert Relationship.objects.get().state == "maintain"
    assert RelationshipChange.objects.count() == 2


def test_sorting_in_two_windows_stands_still_and_says_so(cast, in_school, client_as):
    first = cast.pupils[0]
    here = f"/group/{cast.tutor_group.pk}/sort/"
    client = client_as(cast.tutor)
    old = seen_on(client.get(f"{here}?at={first.pk}").content.decode())
    actions.set_state(cast.tutor, pupil=first, state="establish")
    answer = client.post(here, {"pupil": first.pk, "state": "restore", "seen": old})
    page = answer.content.decode()
    assert "You set this to Establish in another window" in page
    assert f'name="pupil" value="{first.pk}"' in page
    assert Relationship.objects.get(pupil=first).state == "establish"
    client.post(here, {"pupil": first.pk, "state": "restore", "seen": seen_on(page)})
    assert Relationship.objects.get(pupil=first).state == "restore"


def test_a_class_teacher_is_told_nothing_of_what_the_tutor_set(cast, in_school, client_as):
    ben = cast.pupils[1]
    cast.other_group.kind = "class"
    cast.other_group.save()
    Membership.objects.create(school=cast.school, group=cast.other_group, person=ben)
    actions.set_state(cast.tutor, pupil=ben, state="restore")
    page = (
        client_as(cast.other_tutor)
        .post(f"/pupils/{ben.pk}/state/", {"state": "maintain"}, follow=True)
        .content.decode()
    )
    assert "Ben Carter: Maintain." in page
    assert "Mx Tutor set" not in page
