"""What the record says in words, for adults; what pupils read stands in `content/texts/talk.yaml`."""

from belong.guard.models import Concern, ConcernEntry

KINDS = {
    Concern.WORDS: "Words in an answer",
    Concern.ASKED: "Asked for an adult",
    Concern.ADULT: "Raised by an adult",
    Concern.CHANGE: "A change from their usual",
    Concern.TEST: "A test of the way",
}
ICONS = {
    Concern.WORDS: "ask",
    Concern.ASKED: "voice",
    Concern.ADULT: "person",
    Concern.CHANGE: "eye",
    Concern.TEST: "check",
}
NEW, TAKEN, SORTED, PASSED = "new", "taken", "sorted", "passed"
STATES = {
    NEW: "Nobody has taken it on",
    TAKEN: "Somebody has it",
    SORTED: "Sorted",
    PASSED: "Passed on",
}
OUTCOMES = dict(ConcernEntry.OUTCOMES)
DID = {
    ConcernEntry.RAISED: "came in",
    ConcernEntry.READ: "read this",
    ConcernEntry.ACKNOWLEDGED: "took it on",
    ConcernEntry.NOTED: "noted",
    ConcernEntry.REOPENED: "opened it again",
    ConcernEntry.CORRECTED: "corrected an earlier entry",
    ConcernEntry.EXPORTED: "took a copy out",
    ConcernEntry.ACCEPTED: "will talk with them",
    ConcernEntry.MISSED: "says that it didn’t happen, so it is new again",
    ConcernEntry.STILL: "still wants to talk, so it is new again",
    ConcernEntry.FINE: "says that it’s all right now; an adult decides whether it has ended",
    ConcernEntry.ERASED: "deleted the words at the end of their time",
}
