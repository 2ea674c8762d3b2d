"""Who can be tried out in the demo school: one sign-in per role."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoUser:
    """A sign-in of the demo school."""

    username: str
    name: str
    role: str
    sees: str
    given_name: str


DEMO_USERS = [
    DemoUser("tutor", "Mrs Ahmed", "teacher", "Today, My group 8H, class sessions", "Nadia"),
    DemoUser("pastoral", "Mr Cole", "pastoral lead", "Who is overlooked, every group", "Daniel"),
    DemoUser("senco", "Ms Novak", "SENCO", "Support and gaps", "Eva"),
    DemoUser("dsl", "Mrs Osei", "DSL", "Safeguarding lead", "Ama"),
    DemoUser("head", "Dr Hughes", "senior leader", "Waves, gaps, plans, reports", "Ruth"),
    DemoUser("survey", "Mr Lindqvist", "survey lead", "Opening waves, cards, the roster", "Erik"),
    DemoUser("governor", "Mrs Fraser", "governor", "Published reports only", "Ishbel"),
    DemoUser("technician", "Mr Patel", "technician", "Roster and backups; no answers", "Dev"),
    DemoUser("analyst", "Mr Sato", "analyst", "Releases and nothing else", "Kenji"),
    DemoUser("outside", "Ms Byrne", "outside staff", "Own sessions only, when they come", "Orla"),
    DemoUser("carer", "Ada Yusuf", "carer", "Good things about Amina; what the school told families", "Ada"),
    DemoUser(
        "pupil",
        "Amina Yusuf",
        "pupil",
        "My page: good things, telling of others, asking for an adult",
        "Amina",
    ),
]
DEMO_PASSWORD = "belong-demo-school"  # noqa: S105  (printed on the sign-in page of a labelled demo)
