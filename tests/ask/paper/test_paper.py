"""Answers on paper: sheets with a number and no name, typed in once by the adult who is named on them."""

import re

import pytest
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import PaperSheet, PooledSheet, Receipt, SignedSheet, UnlinkedSheet
from belong.ask.paper.actions import print_sheets
from belong.base.errors import Refused
from belong.people.models import Person
from tests.ask.conftest import answer, plan
from tests.conftest import make_person


@pytest.fixture
def sheet(cast, wave) -> PaperSheet:
    """Amina's sheet, which the tutor types in."""
    (made,) = print_sheets(
        cast.tutor, wave, cast.pupils[:1], helper=cast.tutor.person, group=cast.tutor_group
    )
    return made


def address(sheet: PaperSheet) -> str:
    return reverse("ask:paper-sheet", args=[sheet.wave_id, sheet.number])


def opened(client, sheet: PaperSheet) -> dict[str, str]:
    return {"pass": client.get(address(sheet)).context["sheet_pass"]}


def test_a_class_is_printed_with_numbers_that_say_nothing(cast, wave, client_as):
    url = reverse("ask:paper-class", args=[wave.pk, cast.tutor_group.pk])
    tutor = client_as(cast.tutor)
    assert "Who will type them in" in tutor.get(url).content.decode()
    chosen = {"helper": cast.tutor.person.pk, "size": "big", "people": [one.pk for one in cast.pupils]}
    page = tutor.post(url, chosen).content.decode()
    articles = page.split('<article class="paper-sheet"')[1:]
    assert len(articles) == 12
    numbers = [int(re.search(r'class="paper-number">(\d{5})<', one)[1]) for one in articles]
    assert (len(set(numbers)), numbers == sorted(numbers)) == (12, False)
    in_order = sorted(cast.pupils, key=lambda one: (one.family_name, one.given_name))
    for pupil, article in zip(in_order, articles, strict=True):
        strip, rest = article.split("</div>", 1)
        assert pupil.display_name in strip
        assert pupil.first_name not in rest
        assert pupil.family_name not in rest
        assert f"{cast.tutor.person.display_name} types this into the computer" in rest


def test_every_question_says_who_sees_it_on_paper_too(cast, wave, client_as):
    url = reverse("ask:paper-class", args=[wave.pk, cast.tutor_group.pk])
    page = client_as(cast.tutor).post(url, {"pupil": cast.pupils[0].pk}).content.decode()
    questions, lines = page.count('<p class="strong">') - 1, page.count("paper-who")
    assert questions == lines > 10
    assert "can see this answer with your name" in page
    helper = cast.tutor.person.display_name
    assert (
        page.count(f"{helper} is helping you and will know this answer") > 10
    )  # pooled is not secret from the typist


def test_the_youngest_get_faces_and_short_words(cast, in_school, client_as):
    Person.objects.filter(pk__in=[one.pk for one in cast.pupils]).update(year="1")
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
    url = reverse("ask:paper-class", args=[wave.pk, cast.tutor_group.pk])
    page = client_as(cast.tutor).post(url, {"pupil": cast.pupils[0].pk}).content.decode()
    assert 'class="paper-questions faces"' in page
    assert page.count('class="mood') >= 18


def test_one_key_a_question_and_the_sheet_is_in(cast, wave, sheet, client_as):
    tutor = client_as(cast.tutor)
    found = tutor.post(reverse("ask:paper-entry", args=[wave.pk]), {"number": f" {sheet.number} "})
    assert found.url == address(sheet)
    typed = {"k-adults-1": "4", "k-adults-2": "R", "k-open-helps": "More benches", "k-check-in": ""}
    assert tutor.post(address(sheet), opened(tutor, sheet) | typed).url == reverse(
        "ask:paper-entry", args=[wave.pk]
    )
    pooled, signed = PooledSheet.objects.get(), SignedSheet.objects.get()
    assert pooled.answers == {"adults-1": 4, "adults-2": -1}
    assert (signed.person_id, signed.texts) == (cast.pupils[0].pk, {"open-helps": "More benches"})
    assert pooled.how == signed.how == {"language": "en", "helper": True}


def test_the_page_for_typing_shows_no_name(cast, wave, sheet, client_as):
    page = client_as(cast.tutor).get(address(sheet)).content.decode()
    assert "Amina" not in page
    assert "Yusuf" not in page
    assert str(sheet.number) in page


def test_a_sheet_goes_in_once_whatever_is_pressed(cast, wave, sheet, client_as):
    tutor = client_as(cast.tutor)
    form = opened(tutor, sheet) | {"k-adults-1": "4"}
    second = opened(tutor, sheet) | {"k-adults-1": "1"}
    for sent in (form, form, second):
        assert tutor.post(address(sheet), sent).status_code == 302
    assert Receipt.objects.count() == 1
    assert PooledSheet.objects.get().answers == {"adults-1": 4}
    again = tutor.post(reverse("ask:paper-entry", args=[wave.pk]), {"number": sheet.number})
    assert (again.status_code, "are in already" in again.content.decode()) == (422, True)


def test_who_answered_on_a_screen_has_no_second_sheet(cast, wave, sheet, client_as):
    tutor = client_as(cast.tutor)
    form = opened(tutor, sheet)
    answer(wave, cast.pupils[0], **{"adults-1": 2})
    tutor.post(address(sheet), form | {"k-adults-1": "5"})
    assert PooledSheet.objects.get().answers == {"adults-1": 2}


