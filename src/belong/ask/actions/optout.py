"""Taking no part, and taking part again."""

from belong.ask.models import OptOut, Ticket
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.models import Person, User


@action
def opt_out(user: User, *, person: Person, asked_by: str) -> OptOut:
    """From today this person is not asked; cards and links they hold stop working. Past waves: `withdraw_answers`."""
    require(user, "ask.note_opt_out", person)
    if asked_by not in dict(OptOut.ASKERS):
        raise Refused("Say who asked: the person themselves, or a carer.")
    if asked_by == OptOut.CARER and person.kind != Person.PUPIL:
        raise Refused("A carer speaks for a pupil only.")
    if OptOut.objects.filter(person=person, ended_on=None).exists():
        raise Refused(f"{person.display_name} does not take part already.")
    made: OptOut = OptOut.objects.create(
        school=person.school, person=person, asked_by=asked_by, since=today(), noted_by=user
    )
    Ticket.objects.filter(person=person).delete()
    audit(user, "ask.opt_out", made, asked_by=asked_by)
    return made


@action
def opt_back_in(user: User, opted: OptOut) -> None:
    """From today this person is asked again."""
    require(user, "ask.note_opt_out", opted.person)
    if opted.ended_on is not None:
        raise Refused("This was ended already.")
    opted.ended_on, opted.ended_by = today(), user
    opted.save(update_fields=["ended_on", "ended_by"])
    audit(user, "ask.opt_back_in", opted)
