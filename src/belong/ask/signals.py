"""What higher rooms may hear from ask.

`wave_opening` (wave, user): receivers return a reason to refuse, or None. A senior leader may override such a
reason with one of their own, which is recorded on the wave.

`wave_opened` (wave) and `wave_closed` (wave): sent inside the transaction; start slow work with
`belong.base.jobs.enqueue`, which waits for the commit. `round_closed` (wave) is the same for a round of a check-in,
which is no wave to anybody else; `places_closed` (asking) for an asking about places.
"""

from django.dispatch import Signal

wave_opening = Signal()
wave_opened = Signal()
wave_closed = Signal()
round_closed = Signal()
places_closed = Signal()
