"""Invented names and figures for the style page."""

from __future__ import annotations

from dataclasses import dataclass

from belong.web.charts import Bar, Chart, Row, bars, dots, gaps, rates, slopes


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pupil:
    """A card of a tutor's group: state and what is known, with the empty places named."""

    name: str
    state: str
    said: str
    empty: tuple[str, ...] = ()
    say: str = ""

    @property
    def places(self) -> list[tuple[str, bool]]:
        return [(place, place in self.empty) for place in ("adult", "noticed", "club", "voice")]


ANSWERS = [(1, "Never"), (2, "Not often"), (3, "Sometimes"), (4, "Often"), (5, "Always")]
QUESTION = "This week, a grown-up at school made time to listen to me"
TABS = [
    {"label": "Overview", "url": "#", "current": True, "count": None},
    {"label": "Groups", "url": "#", "current": False, "count": None},
    {"label": "Questions", "url": "#", "current": False, "count": 20},
]
PUPILS = [
    Pupil("Amina Yusuf", "maintain", "Tue 3 March"),
    Pupil("Ben Carter", "restore", "Conversation due today", ("club",)),
    Pupil("Cerys Pugh", "maintain", "Mon 2 March", ("voice",)),
    Pupil("Daniel Okafor", "establish", "New, Mon 23 February", ("adult", "club", "voice"), "oh-KAH-for"),
    Pupil("Ewa Nowak", "maintain", "Nothing noted for 4 weeks", ("adult", "noticed", "club")),
    Pupil("Farhan Malik", "maintain", "Wed 4 March"),
    Pupil("Grace Hall", "maintain", "Thu 26 February"),
    Pupil("Hugo Silva", "establish", "New, Mon 2 March", ("noticed", "club")),
    Pupil("Isla Reid", "maintain", "Tue 3 March"),
]


def places(current: str) -> list[Place]:
    icons = {"Today": "today", "My group": "group", "Ask": "ask", "See": "see", "Act": "act", "Tell": "tell"}
    return [Place(label, "#", icon, label == current) for label, icon in icons.items()]


def charts() -> dict[str, Chart]:
    parts = [
        Row("Adults", 71, 69, 73, was=68),
        Row("Peers", 66, 64, 68, was=66),
        Row("Taking part", 61, 59, 63, was=57),
        Row("A respectful place", 64, 62, 66, was=65),
        Row("Being listened to", 52, 50, 54, was=51),
    ]
    differences = [
        Row("Girls and boys", -6.2, -9.4, -3.0),
        Row("SEN support and others", -7.8, -12.1, -3.5),
        Row("Joined this year", -3.1, -7.6, 1.4, note="20–29 pupils"),
        Row("Pupil premium and others", -2.2, -5.0, 0.6),
        Row("Smaller groups together", symbol="c"),
    ]
    questions = [
        Bar("A grown-up at school made time to listen to me", (6, 12, 27, 33, 22)),
        Bar("When I speak up, something changes", (19, 27, 30, 16, 8)),
        Bar("I have somebody to be with at break", (4, 7, 16, 29, 44)),
        Bar("I feel safe on the way between lessons", None, "c"),
    ]
    answered = [
        Row("Year 7", 91),
        Row("Year 8", 88),
        Row("Year 9", 79),
        Row("Year 10", 84),
        Row("Looked-after children", symbol="c"),
    ]
    return {
        "dots": dots(
            parts,
            "Being listened to is lowest; taking part has risen since autumn",
            now="Spring",
            before="autumn",
        ),
        "gaps": gaps(differences, "Girls and pupils with SEN support feel listened to less"),
        "slopes": slopes(
            [*parts, Row("Sense of purpose", symbol="x")],
            "Adults and taking part have risen since autumn",
            before="Autumn",
            now="Spring",
        ),
        "bars": bars(
            questions,
            "Most have somebody at break; few see speaking up change anything",
            answers=[label for _, label in ANSWERS],
            favourable=(4, 5),
            end_label="Often or always",
        ),
        "rates": rates(answered, "Year 9 answered least", what="Year", share_label="Answered"),
        "reference": dots(
            [
                Row("Year 7", 68, 65, 71, note="200–209 pupils"),
                Row("Year 8", 63, 60, 66, note="190–199 pupils"),
                Row("Year 9", 57, 53, 61, note="150–159 pupils"),
                Row("Year 10 and 11 together, on the Riverside site", 61, 54, 68, symbol="u"),
                Row("Sixth form", symbol="c"),
            ],
            "Year 9 stands below the school as a whole",
            what="Year",
            reference=63,
            reference_label="all pupils",
        ),
    }
