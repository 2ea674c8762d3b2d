"""Going through a class of thirty: one tap each, in order, with a way back, with and without scripts."""

from belong.notice.models import Relationship
from belong.notice.queries.cards import by_name
from belong.people.models import Membership


def states(user) -> dict[int, str]:
    return dict(Relationship.objects.filter(adult=user.person).values_list("pupil_id", "state"))


def test_a_whole_class_one_post_each_without_scripts(cast, in_school, client_as):
    client = client_as(cast.tutor)
    here = f"/group/{cast.tutor_group.pk}/sort/"
    order = sorted(cast.pupils, key=by_name)
    page = client.get(here).content.decode()
    for at, pupil in enumerate(order):
        assert f'name="pupil" value="{pupil.pk}"' in page
        page = client.post(
            here, {"pupil": pupil.pk, "state": "erm"[at % 3].translate(WORDS)}, follow=True
        ).content.decode()
    assert "That is everybody" in page
    assert states(cast.tutor) == {pupil.pk: "erm"[at % 3].translate(WORDS) for at, pupil in enumerate(order)}


WORDS = str.maketrans({"e": "establish", "m": "maintain", "r": "restore"})


def test_it_begins_where_it_was_left(cast, in_school, client_as, stands):
    first, second, *_ = sorted(cast.pupils, key=by_name)
    stands(cast.tutor, first)
    page = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/sort/").content.decode()
    assert f'name="pupil" value="{second.pk}"' in page


def test_undo_stands_at_that_pupil_again(cast, in_school, client_as):
    client = client_as(cast.tutor)
    here = f"/group/{cast.tutor_group.pk}/sort/"
    first = sorted(cast.pupils, key=by_name)[0]
    page = client.post(here, {"pupil": first.pk, "state": "restore"}, follow=True).content.decode()
    undo = page.split(f'action="{here}undo/')[1].split("/", 1)[0]
    page = client.post(f"{here}undo/{undo}/", follow=True).content.decode()
    assert f'name="pupil" value="{first.pk}"' in page
    assert states(cast.tutor) == {}


def test_htmx_gets_the_next_pupil_only(cast, in_school, client_as):
    first, second, *_ = sorted(cast.pupils, key=by_name)
    answer = client_as(cast.tutor).post(
        f"/group/{cast.tutor_group.pk}/sort/",
        {"pupil": first.pk, "state": "maintain"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert page.strip().startswith("<section")
    assert f'name="pupil" value="{second.pk}"' in page
    assert f"{first.display_name}: Maintain." in page


def test_leaving_one_out_goes_on_and_sets_nothing(cast, in_school, client_as):
    _first, second, *_ = sorted(cast.pupils, key=by_name)
    client = client_as(cast.tutor)
    here = f"/group/{cast.tutor_group.pk}/sort/"
    assert f"{here}?at={second.pk}" in client.get(here).content.decode()
    client.get(f"{here}?at={second.pk}")
    assert states(cast.tutor) == {}


def test_another_adults_undo_is_not_offered(cast, in_school, client_as):
    first = sorted(cast.pupils, key=by_name)[0]
    here = f"/group/{cast.tutor_group.pk}/sort/"
    done = client_as(cast.pastoral).post(here, {"pupil": first.pk, "state": "maintain"})
    last = done.url.split("last=")[1]
    page = client_as(cast.tutor).get(f"{here}?last={last}").content.decode()
    assert f"undo/{last}/" not in page


def test_who_may_go_through_a_group(cast, in_school, client_as):
    here = f"/group/{cast.tutor_group.pk}/sort/"
    found = {who: client_as(user).get(here).status_code for who, user in cast.users.items()}
    assert {who for who, status in found.items() if status == 200} == {"tutor", "pastoral"}
    assert set(found.values()) == {200, 404}


def test_a_form_that_names_a_stranger_changes_nothing(cast, in_school, client_as):
    here = f"/group/{cast.tutor_group.pk}/sort/"
    client = client_as(cast.tutor)
    for pupil in (cast.other_pupils[0].pk, 999999, "x", ""):
        assert client.post(here, {"pupil": pupil, "state": "maintain"}).status_code == 404
    assert states(cast.tutor) == {}


def test_an_empty_group_says_so(cast, in_school, client_as):
    Membership.objects.filter(group=cast.tutor_group, part=Membership.MEMBER).delete()
    page = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/sort/").content.decode()
    assert "That is everybody" in page
