"""A web server writes a line for every request: an address, a moment, often who. In order, which is enough.

The n-th "POST /answers" is the n-th sheet, and the address of a card holds its token. belong's server keeps no access
log, and what the program itself says about a page for answering is which kind of reply it was.
"""

import re

from belong.site.command import serve
from tests.attacks.attackers import View, by_order_of_names


def _by_log(view: View):
    return by_order_of_names(view, view.log)


def test_log_lines_link_nobody(scene):
    scene.holds(_by_log)


def test_nothing_that_was_logged_names_a_pupil_a_card_or_an_answer(scene):
    said = "\n".join(scene.log)
    assert not re.search(r"Nia\d|/a/c/|adults-1|place-1", said)
    assert not [submission for submission in scene.submissions if submission in said.replace("-", "")]


def test_the_server_is_started_without_an_access_log(monkeypatch):
    started = []

    class Started:
        returncode = 0

        def __init__(self, words):
            started.append(words)

        def poll(self):
            return 0

        def wait(self, timeout):
            return 0

    monkeypatch.setattr(serve.subprocess, "Popen", Started)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
    serve.supervise("localhost", 1)
    server = next(words for words in started if "granian" in words)
    assert not [word for word in server if "access-log" in word and word != "--no-access-log"]
    assert server[server.index("--log-level") + 1] == "warning"
