"""Short ways to a pupil's page."""

from collections.abc import Callable

import pytest

from belong.base.clock import today
from belong.notice.models import ProfilePage, ProfilePart
from belong.people.models import Person, User


@pytest.fixture
def shares(cast, in_school) -> Callable[..., ProfilePage]:
    """`shares(pupil, helps=("A quiet seat.", "teachers"))`: an approved page, each part with its audience."""

    def make(pupil: Person, *, family: bool = False, days: int = 0, **parts: tuple[str, str]) -> ProfilePage:
        day = today()
        page = ProfilePage.objects.create(
            school=cast.school,
            pupil=pupil,
            drafted_by=pupil,
            drafted_on=day,
            approved_on=day,
            state="approved",
            family_on=day if family else None,
        )
        for field, (text, audience) in parts.items():
            ProfilePart.objects.create(
                school=cast.school, page=page, field=field, text=text, audience=audience
            )
        return page

    return make


def form_of(share: bool = False, **parts: tuple[str, str]) -> dict[str, str]:
    """What the form of a page sends."""
    sent = {f"text_{field}": text for field, (text, _) in parts.items()}
    chosen = {f"audience_{field}": "teachers" for field in ("likes", "helps", "taking_part", "know")}
    chosen |= {f"audience_{field}": audience for field, (_, audience) in parts.items()}
    return sent | chosen | ({"share": "1"} if share else {})


def as_new(user: User) -> User:
    """The user as the next request meets them, with nothing remembered."""
    return User.objects.get(pk=user.pk)
