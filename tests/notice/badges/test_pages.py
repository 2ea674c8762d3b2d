"""Badges as people meet them: making, giving with the right and without it, taking along, withdrawing, checking."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.notice.badges import actions, keyring
from belong.notice.badges.credential import Outcome, read_issuer, read_status, verify
from belong.notice.badges.queries import awards_of, badges_recognised_since
from belong.notice.badges.taking import KINDS
from belong.notice.models import Award, Badge, Givers, IssuerKey, Shown, StatusList
from belong.people.models import Person, Role

pytestmark = pytest.mark.alike

LOOK = {"shape": "shield", "sign": "heart", "colour": "plum"}


@pytest.fixture
def badge(cast, in_school) -> Badge:
    return actions.make_badge(cast.head, name="Steadfast friend", criteria="Stood by somebody.", **LOOK)


@pytest.fixture
def award(cast, badge) -> Award:
    """The pupil who signs in holds it, from their tutor."""
    return actions.give_badge(cast.tutor, badge, [cast.pupils[0]], evidence="Waited every lunchtime.")[0]


def post(client, route, /, *args, **data):
    return client.post(reverse(f"notice:{route}", args=args), data)


def taken(client, award, kind="png", **more):
    answer = post(client, "take-award", award.pk, kind=kind, with_words="on", **more)
    assert answer.status_code == 200, answer.content
    return answer


def known(school):
    school.refresh_from_db()
    return read_issuer(json.dumps(keyring.issuer_file(school)))


def listed(client):
    uid = StatusList.objects.get().uid
    return read_status(client.get(reverse("notice:badge-status", args=[uid])).content)


def test_a_leader_makes_a_badge_and_nobody_else_does(cast, in_school, client_as):
    fields = {"name": "Good neighbour", "criteria": "Helped unasked.", "given_by": "staff", **LOOK}
    assert post(client_as(cast.tutor), "new-badge", **fields).status_code == 403
    answer = client_as(cast.head).post(reverse("notice:new-badge"), fields, follow=True)
    assert "Good neighbour" in answer.content.decode()
    again = post(client_as(cast.head), "new-badge", **fields)
    assert again.status_code == 422
    assert Badge.objects.count() == 1


def test_a_picture_of_the_schools_own_is_made_anew(cast, badge, client_as):
    raw = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(raw, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    fields = {"name": badge.name, "criteria": badge.criteria, "given_by": "staff", **LOOK}
    upload = SimpleUploadedFile("a.jpg", raw.getvalue(), "image/jpeg")
    assert post(client_as(cast.head), "edit-badge", badge.pk, **fields, picture=upload).status_code == 302
    shown = client_as(cast.pupil).get(reverse("notice:badge-picture", args=[badge.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"Exif" not in shown.content
    no_picture = SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")
    assert post(client_as(cast.head), "edit-badge", badge.pk, **fields, picture=no_picture).status_code == 422


def test_what_a_held_badge_means_stays(cast, award, client_as):
    fields = {"name": award.badge.name, "criteria": "Something else.", "given_by": "staff", **LOOK}
    answer = post(client_as(cast.head), "edit-badge", award.badge_id, **fields)
    assert answer.status_code == 422
    assert "stay as they are" in answer.content.decode()


def test_giving(cast, badge, client_as):
    ben, cerys = cast.pupils[1], cast.pupils[2]
    tutor = client_as(cast.tutor)
    answer = post(tutor, "give-badge", badge.pk, pupils=[ben.pk, cerys.pk], evidence="Carried chairs.")
    assert answer.status_code == 302
    assert [row.badge for row in awards_of(ben)] == [badge]
    assert badges_recognised_since(cast.pupils, today()) == {ben.pk, cerys.pk}
    assert badges_recognised_since([ben.pk], today() + timedelta(days=1)) == set()
    page = tutor.get(reverse("notice:badge", args=[badge.pk])).content.decode()
    assert "Carried chairs." in page
    assert ben.family_name in page
    other = client_as(cast.other_tutor).get(reverse("notice:badge", args=[badge.pk])).content.decode()
    assert ben.family_name not in other
    again = post(tutor, "give-badge", badge.pk, pupils=[ben.pk])
    assert again.status_code == 422


WITHOUT_THE_RIGHT = ("pupil", "carer", "governor", "technician", "analyst", "outside")


@pytest.mark.parametrize("who", WITHOUT_THE_RIGHT)
def test_nobody_gives_without_the_right(cast, badge, client_as, who):
    user = getattr(cast, who)
    answer = post(client_as(user), "give-badge", badge.pk, pupils=[cast.pupils[1].pk])
    assert answer.status_code == 404
    with pytest.raises(Refused):
        actions.give_badge(user, badge, [cast.pupils[1]])
    assert not Award.objects.exists()


def test_rights_that_stop_short(cast, badge, client_as, in_school):
    """Not to another's pupil, not to oneself as a pupil, not a badge kept for others, not after losing the role."""
    theirs = cast.other_pupils[0]
    answer = post(client_as(cast.tutor), "give-badge", badge.pk, pupils=[theirs.pk])
    assert answer.status_code == 422
    assert theirs.display_name not in answer.content.decode()
    kept = actions.make_badge(
        cast.head, name="Head’s badge", criteria="Rare.", given_by=Givers.PASTORAL, **LOOK
    )
    assert post(client_as(cast.tutor), "give-badge", kept.pk, pupils=[cast.pupils[1].pk]).status_code == 404
    for refused in (lambda: actions.give_badge(cast.tutor, kept, [cast.pupils[1]]),):
        with pytest.raises(Refused):
            refused()
    for pupil in (cast.tutor.person, cast.carer.person):
        with pytest.raises(Refused):
            actions.give_badge(cast.head, badge, [pupil])
    Role.objects.filter(person=cast.tutor.person).update(until=today() - timedelta(days=1))
    assert post(client_as(cast.tutor), "give-badge", badge.pk, pupils=[cast.pupils[1].pk]).status_code == 404
    assert not Award.objects.exists()


