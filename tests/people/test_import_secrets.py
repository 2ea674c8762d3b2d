"""Importing: what is set aside, what stays secret, what the history says."""

import csv
import gzip
import io
import re

import pytest
from django.apps import apps
from django.db import connection, models
from django_scopes import scopes_disabled

from belong.people.models import Person
from tests.people.files import SDS, UK, folder_zip, small, zipped
from tests.people.test_import_screens import (
    LIST,
    _last,
    go_ahead,
    kept_files,
    map_list,
    text,
    upload,
    where,
)

pytestmark = pytest.mark.alike


class TestSetAside:
    ROWS = "Adno,UPN,Surname,Forename,Reg\n91,,Bell,Nia,8H\n1.2E+11,,Bond,Omar,8H\n91,,Cole,Pia,8H\n"

    def _csv(self, client, record) -> list[list[str]]:
        answer = client.get(f"/people/import/{record}/set-aside.csv")
        assert answer["Cache-Control"] == "no-store"
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_reasons_before_and_after(self, cast, client_as):
        client = client_as(cast.head)
        page = map_list(client, upload(client, self.ROWS))
        record = _last()
        before = self._csv(client, record)
        assert [row[:3] for row in before[1:]] == [["list.csv", "3", "Adno"], ["list.csv", "4", "Adno"]]
        go_ahead(client, page)
        assert self._csv(client, record) == before
        assert "The id is the same as on line 2." in text(client.get(f"/people/import/{record}/"))

    def test_no_cell_of_the_download_is_a_formula(self, cast, client_as):
        client = client_as(cast.head)
        rows = self.ROWS.replace("Adno", "=HYPERLINK(1)")
        answer = upload(client, rows)
        map_list(client, answer, column_0="source_id")
        cells = [cell for row in self._csv(client, _last()) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


class TestSecrets:
    """No password of a file is ever written anywhere or shown to anyone."""

    @pytest.mark.parametrize(
        ("folder", "org", "secret"), [(UK, "10001", "P@ssw"), (SDS, "110003", "P@ssword123")]
    )
    def test_samples(self, cast, client_as, settings, folder, org, secret):
        data = folder_zip(folder)
        assert any(secret in file.read_text() for file in folder.glob("*.csv"))
        client = client_as(cast.head)
        page = upload(client, data, "roster.zip")
        if "school/" in where(page):
            page = client.post(where(page), {"org": org}, follow=True)
        (kept,) = kept_files(settings)
        assert secret.encode() not in gzip.decompress(kept.read_bytes())
        pages = [
            client.get(f"{where(page)}?view={view}")
            for view in ("added", "aside", "notes", "unused", "groups")
        ]
        assert not [one for one in [page, *pages] if secret in one.content.decode()]
        leaving = re.search(r"in all: (\d+)", text(page))[1]
        done = go_ahead(client, page, leaving=leaving)
        assert secret not in done.content.decode()
        assert _rows_holding(secret) == []

    def test_the_search_would_find_one(self, cast):
        with scopes_disabled():
            Person.objects.filter(pk=cast.pupils[0].pk).update(said_like="P@ssw0rd")
        assert _rows_holding("P@ssw") == ["people_person.said_like"]


def _rows_holding(secret: str) -> list[str]:
    """Every text column of every table that holds the text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                    table, column = model._meta.db_table, field.column
                    quoted = connection.ops.quote_name(column)
                    cursor.execute(
                        f"SELECT 1 FROM {connection.ops.quote_name(table)} WHERE CAST({quoted} AS text) LIKE %s",
                        [f"%{secret}%"],
                    )
                    if cursor.fetchone():
                        found.append(f"{table}.{column}")
    return found


def test_the_history_says_who_did_what(cast, client_as):
    client = client_as(cast.technician)
    go_ahead(client, map_list(client, upload(client, LIST)))
    page = text(client_as(cast.head).get("/people/import/"))
    assert "list.csv" in page
    assert "by Mx Technician" in text(client.get(f"/people/import/{_last()}/"))
    assert "2 added, 0 changed, 0 left" in page


def test_a_second_look_at_the_same_file_says_so(cast, client_as):
    client = client_as(cast.head)
    go_ahead(client, map_list(client, upload(client, LIST)))
    again = upload(client, LIST)
    assert "Everything in this file is here already." in text(again)
    assert "Import now" not in text(again)


def test_every_tab_of_the_preview_opens(cast, client_as):
    client = client_as(cast.head)
    users = small()["users.csv"].replace("p2,", "p1,")
    page = upload(client, zipped(small(**{"users.csv": users})), "roster.zip")
    said = {
        view: text(client.get(f"{where(page)}?view={view}"))
        for view in ("added", "changed", "left", "groups", "aside", "notes", "unused")
    }
    assert "Mary Ahmed staff 8H users.csv, line 4" in said["added"]
    assert "Amina Yusuf Id in the school&#x27;s system: corrected" in said["changed"]
    assert "Cerys Pugh pupil, Year 8 not in the file has none" in said["left"]
    assert "Ben Carter" not in said["left"]
    assert "8H" in said["groups"]
    assert "The id p1 was already used on line 2." in said["aside"]
    assert "users.csv password" in said["unused"]
