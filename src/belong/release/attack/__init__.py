"""An attacker for releases: tries from exported files all that an outsider, or somebody with a class list, could.

    told = [read(path) for path in files]
    report = attack(told, roll=read_roll(path))

It shares nothing with the engine's own audit but the meaning of bands and steps, so that each checks the other.
"""

from belong.release.attack.attacking import attack
from belong.release.attack.learned import Learned, Report, Tried
from belong.release.attack.reading import from_json, read
from belong.release.attack.roll import Roll, read_roll
from belong.release.attack.told import Told, Unreadable

__all__ = [
    "Learned",
    "Report",
    "Roll",
    "Told",
    "Tried",
    "Unreadable",
    "attack",
    "from_json",
    "read",
    "read_roll",
]