def test_a_pupil_who_left_and_a_badge_that_was_put_away(cast, badge, in_school):
    ben = cast.pupils[1]
    Person.objects.filter(pk=ben.pk).update(left_on=today() - timedelta(days=3))
    with pytest.raises(Refused, match="left the school"):
        actions.give_badge(cast.head, badge, [Person.objects.get(pk=ben.pk)])
    actions.retire_badge(cast.head, badge)
    with pytest.raises(Refused, match="put away"):
        actions.give_badge(cast.head, badge, [cast.pupils[2]])


def test_the_words_name_no_other_child(cast, badge, client_as):
    ben, cerys = cast.pupils[1], cast.pupils[2]
    for words in (f"Helped {ben.given_name} with his bag", f"Helped {cast.other_pupils[3].display_name}."):
        answer = post(client_as(cast.tutor), "give-badge", badge.pk, pupils=[cerys.pk], evidence=words)
        assert answer.status_code == 422, words
        assert "leave every child’s name out" in answer.content.decode()
    own = post(
        client_as(cast.tutor),
        "give-badge",
        badge.pk,
        pupils=[cerys.pk],
        evidence=f"{cerys.given_name} waited.",
    )
    assert own.status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_a_pupil_takes_it_along(cast, award, client_as, client, kind):
    answer = taken(client_as(cast.pupil), award, kind)
    assert answer["Cache-Control"].startswith("no-store")
    assert "attachment" in answer["Content-Disposition"]
    data = answer.content
    verdict = verify(data, issuer=known(cast.school), status=listed(client))
    assert verdict.outcome is Outcome.VALID, verdict
    assert verdict.says["given to"] == f"urn:uuid:{award.recipient}"
    person = cast.pupils[0]
    for secret in (
        person.given_name,
        person.family_name,
        person.email,
        str(person.pk),
        "Waited" if kind == "x" else "§",
    ):
        assert not secret or len(secret) < 4 or secret.encode() not in data
    entry = AuditEntry.objects.filter(verb="notice.take_badge").get()
    assert entry.facts == {"form": kind, "with_words": True}


def test_without_the_words(cast, award, client_as):
    with_words = taken(client_as(cast.pupil), award, "json").content
    without = post(client_as(cast.pupil), "take-award", award.pk, kind="json").content
    assert b"lunchtime" in with_words
    assert b"lunchtime" not in without