@pytest.mark.parametrize("typed", ["9", "0", "x", "44", "-1", "½"])
def test_a_key_that_is_no_answer_comes_back_with_everything_else(cast, wave, sheet, client_as, typed):
    tutor = client_as(cast.tutor)
    form = opened(tutor, sheet) | {"k-adults-1": typed, "k-adults-2": "3"}
    reply = tutor.post(address(sheet), form)
    assert reply.status_code == 422
    assert 'name="k-adults-2" value="3"' in reply.content.decode()
    assert "Type a digit from 1 to 5, R, or nothing." in reply.content.decode()
    assert not Receipt.objects.exists()


def test_only_the_adult_on_the_paper_types_it_in(cast, wave, sheet, client_as):
    for user in (cast.head, cast.survey_lead, cast.other_tutor, cast.pupil, cast.carer):
        client = client_as(user)
        assert client.get(address(sheet)).status_code == 404
        found = client.post(reverse("ask:paper-entry", args=[wave.pk]), {"number": sheet.number})
        assert found.status_code in (404, 422)


def test_a_new_sheet_makes_the_old_one_useless(cast, wave, sheet, client_as):
    print_sheets(cast.tutor, wave, cast.pupils[:1], helper=cast.tutor.person, group=cast.tutor_group)
    assert client_as(cast.tutor).get(address(sheet)).status_code == 404


def test_the_numbers_go_when_the_wave_closes(cast, wave, sheet, close):
    close(wave)
    assert not PaperSheet.objects.exists()


def test_unlinked_questions_are_not_on_paper(cast, in_school, draft, client_as):
    wave = actions.change_visibility(
        cast.survey_lead, draft, visibility={"adults-1": "unlinked"}, readers=["tutor"]
    )
    wave = actions.open_wave(cast.survey_lead, wave)
    (sheet,) = print_sheets(
        cast.tutor, wave, cast.pupils[:1], helper=cast.tutor.person, group=cast.tutor_group
    )
    tutor = client_as(cast.tutor)
    assert "k-adults-1" not in tutor.get(address(sheet)).content.decode()
    tutor.post(address(sheet), opened(tutor, sheet) | {"k-adults-1": "4", "k-adults-2": "4"})
    assert not UnlinkedSheet.objects.exists()
    assert PooledSheet.objects.get().answers == {"adults-2": 4}


def test_sheets_for_another_class_are_refused(cast, wave, client_as):
    url = reverse("ask:paper-class", args=[wave.pk, cast.other_group.pk])
    assert client_as(cast.tutor).get(url).status_code == 404


def test_somebody_outside_types_nothing_in(cast, wave):
    carer = make_person(cast.school, "carer", "Ida", "Home")
    with pytest.raises(Refused):
        print_sheets(cast.tutor, wave, cast.pupils[:1], helper=carer, group=cast.tutor_group)


def test_adults_by_name_are_found_by_a_part_of_it(cast, in_school, client_as):
    wave = plan(cast, "trusted-adults")
    wave = actions.open_wave(cast.survey_lead, wave)
    (sheet,) = print_sheets(
        cast.tutor, wave, cast.pupils[:1], helper=cast.tutor.person, group=cast.tutor_group
    )
    tutor = client_as(cast.tutor)
    item = next(line.item.id for line in tutor.get(address(sheet)).context["lines"] if line.kind == "names")
    unknown = tutor.post(address(sheet), opened(tutor, sheet) | {f"k-{item}": "Nobody Known"})
    assert "Nobody of that name can be chosen" in unknown.content.decode()
    tutor.post(address(sheet), opened(tutor, sheet) | {f"k-{item}": "mx senco\nMx Dsl"})
    chosen = SignedSheet.objects.get().adults[item]
    assert set(chosen) == {cast.senco.person.pk, cast.dsl.person.pk}


def test_families_and_staff_can_have_paper_too(cast, in_school, client_as):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff", years=()))
    url = reverse("ask:paper-people", args=[wave.pk])
    lead = client_as(cast.survey_lead)
    chosen = {"helper": cast.survey_lead.person.pk, "size": "usual", "people": [cast.senco.person.pk]}
    assert lead.post(url, chosen).content.decode().count("<article") == 1
    assert client_as(cast.tutor).get(url).status_code == 404


def test_a_sheet_can_be_in_the_language_of_the_home(cast, wave, client_as):
    Person.objects.filter(pk=cast.pupils[0].pk).update(home_language="pl-PL")
    url = reverse("ask:paper-class", args=[wave.pk, cast.tutor_group.pk])
    chosen = {
        "helper": cast.tutor.person.pk,
        "size": "usual",
        "people": [cast.pupils[0].pk, cast.pupils[1].pk],
    }
    page = client_as(cast.tutor).post(url, chosen | {"at_home": "on"}).content.decode()
    assert page.count('<article class="paper-sheet" lang="pl"') == 1
    assert page.count('<article class="paper-sheet" lang="en"') == 1
    sheet = PaperSheet.objects.get(person=cast.pupils[0])
    tutor = client_as(cast.tutor)
    tutor.post(address(sheet), opened(tutor, sheet) | {"k-adults-1": "2"})
    kept = PooledSheet.objects.get()
    assert (kept.answers, kept.how["language"]) == ({"adults-1": 2}, "pl")
