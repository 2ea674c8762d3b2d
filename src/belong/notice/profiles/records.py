"""The data map: one page per pupil, approved by the pupil, each field with its audience."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