def test_nobody_else_takes_it(cast, award, client_as):
    for who in ("tutor", "head", "dsl", "pastoral", "technician", "governor", "other_tutor", "stranger"):
        assert post(client_as(getattr(cast, who)), "take-award", award.pk, kind="png").status_code == 404, who
    theirs = actions.give_badge(cast.tutor, award.badge, [cast.pupils[1]])[0]
    assert post(client_as(cast.pupil), "take-award", theirs.pk, kind="png").status_code == 404
    assert not IssuerKey.objects.exists()


def test_the_family_takes_it_if_the_pupil_lets_them_see_it(cast, award, client_as):
    carer, child = client_as(cast.carer), cast.pupils[0]
    shown = {
        "school": cast.school,
        "pupil": child,
        "entry": Shown.AWARD,
        "number": award.pk,
        "chosen_on": today(),
    }
    choice = Shown.objects.create(**shown, to_family=False)
    assert post(carer, "take-award", award.pk, kind="svg").status_code == 404
    assert award.badge.name not in carer.get(reverse("notice:child", args=[child.pk])).content.decode()
    choice.to_family = True
    choice.save()
    assert award.badge.name in carer.get(reverse("notice:child", args=[child.pk])).content.decode()
    assert taken(carer, award, "svg").content.startswith(b"<?xml")


def test_withdrawn(cast, award, client_as, client):
    data = taken(client_as(cast.pupil), award).content
    assert post(client_as(cast.other_tutor), "withdraw-award", award.pk, why="x").status_code == 404
    assert post(client_as(cast.tutor), "withdraw-award", award.pk, why=" ").status_code == 422
    assert (
        post(client_as(cast.tutor), "withdraw-award", award.pk, why="Given to the wrong pupil.").status_code
        == 302
    )
    verdict = verify(data, issuer=known(cast.school), status=listed(client))
    assert verdict.outcome is Outcome.NOT_VALID
    assert "withdrawn" in verdict.wrong[0]
    assert awards_of(cast.pupils[0]) == []
    assert post(client_as(cast.pupil), "take-award", award.pk, kind="png").status_code == 404
    assert client_as(cast.pupil).get(reverse("notice:award", args=[award.pk])).status_code == 404
    Award.objects.filter(pk=award.pk).delete()
    assert verify(data, issuer=known(cast.school), status=listed(client)).outcome is Outcome.NOT_VALID
    assert actions.give_badge(cast.tutor, award.badge, [cast.pupils[0]])


def test_two_badges_of_one_pupil_have_nothing_in_common(cast, award, client_as):
    other = actions.make_badge(cast.head, name="Maker", criteria="Made something.", **LOOK)
    second = actions.give_badge(cast.tutor, other, [cast.pupils[0]])[0]
    both = [json.loads(taken(client_as(cast.pupil), one, "json").content) for one in (award, second)]
    subjects = {one["credentialSubject"]["id"] for one in both}
    places = {one["credentialStatus"]["statusListIndex"] for one in both}
    assert len(subjects) == len(places) == 2


def test_new_keys(cast, award, client_as, client):
    pupil, head = client_as(cast.pupil), client_as(cast.head)
    first = taken(pupil, award, "json").content
    before = known(cast.school)
    assert post(client_as(cast.tutor), "new-badge-key").status_code == 403
    assert post(head, "new-badge-key").status_code == 302
    now_known, lists = known(cast.school), listed(client)
    assert verify(first, issuer=now_known, status=lists).outcome is Outcome.VALID
    second = taken(pupil, award, "json").content
    assert verify(second, issuer=now_known, status=lists).outcome is Outcome.VALID
    assert verify(second, issuer=before, status=lists).outcome is Outcome.NOT_VALID
    assert post(head, "new-badge-key", compromised="yes").status_code == 302
    last, lists = known(cast.school), listed(client)
    assert verify(second, issuer=last, status=lists).outcome is Outcome.NOT_VALID
    assert verify(first, issuer=last, status=lists).outcome is Outcome.VALID
    assert verify(taken(pupil, award, "json").content, issuer=last, status=lists).outcome is Outcome.VALID


def test_a_lost_key_file(cast, award, client_as, client):
    first = taken(client_as(cast.pupil), award, "jwt").content
    path = keyring.key_path(cast.school)
    assert path.stat().st_mode & 0o077 == 0
    path.unlink()
    second = taken(client_as(cast.pupil), award, "jwt").content
    for data in (first, second):
        assert verify(data, issuer=known(cast.school), status=listed(client)).outcome is Outcome.VALID
    path.write_text("not a key\n")
    refused = post(client_as(cast.pupil), "take-award", award.pk, kind="png")
    assert refused.status_code == 422
    assert "cannot be signed now" in refused.content.decode()


