"""The data map: recognition tied to the school's own values and traits, and each pupil's timeline."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
