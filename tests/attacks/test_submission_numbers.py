"""A number that makes a resend harmless stands with the receipt and, in most designs, with the answers.

It must: how else would the server know that the sheet it is sent again is the one it has? belong keeps it on the
receipt and on the sheet that bears the pupil's name anyway, never on pooled or unlinked answers, and forgets it at
the close.
"""

from tests.attacks.attackers import View, by_shared_value


def _by_submission(view: View):
    naively = "submission_id" in view.said[0]
    return by_shared_value(view, ["naive_receipt"] if naively else ["ask_receipt", "ask_signedsheet"])


def test_submission_numbers_link_nobody(scene):
    scene.holds(_by_submission)


def test_they_are_forgotten_at_the_close(scene):
    for moment, wanted in (("open", 40), ("closed", 0)):
        for name in ("ask_receipt", "ask_signedsheet"):
            rows = scene.copies[moment].tables[name]
            assert len({row["submission_id"] for row in rows} - {None}) == wanted


def test_in_no_byte_of_the_files_is_one_left(scene):
    """The same search finds them all while the wave is open."""
    for moment, wanted in (("open", 40), ("closed", 0)):
        raw = scene.copies[moment].raw
        assert sum(any(form in raw for form in _forms(one)) for one in scene.submissions) == wanted


def _forms(submission: str) -> list[bytes]:
    return [submission.encode(), bytes.fromhex(submission)]