def test_addresses_of_the_schools_own(cast, award, client_as, client):
    for wrong in ({"issuer": "javascript:1", "status": ""}, {"issuer": "", "status": "http://oak.example/"}):
        assert post(client_as(cast.head), "badge-addresses", **wrong).status_code == 422
    sent = {"issuer": "did:web:oak.example", "status": "https://oak.example/badges/"}
    assert post(client_as(cast.head), "badge-addresses", **sent).status_code == 302
    data = taken(client_as(cast.pupil), award, "json").content
    said = json.loads(data)
    assert said["issuer"]["id"] == "did:web:oak.example"
    assert said["credentialStatus"]["statusListCredential"].startswith("https://oak.example/badges/")
    verdict = verify(data, issuer=known(cast.school), status=listed(client))
    assert verdict.outcome is Outcome.VALID, verdict


def check(client, data, **more):
    files = {"badge": SimpleUploadedFile("badge.png", data)} | {
        name: SimpleUploadedFile(f"{name}.json", one) for name, one in more.items()
    }
    return client.post(reverse("notice:check-badge"), files).content.decode()


def test_checking_a_badge_on_the_page(cast, award, client_as):
    data = taken(client_as(cast.pupil), award).content
    for who in ("pupil", "carer", "tutor"):
        assert "This badge is valid" in check(client_as(getattr(cast, who)), data)
    broken = bytearray(data)
    broken[-60] ^= 1
    tutor = client_as(cast.tutor)
    assert "This badge is not valid" in check(tutor, bytes(broken))
    assert "This badge is not valid" in check(tutor, b"hello")
    assert "cannot be used" in check(tutor, data, issuer=b"hello")
    assert "cannot be used" in check(tutor, data, status=b"{}")
    elsewhere = json.dumps({"id": "did:web:elm.example", "verificationMethod": []}).encode()
    assert "cannot be used" in check(tutor, data, issuer=elsewhere)
    assert client_as(cast.governor).get(reverse("notice:check-badge")).status_code == 403


def test_the_public_files_hold_no_names(cast, award, client_as, client):
    assert client.get(reverse("notice:badge-issuer", args=["oak-park"])).status_code == 404
    taken(client_as(cast.pupil), award)
    key_file = client.get(reverse("notice:badge-issuer", args=["oak-park"]))
    status = client.get(reverse("notice:badge-status", args=[StatusList.objects.get().uid]))
    for answer in (key_file, status):
        assert answer["Content-Type"].startswith("application/json")
        for word in (cast.pupils[0].given_name, award.badge.name, "Waited", str(award.uid)):
            assert word not in answer.content.decode()
    assert (
        client.get(reverse("notice:badge-status", args=["00000000-0000-4000-8000-000000000000"])).status_code
        == 404
    )
    assert "PRIVATE" not in key_file.content.decode()


def test_on_the_pupils_own_page(cast, award, client_as):
    page = client_as(cast.pupil).get(reverse("notice:me")).content.decode()
    assert "Steadfast friend" in page
    mine = client_as(cast.pupil).get(reverse("notice:award", args=[award.pk])).content.decode()
    assert "Take it with you" in mine
    tutors = client_as(cast.tutor).get(reverse("notice:award", args=[award.pk])).content.decode()
    assert "Take it with you" not in tutors


def test_the_list_asks_the_same_number_of_questions(cast, badge, client_as, django_assert_max_num_queries):
    client = client_as(cast.tutor)
    for at in range(8):
        one = actions.make_badge(cast.head, name=f"Badge {at}", criteria="x", **LOOK)
        actions.give_badge(cast.tutor, one, cast.pupils[:3])
    with django_assert_max_num_queries(14):
        client.get(reverse("notice:badges"))
    with django_assert_max_num_queries(24):
        client.get(reverse("notice:badge", args=[badge.pk]))


def test_a_pupil_of_another_school_cannot_be_given_it(cast, badge):
    with pytest.raises(Refused):
        actions.give_badge(cast.stranger, badge, [cast.pupils[0]])
    assert not Award.objects.exists()
