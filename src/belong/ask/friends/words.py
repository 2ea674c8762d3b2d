"""Whom a pupil named, in words, for their own copy of what is held about them."""

from collections.abc import Sequence

from belong.ask.adults import in_words
from belong.people.models import Person


def friends_in_words(ids: Sequence[int]) -> str:
    """`"Amina Yusuf and Ben Carter"`, or "Nobody yet"; whoever was erased since is left out."""
    people = {one.pk: one.display_name for one in Person.objects.pupils().filter(pk__in=set(ids))}
    return (
        in_words([pk for pk in ids if pk in people], people)
        if people or not ids
        else "somebody no longer here"
    )
