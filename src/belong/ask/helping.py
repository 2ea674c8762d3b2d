"""An adult who reads or types for somebody: said on the page beside every question, and kept with the sheet.

The name is typed by the adult, or tapped where it is known: the teacher who opened the class session, and whoever is
signed in on the device. It goes no further than the page; the sheet only says that somebody helped (`ask.how`).
"""

from django.http import HttpRequest

from belong.ask.answers import clean
from belong.ask.views.child import device_of

LONGEST_NAME = 60


def helper_named(request: HttpRequest) -> str:
    """The helper's name in a posted form, on one line and without tricks; "" where nobody helps."""
    return " ".join(clean(request.POST.get("helper", "")).split())[:LONGEST_NAME]


def helpers_near(request: HttpRequest) -> list[str]:
    """Adults who are known to be near: whoever opened this class session, whoever is signed in here."""
    device = device_of(request)
    users = [device.session.opened_by] if device is not None else []
    users += [request.user] if request.user.is_authenticated else []
    people = [user.person for user in users if user is not None and user.person is not None]
    return list(dict.fromkeys(person.display_name for person in people if person.kind == person.STAFF))
