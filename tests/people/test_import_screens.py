"""Importing in the browser: who may, what is shown, what is remembered, what is never kept."""

import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from belong.people.models import ColumnMapping, Person, RosterImport
from belong.people.roster import keeping
from tests.people.files import UK, folder_zip, small, zipped
from tests.people.test_lists import SIMS

pytestmark = pytest.mark.alike

MAY = ("technician", "head", "survey_lead")
MAY_NOT = (
    "tutor",
    "other_tutor",
    "pastoral",
    "senco",
    "dsl",
    "governor",
    "analyst",
    "outside",
    "carer",
    "pupil",
)
LIST = "Adno,UPN,Surname,Forename,Reg\n91,,Bell,Nia,8H\n92,,Bond,Omar,8H\n"


def upload(client: Client, data: bytes | str, name: str = "list.csv"):
    data = data.encode() if isinstance(data, str) else data
    return client.post("/people/import/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def where(answer) -> str:
    return answer.redirect_chain[-1][0]


def seen(answer) -> str:
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]


def map_list(client: Client, answer, complete: str = "some", **other):
    """Confirm the guessed columns of a list as they stand."""
    form = answer.context["form"]
    said = {f"column_{at}": select.value() or "" for at, select in enumerate(form.selects())}
    return client.post(where(answer), said | {"who": "pupil", "complete": complete} | other, follow=True)


def go_ahead(client: Client, answer, **more):
    url = where(answer)
    return client.post(
        f"{url}apply/", {"seen": seen(answer), **more}, follow=True, HTTP_REFERER=f"http://testserver{url}"
    )


def kept_files(settings) -> list[Path]:
    return list((Path(settings.BELONG_HOME) / "uploads").glob("*"))


class TestAccess:
    @pytest.mark.parametrize("part", MAY)
    def test_who_may(self, cast, client_as, part):
        client = client_as(getattr(cast, part))
        assert client.get("/people/import/").status_code == 200
        assert "What are these columns?" in text(upload(client, LIST))

    @pytest.mark.parametrize("part", MAY_NOT)
    def test_who_may_not(self, cast, client_as, part):
        record = self._waiting(cast, client_as)
        client = client_as(getattr(cast, part))
        assert client.get("/people/import/").status_code == 403
        assert upload(client, LIST).status_code == 403
        for path in ("", "columns/", "school/", "set-aside.csv"):
            assert client.get(f"/people/import/{record}/{path}").status_code == 404
        for path in ("apply/", "cancel/", "columns/", "school/", "complete/"):
            assert client.post(f"/people/import/{record}/{path}").status_code == 404

    def test_a_strangers_school_sees_nothing_of_ours(self, cast, client_as):
        record = self._waiting(cast, client_as)
        client = client_as(cast.stranger)
        assert client.get(f"/people/import/{record}/").status_code == 404
        assert "list.csv" not in text(client.get("/people/import/"))

    def test_nobody_signed_in_is_sent_to_sign_in(self, db):
        assert "/sign-in/" in Client().get("/people/import/")["Location"]

    def _waiting(self, cast, client_as) -> int:
        upload(client_as(cast.technician), LIST)
        with scopes_disabled():
            return RosterImport.objects.get().pk


