"""The data map: keeping relationships on purpose: strategies, intentions, weeks until the next look, handing over."""

from belong.base.registry import Clock, Record

RECORDS: tuple[Record, ...] = ()
CLOCKS: tuple[Clock, ...] = ()
