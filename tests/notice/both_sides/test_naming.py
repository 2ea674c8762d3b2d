"""Named by very many: told to that adult alone, as a number."""

from django.urls import reverse

from belong.notice.both_sides.thresholds import VERY_MANY
from belong.notice.both_sides.today import own
from belong.notice.models import NamedByMany
from belong.people.models import User


def test_it_is_told_to_that_adult_alone(cast, turn_to, close, client_as):
    everyone = [*cast.pupils, *cast.other_pupils]
    for pupil in everyone[: VERY_MANY - 1]:
        turn_to(pupil, cast.senco, cast.other_tutor)
    turn_to(everyone[VERY_MANY], cast.senco)
    assert not NamedByMany.objects.exists(), "not before the wave has closed"
    close()
    row = NamedByMany.objects.get()
    assert (row.adult, row.pupils) == (cast.senco.person, VERY_MANY)
    assert [item.title for item in own(cast.senco)] == [f"You were named by {VERY_MANY} pupils"]
    mine = reverse("notice:both-sides-mine")
    html = client_as(cast.senco).get(mine).content.decode()
    assert f"You were named by {VERY_MANY} pupils" in html
    assert not any(pupil.family_name in html for pupil in cast.pupils)
    for part in ("head", "pastoral", "tutor", "survey_lead", "other_tutor"):
        user = getattr(cast, part)
        assert "You were named by" not in client_as(user).get(mine).content.decode()
        assert not [item for item in own(user) if item.kind == "named_by_many"]


def test_read_once_it_leaves_today_and_stays_on_the_page(cast, turn_to, close, client_as):
    for pupil in [*cast.pupils, *cast.other_pupils][:VERY_MANY]:
        turn_to(pupil, cast.senco)
    close()
    address = reverse("notice:named-read", args=[NamedByMany.objects.get().pk])
    assert client_as(cast.head).post(address).status_code == 404
    html = client_as(cast.senco).post(address, follow=True).content.decode()
    assert "You were named by" in html
    assert "I have read it" not in html
    assert own(User.objects.get(pk=cast.senco.pk)) == []
