"""The planted words where nobody looks for them: error pages, logs, jobs, mails; and doors that are not there."""

import logging
import re
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from belong.ask import actions
from belong.ask.models import Wave
from belong.people.models import CarerLink
from belong.site.logs import Plain
from tests.conftest import browser_of
from tests.matrix.pdf import words_of
from tests.matrix.table import ROLES, TABLE
from tests.matrix.test_leaks import ROUTES
from tests.matrix.walking import addresses_of
from tests.matrix.world import CANARIES, NAME

pytestmark = pytest.mark.alike

ROWS = [row for rows in TABLE.values() for row in rows]
ADDRESS_OR_KIND = re.compile(r"https?://[\w.:]+/?|[a-z_]{0,12}")
CARER = ROLES.index("carer")
OPEN_TO_CARERS = [row for row in ROWS if row.letters["GET"][CARER] == "y"]


def held(text: str) -> set[str]:
    return {name for name, word in CANARIES.items() if word in text}


def test_the_words_of_a_pdf_can_be_read(world, visitors):
    """Else a leak into one would go unseen."""
    answer = visitors.ask(
        "head", "GET", reverse("tell:governors-pdf", args=[world.places["told"]["wave_id"]])
    )
    shown = words_of(answer.content)
    assert "Thepartsofbelonging" in shown
    assert "Questions" in shown


def test_a_page_about_a_mistake_of_ours_holds_nothing(world, cast, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError(CANARIES["note"])

    monkeypatch.setattr("belong.notice.views.pupils.pupil_page", broken)
    logging.disable(logging.CRITICAL)
    browser = browser_of(cast.tutor)
    browser.raise_request_exception = False
    answer = browser.get(reverse("notice:pupil", args=[world.places["own"]["pupil_id"]]))
    logging.disable(logging.NOTSET)
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong here" in html
    assert not held(html)
    assert not [word for word in (cast.school.name, "Mx Tutor", "Traceback", "ValueError") if word in html]


def test_pages_that_refuse_repeat_nothing(world, cast):
    """400, 403, 404, 405, 409 and 422, each asked for with planted words in hand by somebody who may not read them."""
    logging.disable(logging.CRITICAL)
    outside, tutor, pupil = (
        browser_of(cast.outside),
        browser_of(cast.other_tutor),
        world.places["own"]["pupil_id"],
    )
    page = reverse("notice:pupil", args=[pupil])
    answers = {
        400: outside.get("/", headers={"Host": "elsewhere.test"}),
        403: outside.get(reverse("people:list"), {"q": NAME}),
        404: outside.get(page),
        405: outside.post(page, {"note": CANARIES["note"]}),
        409: tutor.post(reverse("notice:undo-moment", args=[world.places["own"]["submission"]])),
        422: tutor.post(
            reverse("notice:moment", args=[world.places["other"]["pupil_id"]]), {"kind": "observation"}
        ),
    }
    csrf = Client(enforce_csrf_checks=True)
    csrf.cookies = outside.cookies
    logging.disable(logging.NOTSET)
    assert {code: answer.status_code for code, answer in answers.items()} == {code: code for code in answers}
    assert csrf.post(reverse("notice:moment", args=[pupil]), {"note": CANARIES["note"]}).status_code == 403
    for code, answer in answers.items():
        assert not held(answer.content.decode() + repr(answer.headers)), code


def test_the_log_holds_none_of_the_words(world, cast, caplog):
    """Everything that is logged, at the finest grain, while those who may read the words read them, and others try."""
    caplog.set_level(logging.DEBUG)
    for user in (cast.tutor, cast.pastoral, cast.dsl, cast.outside):
        browser = browser_of(user)
        for row in ROWS:
            if row.route in ("notice:pupil", "ask:texts", "ask:named", "people:person", "notice:group"):
                browser.get(addresses_of(world, row, ROUTES[row.route])[0])
        browser.post(
            reverse("notice:moment", args=[world.places["own"]["pupil_id"]]), {"note": CANARIES["note"]}
        )
    said = "\n".join(record.getMessage() + str(record.exc_text or "") for record in caplog.records)
    assert len(caplog.records) > 5
    assert not held(said)


def test_what_the_database_quotes_of_a_row_is_left_out_of_the_log():
    quoted = 'null value in column "x"\nDETAIL:  Failing row contains (12, Quillfeather).\n'
    try:
        raise ValueError(quoted)
    except ValueError:
        record = logging.LogRecord("belong", logging.ERROR, "", 0, "Broken", None, sys.exc_info())
    line = Plain("%(levelname)s %(message)s").format(record)
    assert "ERROR Broken" in line
    assert 'null value in column "x"' in line
    assert NAME not in line
    assert settings.LOGGING["formatters"]["plain"]["()"] == "belong.site.logs.Plain"


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_jobs_and_mails_hold_none_of_the_words(world, cast, django_capture_on_commit_callbacks):
    """A job row keeps its arguments: ids and addresses of pages. A mail goes to staff about their own link."""
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(cast.head).post(reverse("ask:mail-links", args=[world.places["staff"]["wave_id"]]))
        browser_of(cast.technician).post(reverse("people:invite", args=[cast.tutor.person.pk]))
        actions.close_wave(cast.head, Wave.objects.get(pk=world.places["open"]["wave_id"]))
    jobs = list(DBTaskResult.objects.all())
    assert {job.task_path.rpartition(".")[2] for job in jobs} >= {"rewrite_answers", "mail_links"}
    for job in jobs:
        assert not held(repr(vars(job)))
        values = job.args_kwargs["kwargs"].values()
        assert [
            value for value in values if not (isinstance(value, int) or ADDRESS_OR_KIND.fullmatch(value))
        ] == []
    assert mail.outbox
    for sent in mail.outbox:
        assert not held(f"{sent.subject} {sent.body} {sent.to} {sent.extra_headers}")


def test_the_administration_of_the_framework_is_off(cast):
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("django.contrib.admin")]
    assert settings.DEBUG is False
    for path in ("/admin/", "/admin/login/", "/__debug__/"):
        assert browser_of(cast.head).get(path).status_code == 404


def test_a_carer_reads_nothing_about_a_child_whether_or_not_they_may_see(world, cast, visitors):
    """Carers get what the school publishes and, while they may see, their own child's page; never an adult's words."""
    found = {}
    for may_see in (True, False):
        CarerLink.objects.update(may_see=may_see)
        found[may_see] = []
        for row in OPEN_TO_CARERS:
            if row.route == "notice:family":
                continue  # leads on to the only child there is
            answer = visitors.ask("carer", "GET", addresses_of(world, row, ROUTES[row.route])[0])
            found[may_see].append((str(row), answer.status_code))
            if answer.get("Content-Type", "text/html").startswith("text/"):
                assert not held(answer.content.decode()), row
    closed = {row: then for (row, now), (_, then) in zip(*found.values(), strict=True) if now != then}
    assert closed == dict.fromkeys(closed, 404)
    assert {row.split()[1] for row in closed} == {"own-child"}
    assert {"notice:child own-child", "notice:name-sound own-child"} <= set(closed)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_every_refusal_has_a_page_of_the_house(name):
    from django.template.loader import get_template

    html = get_template(name).render()
    assert 'lang="en-gb"' in html.lower()
    assert "Go to the first page" in html
