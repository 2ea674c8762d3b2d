"""`belong badge` as a stranger types it: words, exit codes, no school and no network needed to verify."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import belong
from belong.notice.badges import actions, drawing
from belong.notice.badges.credential import bake
from belong.notice.badges.taking import take_badge
from belong.site.command import main
from tests.notice.badges import made

pytestmark = pytest.mark.alike


@pytest.fixture
def files(tmp_path):
    """A sound badge in each wrapping, our key file and list, and one of each kind of trouble."""
    by = made.signer()
    stranger = made.signer(made.OTHER_SEED)
    text = made.as_file(made.document())
    contents = {
        "good.json": text,
        "good.jwt": made.token(),
        "good.png": bake(drawing.png("circle", "star", "teal"), text.decode()),
        "good.svg": bake(drawing.svg("circle", "star", "teal", "Star"), made.token().decode()),
        "unlisted.json": made.as_file(made.document(status_list="")),
        "expired.json": made.as_file(made.document(until=made.given().since)),
        "stranger.json": made.as_file(made.document(by=stranger)),
        "changed.json": text.replace(b"Steadfast", b"Stedfast "),
        "nothing.txt": b"hello",
        "keys.json": made.as_file(made.key_file()),
        "list.json": made.status_list(at=made.datetime.now(made.UTC), by=by),
        "withdrawn.json": made.status_list(made.PLACE, at=made.datetime.now(made.UTC), by=by),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(capsys, *words):
    code = main(["badge", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def verify(capsys, files, name, *, issuer="keys.json", status="list.json"):
    more = [
        *(("--issuer", files / issuer) if issuer else ()),
        *(("--status", files / status) if status else ()),
    ]
    return run(capsys, "verify", files / name, *more)


@pytest.mark.parametrize("name", ["good.json", "good.jwt", "good.png", "good.svg"])
def test_a_sound_badge(files, capsys, name):
    code, out, _ = verify(capsys, files, name)
    assert code == 0
    assert "Valid." in out
    assert "not checked" not in out
    without = verify(capsys, files, name, status=None)
    assert without[0] == 3
    assert "revocation not checked" in without[1]
    assert "valid" not in without[1].lower()


@pytest.mark.parametrize(
    ("name", "more", "code", "words"),
    [
        ("unlisted.json", {"status": None}, 0, "Genuine; revocation not checked."),
        ("unlisted.json", {}, 0, "Genuine; revocation not checked."),
        ("expired.json", {}, 1, "It expired on 3 March 2024."),
        ("stranger.json", {}, 1, "It names another issuer"),
        ("changed.json", {}, 1, "Its signature does not fit"),
        ("nothing.txt", {}, 1, "holds no badge"),
        ("good.json", {"status": "withdrawn.json"}, 1, "It was withdrawn by its issuer."),
        ("good.json", {"issuer": None}, 3, "--issuer"),
    ],
)
def test_what_it_says(files, capsys, name, more, code, words):
    found, out, _ = verify(capsys, files, name, **more)
    assert (found, words in out) == (code, True), out
    assert code == 0 or "Valid." not in out


def test_the_worst_of_several_decides(files, capsys):
    given = ("--issuer", files / "keys.json", "--status", files / "list.json")
    assert run(capsys, "verify", files / "good.json", files / "expired.json", *given)[0] == 1
    code, out, _ = run(capsys, "verify", files / "good.json", files / "good.jwt", "--json", *given)
    assert code == 0
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["valid", "valid"]


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "missing.png"),
        ("verify", "good.json", "--issuer", "missing.json"),
        ("verify", "good.json", "--issuer", "nothing.txt"),
        ("verify", "good.json", "--status", "nothing.txt"),
        ("extract", "nothing.png"),
        ("bake", "nothing.txt", "good.svg", "--out", "x.svg"),
    ],
)
def test_slips(files, capsys, monkeypatch, words):
    monkeypatch.chdir(files)
    code, _, err = run(capsys, *words)
    assert code == 2
    assert err.startswith("belong badge: ")


def test_extract_and_bake(files, capsys):
    assert json.loads(run(capsys, "extract", files / "good.png")[1]) == made.document()
    (files / "plain.svg").write_bytes(drawing.svg("star", "sun", "blue", "Sun"))
    assert run(capsys, "bake", files / "good.jwt", files / "plain.svg", "--out", files / "new.svg")[0] == 0
    assert verify(capsys, files, "new.svg")[0] == 0
    assert run(capsys, "bake", files / "good.jwt", files / "good.svg", "--out", files / "no.svg")[0] == 2


def test_verifying_needs_no_school_and_no_network(files):
    """A process of its own in which nothing can be connected to or looked up, on a machine without a database."""
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('the network was asked for')\n"
        "socket.socket = type('Closed', (socket.socket,), {'connect': refuse, 'connect_ex': refuse})\n"
        "socket.create_connection = socket.getaddrinfo = refuse\n"
        "from belong.site.command import main\n"
        "code = main(sys.argv[1:])\n"
        "assert 'django.db' not in sys.modules, 'the database was touched'\n"
        "sys.exit(code)"
    )
    words = ["badge", "verify", "good.png", "--issuer", "keys.json", "--status", "list.json"]
    env = os.environ | {"PYTHONPATH": str(Path(belong.__file__).parents[1])}
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, cwd=files, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Valid." in done.stdout


def test_the_schools_own_files(cast, in_school, files, capsys):
    look = {"shape": "circle", "sign": "star", "colour": "teal"}
    badge = actions.make_badge(cast.head, name="Friend", criteria="x", **look)
    award = actions.give_badge(cast.tutor, badge, [cast.pupils[0]])[0]
    code, out, _ = run(capsys, "status", "--school", "oak-park")
    assert (code, "no list" in out) == (0, True)
    (files / "mine.png").write_bytes(take_badge(cast.pupil, award).data)
    assert run(capsys, "keys", "--school", "oak-park", "--out", files / "school.json")[0] == 0
    assert run(capsys, "status", "--school", "oak-park", "--out", files / "lists")[0] == 0
    listed = next((files / "lists").glob("*.json"))
    given = ("--issuer", files / "school.json", "--status", listed)
    assert run(capsys, "verify", files / "mine.png", *given)[0] == 0
    assert run(capsys, "rotate", "--school", "oak-park", "--compromised")[0] == 0
    run(capsys, "keys", "--school", "oak-park", "--out", files / "school.json")
    assert run(capsys, "verify", files / "mine.png", *given)[0] == 1
    code, _, err = run(capsys, "keys", "--school", "nowhere")
    assert (code, "oak-park" in err) == (2, True)
