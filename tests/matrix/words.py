"""Words that stand in the world of the table of addresses once, and nowhere else: who finds one has read it there."""

from tests.matrix.cast.checkins import LINE
from tests.matrix.cast.places import WORDS as PLACE_WORDS
from tests.matrix.cast.walls import WORDS as WALL_WORDS

NAME = "Quillfeather"
CANARIES = {
    "name": NAME,
    "note": "canary-note: waited for a friend",
    "observation": "canary-observation: sat alone",
    "reason": "canary-reason: we fell out",
    "knowing": "canary-knowing: his grandmother",
    "named": "canary-named: yes please",
    "text": "canary-text: nobody asks me",
    "talk up": "canary-talk-up: her cornet",
    "special": "canary-special",
    "match": "canary-match: likes chess",
    "care": "canary-care: walks in with him",
    "place": PLACE_WORDS,
    "wall": WALL_WORDS,
    "board": "canary-board: for the day you sat with me",
    "left off": "canary-left-off: moved away from an uncle",
    "hand over": "canary-hand-over: a minute to settle",
    "profile": "canary-profile: my hearing aid",
    "draft": "canary-draft: a break at ten",
    "held": "canary-held: please read",
    "recognition": "canary-recognition: shared the last biscuit",
    "badge": "canary-badge: waited every lunchtime",
    "promise": "canary-promise: about the trip",
    "home": "canary-home: carried the chairs",
    "concern": "canary-concern: lunch today",
    "line": LINE,
    "about the lead": "canary-lead: maths today",
    "about the head": "canary-head: music today",
}
