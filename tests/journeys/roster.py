"""The school of the journey as its own system exports it, and what its pupils feel.

Everything is made by rule, so that the same people give the same answers on every run.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

from belong.measure.instrument import Item

GIVEN = (
    "Amina Ben Cerys Daniel Ewa Farhan Grace Hugo Isla Jakub Keira Leo Maya Noah Orla Priya "
    "Quinn Rosa Samir Tess Umar Violet Wiktor Xenia Yusuf Zara Aled Beatriz Callum Dilys Emeka Freya"
).split()
FAMILY = (
    "Carter Pugh Okafor Nowak Malik Hall Silva Reid Kowalski Walsh Brown Yusuf Ahmed Bell Cole Dunn "
    "Evans Fox Green Hughes Ibrahim Jones Khan Lewis Morgan Nash Owen Price Quayle Rees Shaw Turner"
).split()
CLASSES = {
    "8H": ("8", "Tom Ahmed"),
    "8M": ("8", "Mary Bell"),
    "9K": ("9", "Kofi Mensah"),
    "9P": ("9", "Petra Novak"),
}
SIZE = 32
SEN = (3, 40, 77, 90, 101, 120)
NEW = 6
NAMELESS = 40
PUPIL_HEADINGS = [
    "Adno",
    "Surname",
    "Forename",
    "Gender",
    "Year",
    "Reg",
    "Tutor",
    "Date of Admission",
    "PP",
    "SEN Status",
]
STAFF_HEADINGS = ["Staff Code", "Title", "Forename", "Surname", "Work Email", "Role"]
STAFF = [
    ("TA", "Mr", "Tom", "Ahmed", "Teacher"),
    ("MB", "Mrs", "Mary", "Bell", "Teacher"),
    ("KM", "Mr", "Kofi", "Mensah", "Teacher"),
    ("PN", "Ms", "Petra", "Novak", "Teacher"),
    ("PO", "Ms", "Pat", "Osei", "Head of Year"),
    ("SL", "Mr", "Sam", "Lund", "Data Manager"),
    ("GV", "Dr", "Gill", "Vance", "Governor"),
]


@dataclass(frozen=True)
class Child:
    """A pupil of the export. `premium` is the group that feels less known by adults in the first wave."""

    at: int
    given: str
    family: str
    sex: str
    reg: str

    @property
    def number(self) -> str:
        """The admission number."""
        return f"{4100 + self.at:06d}"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def premium(self) -> bool:
        return self.at % 5 in (0, 2)


def children() -> list[Child]:
    """Four classes of 32; no first name twice in a class, no full name twice in the school."""
    return [
        Child(
            at,
            GIVEN[at % SIZE],
            FAMILY[(at * 5 + at // SIZE) % len(FAMILY)],
            "FM"[at % 2],
            list(CLASSES)[at // SIZE],
        )
        for at in range(SIZE * len(CLASSES))
    ]


def pupils_csv(new_on: date) -> bytes:
    """The pupils' list. One line has no name at all; one pupil came on `new_on`."""
    rows = [PUPIL_HEADINGS]
    for child in children():
        year, tutor = CLASSES[child.reg]
        came = new_on if child.at == NEW else date(2024, 9, 2)
        sen = "K" if child.at in SEN else "N"
        premium = "T" if child.premium else "F"
        person = [child.number, child.family, child.given, child.sex, f"Year {year}", child.reg, tutor]
        rows.append([*person, f"{came:%d/%m/%Y}", premium, sen])
        if child.at == NAMELESS:
            rows.append(["009999", "", "", "F", f"Year {year}", child.reg, tutor, "", "", ""])
    return _csv(rows)


def staff_csv() -> bytes:
    """The staff list."""
    rows = [
        [code, title, given, family, f"{given}.{family}@hill.test".lower(), role]
        for code, title, given, family, role in STAFF
    ]
    return _csv([STAFF_HEADINGS, *rows])


def line_without_a_name() -> int:
    """Its line in the pupils' list as a spreadsheet counts: the headings are line 1."""
    return NAMELESS + 3


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


LOWER = {1: 1.1, 2: 0.3}
"""How much less pupils with the premium feel known by adults, wave by wave, in standard deviations of a pupil."""
STEPS = (-1.6, -0.9, -0.2, 0.7)


def answers(child: Child, items: list[Item], wave: int) -> dict[str, int | str]:
    """A child's answers to the scored questions: as it usually feels, the day, and the gap in the part "adults".

    What children usually feel is spread alike over every group, so that no gap is there by chance.
    """
    usually = 0.6 * NormalDist().inv_cdf((child.at * 7 % SIZE + 0.5) / SIZE)
    day = random.Random(f"child {child.at}, wave {wave}")
    return dict(_codes(child, items, wave, usually, day))


def _codes(
    child: Child, items: list[Item], wave: int, usually: float, day: random.Random
) -> Iterator[tuple[str, int | str]]:
    for item in items:
        if not item.scored:
            continue
        lower = LOWER[wave] if child.premium and item.part == "adults" else 0.0
        feels = usually - lower + day.gauss(0, 0.6)
        code = 1 + sum(feels > step for step in STEPS)
        yield item.id, item.categories + 1 - code if item.reverse else code
