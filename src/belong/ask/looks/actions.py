"""Keeping how somebody wants questions to look."""

from collections.abc import Mapping

from belong.ask.looks.choices import known
from belong.ask.models import Look
from belong.base.actions import action
from belong.people.models import Person


@action
def keep_look(person: Person, choices: Mapping[str, str]) -> None:
    """Keep what differs from the usual; nothing is kept of somebody who wants it as usual. No time, no trail.

    The caller's pass says whose page it is: they came by a card or an account of their own, or showed their pictures or
    number.
    """
    wanted = known(choices)
    if wanted:
        Look.objects.update_or_create(school_id=person.school_id, person=person, defaults={"choices": wanted})
    else:
        Look.objects.filter(person=person).delete()
