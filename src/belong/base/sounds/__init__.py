"""Short sound files, read container by container: what holds sound is kept, everything else in the file is blanked.

A recording made on a phone can carry the place where it was made, the owner's name, pictures, even a film. Each
reader here walks the whole file as its standard says, refuses what does not add up, and gives back the same sound
without titles, places and pictures: `clean(data) -> (data, seconds)`, or raises `NotSound` with a reason.
"""

from belong.base.sounds.damage import NotSound
from belong.base.sounds.kinds import KINDS, SoundKind, kind_of

__all__ = ["KINDS", "NotSound", "SoundKind", "kind_of"]
