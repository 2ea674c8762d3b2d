"""Local pages of the demo schools: an invented place, with drawn pictures instead of photos and dated days."""

import io
from datetime import date, timedelta

from PIL import Image, ImageDraw

from belong.base.clock import frozen
from belong.notice.local.actions import write_page
from belong.people.models import User
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.schools import Town

WEIR, HILL, BREAD = "weir", "hill", "bread"
PAGES = (  # kind, title, about, where, who to meet, lesson hook, picture, days from today
    (
        "shop",
        "Kaya’s bakery",
        "Where everybody meets after school. Flatbread is free to whoever comes in on a Friday after four and asks "
        "what is left. Three generations work behind the counter.",
        "Mill Lane, opposite the weir",
        "Mr Kaya, who knows most families by name",
        "Maths, ratio: his dough for 30, for 300, for a wedding.",
        BREAD,
        (),
    ),
    (
        "place",
        "The weir",
        "Fishing before school, paddling in summer, a flood mark on the wall from 1968. Many of our pupils cross the "
        "footbridge twice a day; in winter it is icy.",
        "Five minutes down Mill Lane",
        "",
        "Year 5 and 8 rivers: erosion, carrying and settling, all in sight of the bridge.",
        WEIR,
        (),
    ),
    (
        "place",
        "Beacon Hill",
        "From the top one sees every street our pupils come from: a good first walk with a colleague who grew up here. "
        "The playground half-way is where the younger ones go on Saturdays.",
        "Path behind the allotments, twenty minutes up",
        "",
        "History: the line of the old railway can be followed with a finger.",
        HILL,
        (),
    ),
    (
        "people",
        "The allotments",
        "Forty plots, nine languages. Someone is there every afternoon and glad of a visit; the seed swap in spring "
        "fills the hut.",
        "Gate on Station Road",
        "Mrs Baker, plot 12, who has the key and offered to show classes round",
        "Science: the same bean in five soils.",
        "",
        (),
    ),
    (
        "about",
        "The 47 bus",
        "Half of Year 7 come on it. It is late when it rains, and the last one back is at 17.10: clubs end at five for "
        "this reason.",
        "Stop at the gate",
        "",
        "",
        "",
        (),
    ),
    (
        "festival",
        "Lantern walk",
        "Every street makes a lantern and they meet at the weir. Pupils are tired the next morning, and proud.",
        "From the bakery to the weir, at dusk",
        "",
        "Art and science: what lets light through?",
        "",
        ((5, 5), (370, 370)),
    ),
    (
        "festival",
        "Street food week",
        "Kitchens open their doors, one street each evening. Ask which street is today.",
        "Mill Lane and Station Road",
        "",
        "Geography: pin where each dish comes from.",
        "",
        ((24, 30),),
    ),
)
FEW = 4


def play(town: Town, calendar: Calendar) -> None:
    """Seven pages in the secondary school, the first few in the primary, written over the last term."""
    writer = User.objects.filter(
        school=town.school, person__role_rows__role="senior leader", person__left_on__isnull=True
    ).first()
    if writer is None:
        return
    pages = PAGES if town.school.phase == "secondary" else PAGES[:FEW]
    for number, (kind, title, about, where, whom, hook, drawn, days) in enumerate(pages):
        words = {"kind": kind, "title": title, "about": about, "where": where}
        words |= {"who_to_meet": whom, "lesson_hook": hook}
        spans = [(_day(calendar, first), _day(calendar, last)) for first, last in days]
        with frozen(at(calendar.today - timedelta(days=70 - 9 * number))):
            write_page(
                writer,
                words=words,
                days=spans,
                photo=io.BytesIO(_drawn(drawn)) if drawn else None,
                caption=f"A drawing of {title}" if drawn else "",
            )


def _day(calendar: Calendar, ahead: int) -> date:
    return calendar.today + timedelta(days=ahead)


def _drawn(what: str) -> bytes:
    """A plain picture, so that nobody takes it for a photo of a real place."""
    picture = Image.new("RGB", (960, 640), "#f3e6d0" if what == BREAD else "#dfeaf0")
    pen = ImageDraw.Draw(picture)
    if what == BREAD:
        pen.rectangle((0, 470, 960, 640), fill="#b98b5e")
        for left in (90, 370, 650):
            pen.ellipse((left, 330, left + 230, 500), fill="#d9a35b", outline="#a86f2f", width=6)
            for cut in (60, 110, 160):
                pen.arc((left + cut - 30, 350, left + cut + 30, 470), 200, 320, fill="#a86f2f", width=6)
    else:
        pen.ellipse((720, 70, 840, 190), fill="#f2c14e")
        pen.ellipse((-200, 260, 620, 900), fill="#7fa37a")
        pen.ellipse((360, 320, 1200, 1000), fill="#5f8a68")
        if what == WEIR:
            pen.rectangle((0, 470, 960, 640), fill="#6fa3b8")
            pen.rectangle((300, 455, 700, 478), fill="#8a7a68")
            for left in range(310, 700, 26):
                pen.line((left, 478, left + 12, 560), fill="#eef5f7", width=7)
        else:
            pen.line((120, 640, 300, 480, 240, 400, 330, 300), fill="#d9c7a3", width=14, joint="curve")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