class TestList:
    def test_from_upload_to_result(self, cast, client_as, settings, django_capture_on_commit_callbacks):
        client = client_as(cast.technician)
        mapped = map_list(client, upload(client, LIST))
        assert "2 would change 0" in text(mapped).replace("would be added ", "")
        assert "Nia Bell" in text(mapped)
        with scopes_disabled():
            assert not Person.objects.filter(source_id="91").exists()
        with django_capture_on_commit_callbacks(execute=True):
            done = go_ahead(client, mapped)
        assert "The roster is imported." in text(done)
        with scopes_disabled():
            assert Person.objects.get(source_id="91").school == cast.school
        assert kept_files(settings) == []

    def test_the_mapping_is_remembered_by_its_headings(self, cast, client_as):
        client = client_as(cast.technician)
        map_list(client, upload(client, LIST), column_4="house")
        with scopes_disabled():
            assert ColumnMapping.objects.get().columns["Reg"] == "house"
        again = upload(client, "reg;Forename;Surname;UPN;ADNO\n8K;Pia;Cole;;93", "next.csv")
        assert "Look before you import" in text(again)
        with scopes_disabled():
            record = RosterImport.objects.first()
        assert record.columns == {
            "reg": "house",
            "Forename": "given_name",
            "Surname": "family_name",
            "UPN": "upn",
            "ADNO": "source_id",
        }

    def test_what_is_complete_is_never_assumed(self, cast, client_as):
        client = client_as(cast.technician)
        answer = map_list(client, upload(client, LIST), complete="")
        assert answer.status_code == 422
        assert "Does the list hold everyone of them?" in text(answer)

    def test_a_mapping_that_cannot_work_says_why(self, cast, client_as):
        client = client_as(cast.technician)
        answer = map_list(client, upload(client, LIST), column_2="", column_3="")
        assert answer.status_code == 422
        assert "No column holds a name." in text(answer)

    def test_guessing_again_for_staff(self, cast, client_as):
        client = client_as(cast.technician)
        answer = upload(client, "ID,First Name,Last Name,Type\n1,Mary,Ahmed,Teacher")
        again = client.post(answer.redirect_chain[-1][0], {"who": "staff", "again": "1"})
        assert again.context["form"]["who"].value() == "staff"
        assert again.context["form"]["column_3"].value() == "role"

    def test_the_technician_maps_special_columns_unseen(self, cast, client_as):
        page = text(upload(client_as(cast.technician), SIMS + "3,,Pike,Quin,,1/1/2013,M,8,8H,,E,x\n"))
        assert "not shown to you" in page
        assert "22/02/2013" in page
        leader = upload(client_as(cast.head), SIMS)
        samples = {row.heading: row.samples for row in leader.context["rows"]}
        assert samples["SEN Status"] == ["K"]
        hidden = {
            row.heading: row.samples for row in upload(client_as(cast.technician), SIMS).context["rows"]
        }
        assert (hidden["SEN Status"], hidden["PP"], hidden["Reg"]) == ([], [], ["8H"])

    def test_special_categories_are_counted_in_the_preview(self, cast, client_as):
        client = client_as(cast.technician)
        page = text(map_list(client, upload(client, SIMS)))
        assert "SEN provision 1 known" in page
        for view in ("added", "changed", "groups", "notes", "unused"):
            assert "EHCP" not in text(client.get(f"/people/import/{_last()}/?view={view}"))

    def test_only_those_who_have_it_are_counted(self, cast, client_as):
        rows = "".join(
            f"{at},Bell,Child {at},8H,{'KN'[at > 2]},{'YN'[at > 4]},{('REFU', 'WBRI')[at > 1]}\n"
            for at in range(12)
        )
        client = client_as(cast.survey_lead)
        page = text(
            map_list(client, upload(client, "Adno,Surname,Forename,Reg,SEN Status,PP,Ethnicity\n" + rows))
        )
        assert "SEN provision 3 of 12 known" in page
        assert "Pupil premium 5 of 12 known" in page
        assert re.search(r"Ethnic[a-z ]+ 10 known", page)

    def test_a_heading_nobody_knows_still_hides_ethnicity_codes(self, cast, client_as):
        rows = "Adno,Surname,Forename,Code X\n1,Bell,Nia,WBRI\n2,Bond,Omar,APKN\n"
        columns = {
            row.heading: row.samples for row in upload(client_as(cast.technician), rows).context["rows"]
        }
        assert columns["Code X"] == []


def _last() -> int:
    with scopes_disabled():
        return RosterImport.objects.first().pk


