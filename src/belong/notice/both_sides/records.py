"""The data map: what pupils said of adults beside what adults say they know; matches offered and accepted."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
