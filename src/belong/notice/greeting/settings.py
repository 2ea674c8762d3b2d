"""What a school chooses about greeting: `School.settings["greeting"]`."""

from belong.people.models import School

SETTING = "greeting"


def mentions_birthdays(school: School) -> bool:
    """Whether adults are told of birthdays; as it comes, yes."""
    return bool(school.settings.get(SETTING, {}).get("birthdays", True))