class TestFiles:
    def test_a_zip_goes_straight_to_the_preview(self, cast, client_as):
        page = upload(client_as(cast.head), zipped(small()), "roster.zip")
        assert "Look before you import" in text(page)

    def test_several_schools_are_asked_about(self, cast, client_as):
        client = client_as(cast.head)
        page = upload(client, folder_zip(UK), "uk.zip")
        assert "uk.zip holds several schools" in text(page)
        bad = client.post(
            where(page), {"org": "nonsense"}, HTTP_REFERER="http://testserver" + where(page), follow=True
        )
        assert "Choose one of the schools in the file." in text(bad)
        chosen = client.post(where(page), {"org": "10002"}, follow=True)
        assert "school in the file: Fabrikam High School" in text(chosen)

    def test_more_than_one_in_ten_must_be_confirmed_with_the_number(self, cast, client_as):
        client = client_as(cast.head)
        page = upload(client, zipped(small()), "roster.zip")
        assert "22 of 24 pupils (92 %) would leave." in text(page)
        for wrong in ({}, {"leaving": "23"}, {"leaving": "x"}, {"leaving": "9" * 40}):
            assert "Nothing was imported." in text(go_ahead(client, page, **wrong))
        with scopes_disabled():
            assert Person.objects.filter(left_on=None, school=cast.school, kind="pupil").count() == 24
        done = go_ahead(client, page, leaving="22")
        assert "Who left" in text(done)
        assert "Cerys Pugh" in text(done)

    def test_files_that_hold_only_some_send_nobody_away(self, cast, client_as):
        client = client_as(cast.head)
        url = where(upload(client, zipped(small()), "roster.zip"))
        some = client.post(f"{url}complete/", {"holds": "some"}, follow=True)
        assert "Nobody leaves with this import." in text(some)
        assert "would leave 0" in text(some)
        everyone = client.post(f"{url}complete/", {"holds": "everyone"}, follow=True)
        assert "22 of 24 pupils" in text(everyone)

    def test_what_was_shown_is_what_happens_or_nothing_does(self, cast, client_as):
        client = client_as(cast.head)
        page = map_list(client, upload(client, LIST))
        with scopes_disabled():
            Person.objects.create(
                school=cast.school, kind="pupil", source_id="91", given_name="Nia", family_name="Bell"
            )
        answer = go_ahead(client, page)
        assert "has changed since the preview, so nothing was imported" in text(answer)
        with scopes_disabled():
            assert not Person.objects.filter(source_id="92").exists()

    def test_going_ahead_twice_does_it_once(self, cast, client_as):
        client = client_as(cast.head)
        page = map_list(client, upload(client, LIST))
        go_ahead(client, page)
        assert "This import was already applied." in text(go_ahead(client, page))

    def test_cancelling_deletes_the_upload(
        self, cast, client_as, settings, django_capture_on_commit_callbacks
    ):
        client = client_as(cast.head)
        page = upload(client, LIST)
        assert len(kept_files(settings)) == 1
        record = _last()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/people/import/{record}/cancel/", follow=True)
        assert "Nothing was imported and the file is gone." in text(answer)
        assert kept_files(settings) == []
        assert "This import was cancelled" in text(client.get(f"/people/import/{record}/"))
        assert page.status_code == 200

    def test_an_upload_is_forgotten_after_a_day(self, cast, client_as, settings):
        client = client_as(cast.head)
        upload(client, LIST)
        (file,) = kept_files(settings)
        old = time.time() - keeping.KEPT_FOR - 60
        os.utime(file, (old, old))
        client.get("/people/import/")
        assert kept_files(settings) == []
        answer = client.get(f"/people/import/{_last()}/columns/")
        assert "files are kept for a day" in text(answer)

    def test_kept_files_are_for_the_server_only(self, cast, client_as, settings):
        upload(client_as(cast.head), LIST)
        (file,) = kept_files(settings)
        assert file.stat().st_mode & 0o077 == 0
        assert re.fullmatch(r"[0-9a-f]{48}\.json\.gz", file.name)

    @pytest.mark.parametrize(
        ("data", "name", "word"),
        [
            (b"%PDF-1.7", "roster.pdf", "is a PDF"),
            (b"PK\x03\x04broken", "roster.zip", "damaged"),
            (zipped(small() | {"../../etc/cron.d/x.csv": "a,b"}), "roster.zip", "points outside it"),
            (zipped({"users.csv": b"0" * 30_000_000}), "roster.zip", "unpacks to far more"),
            ("Surname,Forename\n", "empty.csv", "no lines below its headings"),
            ("hello\nworld\n", "note.csv", "is not a list of people"),
            (
                zipped(small(**{"users.csv": "name,role\nAnn,student"})),
                "r.zip",
                "has no column for “sourcedid”",
            ),
        ],
    )
    def test_refusals_are_said_where_the_file_was_chosen(self, cast, client_as, data, name, word):
        answer = upload(client_as(cast.head), data, name)
        assert answer.status_code == 422
        assert word in text(answer)
        with scopes_disabled():
            assert not RosterImport.objects.exists()

    def test_a_file_too_large(self, cast, client_as, monkeypatch):
        monkeypatch.setattr("belong.people.forms.LARGEST_UPLOAD", 10)
        assert "larger than 20 MB" in text(upload(client_as(cast.head), LIST))
