"""The data map: greeting well: how to say a name, who is back, what colleagues talk up."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
