"""Looking recognitions through before anybody sees them: approve, change the words, decline, look again."""

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.notice.models import NOTE_LENGTH, Recognition
from belong.notice.recognition.names import other_names
from belong.people.models import User


@action
def approve(actor: User, *, recognition: Recognition, words: str = "", note: str = "") -> Recognition:
    """Let the pupil see it. With other `words` the first ones are kept, and `note` tells the giver why."""
    row = _waiting(actor, recognition)
    words, note = words.strip() or row.words, _short(note)
    _short(words)
    if found := other_names(words, besides=(row.pupil, row.by)) if words != row.words else []:
        raise Refused(f"Your words name another pupil: {found[0].text}. Nothing was changed.")
    if words != row.words:
        row.first_words, row.words = row.first_words or row.words, words
    return _decide(actor, row, Recognition.APPROVED, note, "notice.approve_recognition")


@action
def decline(actor: User, *, recognition: Recognition, reply: str) -> Recognition:
    """Keep it from being shown, with kind words to whoever gave it. The pupil it was about never learns of it."""
    row, reply = _waiting(actor, recognition), _short(reply)
    if not reply:
        raise Refused("Write a line to whoever sent it: they wanted to do something kind.")
    return _decide(actor, row, Recognition.DECLINED, reply, "notice.decline_recognition")


@action
def look_again(actor: User, *, recognition: Recognition) -> Recognition:
    """Take a decision back: it waits again and nobody sees it. What a moderator wrote to the giver goes, too."""
    require(actor, "notice.look_through", recognition)
    if recognition.state == Recognition.WAITING:
        raise Refused("It is waiting already.")
    recognition.words = recognition.first_words or recognition.words
    recognition.first_words = recognition.reply = ""
    recognition.state, recognition.decided_by, recognition.decided_at = Recognition.WAITING, None, None
    recognition.save()
    audit(actor, "notice.look_again", recognition, pupils=[recognition.pupil_id])
    return recognition


def _waiting(actor: User, recognition: Recognition) -> Recognition:
    """The row as it is now, locked: two adults may decide at the same time, and the first decision holds."""
    require(actor, "notice.look_through", recognition)
    row = Recognition.objects.select_for_update().get(pk=recognition.pk)
    if row.state != Recognition.WAITING:
        by = recognition.decided_by or row.decided_by
        who = by.display_name if by else "Somebody"
        raise Refused(f"{who} has already looked at this one. Nothing was changed.")
    return row


def _decide(actor: User, row: Recognition, state: str, reply: str, verb: str) -> Recognition:
    row.state, row.reply, row.decided_by, row.decided_at = state, reply, actor.person, now()
    row.save()
    audit(actor, verb, row, pupils=[row.pupil_id])
    return row


def _short(words: str) -> str:
    words = words.replace("\x00", "").strip()
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nothing was changed.")
    return words
