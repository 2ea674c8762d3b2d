"""The naive design: what a questionnaire usually keeps, in tables of its own, filled by the same answering.

A receipt and an answer with running numbers, times, the session and the submission; a line in an access log and one in
an audit trail; a job per submission; a draft in the cache that is deleted when the sheet comes in.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import connection

from belong.base.clock import now

SERIAL = {"sqlite": "integer PRIMARY KEY AUTOINCREMENT", "postgresql": "bigserial PRIMARY KEY"}
COLUMNS = {
    "naive_receipt": "person_id bigint, at text, submission_id text, session_key text",
    "naive_answer": "at text, submission_id text, session_key text, answers text",
    "naive_session": "session_key text, person_id bigint, last_seen text",
    "naive_trail": "actor_id bigint, verb text, at text",
    "naive_job": "name text, arguments text",
    "naive_cache": "cache_key text, value text",
    "naive_draft": "note text",
}


def build() -> None:
    """Make the tables."""
    with connection.cursor() as cursor:
        for name, columns in COLUMNS.items():
            cursor.execute(f"CREATE TABLE {name} (id {SERIAL[connection.vendor]}, {columns})")


def tear_down() -> None:
    with connection.cursor() as cursor:
        for name in COLUMNS:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")


def submit(person_id: int, submission: str, answers: dict[str, Any], minute: int, log: list[str]) -> None:
    """One pupil's sheet, kept the naive way; a draft was kept meanwhile, and is deleted."""
    at = (now() + timedelta(minutes=minute)).isoformat()
    session, said = f"session-{submission[:12]}", json.dumps(answers)
    log.append(f"10.0.0.{minute % 4} [{at}] pupil {person_id} POST /answers 201")
    _insert("naive_session", session_key=session, person_id=person_id, last_seen=at)
    _insert("naive_cache", cache_key=f"sheet-of-{person_id}", value=said)
    _insert("naive_draft", note=f"draft-of-{person_id}-{said}")
    _insert("naive_trail", actor_id=person_id, verb="answered", at=at)
    linked = {"at": at, "submission_id": submission, "session_key": session}
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        _insert("naive_receipt", person_id=person_id, **linked)
        _insert("naive_answer", answers=said, **linked)
        cursor.execute("COMMIT")
        cursor.execute("SELECT max(id) FROM naive_answer")
        _insert(
            "naive_job",
            name="score",
            arguments=json.dumps({"person": person_id, "answer": cursor.fetchone()[0]}),
        )


def forget_drafts() -> None:
    """Delete the drafts as most programs do: the rows go, their bytes stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=OFF")
        cursor.execute("DELETE FROM naive_draft")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=ON")


def _insert(table: str, **row: Any) -> None:
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))
