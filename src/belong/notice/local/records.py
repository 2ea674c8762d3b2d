"""The data map: local knowledge for staff: places, shops, festivals, who to meet."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
