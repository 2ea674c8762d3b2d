"""What each page of a release holds: a dictionary of charts, sentences and links, made from a `Reading`."""

from belong.see.pages.gap import gap
from belong.see.pages.groups import groups
from belong.see.pages.method import method
from belong.see.pages.overview import overview
from belong.see.pages.parts import items, part
from belong.see.pages.why import missing, why

__all__ = ["gap", "groups", "items", "method", "missing", "overview", "part", "why"]
