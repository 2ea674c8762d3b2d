"""Who can be tried out in the demo school: one sign-in per role."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoUser:
    """A sign-in of the demo school."""

    username: str
    name: str
    role: str
    sees: str


DEMO_USERS = [
    DemoUser("tutor", "Mrs Ahmed", "teacher", "Today, My group 8H, class sessions"),
    DemoUser("pastoral", "Mr Cole", "pastoral lead", "Who is overlooked, every group"),
    DemoUser("senco", "Ms Novak", "SENCO", "Support and gaps"),
    DemoUser("dsl", "Mrs Osei", "DSL", "Safeguarding lead"),
    DemoUser("head", "Dr Hughes", "senior leader", "Waves, gaps, plans, reports"),
    DemoUser("survey", "Mr Lindqvist", "survey lead", "Opening waves, cards, the roster"),
    DemoUser("governor", "Mrs Fraser", "governor", "Published reports only"),
    DemoUser("technician", "Mr Patel", "technician", "Roster and backups; no answers"),
    DemoUser("analyst", "Mr Sato", "analyst", "Releases and nothing else"),
    DemoUser("outside", "Ms Byrne", "outside staff", "Own sessions only, when they come"),
    DemoUser("carer", "Ada Yusuf", "carer", "What the school told families"),
    DemoUser("pupil", "Amina Yusuf", "pupil", "What the school told pupils"),
]
DEMO_PASSWORD = "belong-demo-school"  # noqa: S105  (printed on the sign-in page of a labelled demo)
