"""The data map: moments in depth: notes home, observations, circle-backs owed, fair share."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
