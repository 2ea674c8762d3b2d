"""The data map: nothing is held that is not in it, and the documents made from it are current."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection

from belong.base import registry
from belong.base.registry import KEEP, KEEP_NAMED, SUBJECT, Link
from belong.guard.rights import datamap, dpia
from belong.people.models import Person
from belong.site.command import main

DOCS = Path(__file__).parents[3] / "docs"
TABLES = [record for record in registry.records() if record.model_class is not None]


def test_every_model_is_in_the_map():
    declared = {record.model for record in registry.records()}
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert sorted(models - declared) == []


@pytest.mark.django_db
def test_every_table_of_the_database_is_in_the_map():
    declared = {record.model_class._meta.db_table for record in TABLES}
    declared |= {record.model for record in registry.records() if record.model_class is None}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert sorted(tables - declared - {"shared_cache"}) == []


def test_nothing_is_declared_that_is_gone():
    for record in registry.records():
        if "." in record.model and record.is_table:
            assert record.model_class._meta.label == record.model


def _end(model, path: str):
    """The model at the end of a path of fields."""
    for name in path.split("__"):
        if name == "pk":
            continue
        model = model._meta.get_field(name).related_model
    return model


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.model)
def test_every_path_leads_to_a_person(record):
    for link in record.about:
        if link.path:
            assert _end(record.model_class, link.path) is Person
        else:
            assert link.find is not None
    for name in (*record.words, *record.secret):
        assert record.model_class._meta.get_field(name)
    if record.wave and record.wave != "pk":
        assert _end(record.model_class, record.wave)._meta.label == "ask.Wave"


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.model)
def test_every_way_to_a_person_is_declared(record):
    """A column that points straight to a person is named by some path, so that erasure cannot meet it unprepared."""
    paths = {link.path for link in record.about}
    if record.model == "people.Person":
        return
    for field in record.model_class._meta.concrete_fields:
        if field.related_model is Person:
            assert field.name in paths, f"{record.model}.{field.name} is not in the data map"


def test_everything_is_said():
    clocks = registry.clocks()
    for record in registry.records():
        assert all((record.holds, record.why, record.basis, record.seen_by, record.kept)), record.model
        assert record.kept in clocks or " " in record.kept, f"{record.model}: no clock {record.kept!r}"
        if not record.about:
            assert not record.special


def test_what_stays_says_why():
    for record in registry.records():
        for link in record.about:
            if link.part == SUBJECT and link.erase in (KEEP, KEEP_NAMED):
                assert record.concern or record.note, (
                    f"{record.model} stays after an erasure and does not say why"
                )


def test_a_table_declared_twice_is_a_mistake():
    first = registry.record_of("notice.Moment")
    other = registry.Record(**{**first.__dict__, "why": "something else"})
    with pytest.raises(ValueError, match=r"notice\.Moment is declared twice"):
        registry.register([other])
    assert registry.record_of("notice.Moment") == first


def test_a_wrong_path_is_found():
    with pytest.raises(FieldDoesNotExist):
        _end(apps.get_model("notice.Moment"), Link("pupils").path)


@pytest.mark.parametrize(("name", "made"), [("data-map", datamap.markdown), ("dpia", dpia.markdown)])
def test_the_committed_document_is_current(name, made):
    file = DOCS / f"{name}.md"
    assert file.read_text("utf-8") == made(), (
        f"run `./run belong {name.replace('-', '')} --out docs/{name}.md`"
    )


def test_the_command_prints_and_writes(tmp_path, capsys):
    assert main(["datamap"]) == 0
    assert capsys.readouterr().out == datamap.markdown()
    assert main(["dpia", "--out", str(tmp_path / "dpia.md")]) == 0
    assert (tmp_path / "dpia.md").read_text("utf-8") == dpia.markdown()
    assert main(["datamap", "--out", str(tmp_path)]) == 1


def test_the_assessment_names_the_risk_of_compared_backups():
    risks = [risk for part in dpia.parts() for risk in part.risks]
    (compared,) = [risk for risk in risks if "backups" in risk.what and "compared" in risk.what]
    assert "until a wave has closed" in compared.left
