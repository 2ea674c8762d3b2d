"""Several names in one phrase, the way the page's language joins them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def all_of(names: Sequence[str]) -> str:
    """`Mrs Ahmed, Mr Cole and Ms Oyelaran`; "" for nobody."""
    return _joined(names, _("%(some)s and %(last)s"))


def one_of(names: Sequence[str]) -> str:
    """`Mrs Ahmed, Mr Cole or Ms Oyelaran`; "" for nobody."""
    return _joined(names, _("%(some)s or %(last)s"))


def _joined(names: Sequence[str], ending: str) -> str:
    if len(names) < 2:
        return "".join(names)
    some = names[0]
    for name in names[1:-1]:
        some = _("%(some)s, %(next)s") % {"some": some, "next": name}
    return ending % {"some": some, "last": names[-1]}
