"""Spreadsheets of plain facts: what was noticed by a date, and where pupils feel they belong."""

from tests.release.attack.files import by_way, tried

NOTICED = (
    "table,of,fact,cut,group,group name,against,symbol,in words,share %,low,high,classes,shares of classes %,people,"
    "limited,compared with\n"
    "share,pupils,Noticed,all,all,Everyone,,,Shown,60,50,70,,,40–49,,\n"
    "share,pupils,Noticed,sex,F,Girls,,,Shown,{girls},50,70,,,{of},,\n"
    "share,pupils,Noticed,sex,M,Boys,,c,Kept back,{boys},,,,,,,\n"
    "change,pupils,Noticed,all,all,Everyone,,,Shown,5,0,10,,,40–49,,noticed-2026-05-22\n"
    "share,mix of pupils,Sex,all,all,Everyone,,,Shown,55,50,60,Boys · Girls,45 55,40–49,,\n"
)
PLACES = (
    "place,time,feeling,share %,limited,pupils,symbol,in words\n"
    "Hall,Any time,Feel they belong,60,,40–49,,Shown\n"
    "Hall,Break,Feel they belong,{share},,{of},{symbol},\n"
)


def noticed(path, **held):
    path.write_text(NOTICED.format(**{"girls": 60, "of": "30–39", "boys": ""} | held), encoding="utf-8-sig")
    return path


def test_what_was_noticed(tmp_path):
    first, second = (
        noticed(tmp_path / "noticing-2026-05-22.csv"),
        noticed(tmp_path / "noticing-2026-07-17.csv"),
    )
    report = tried(first, second)
    assert report.learned == (), report.text()
    looked_at = {one.way: one.looked_at for one in report.tried}
    assert looked_at["change"] == 1, "the change since the other file's date"
    assert looked_at["twice"] == 0, "the mix of pupils is no second release of what was noticed"


def test_what_was_noticed_and_should_not_have_been_told(tmp_path):
    (held,) = by_way(tried(noticed(tmp_path / "noticing.csv", boys=50)), "hidden")
    assert (held.about, held.measure) == ("Boys (sex)", "Noticed")
    (few,) = by_way(tried(noticed(tmp_path / "noticing.csv", of="5–9")), "shown")
    assert (few.about, few.people) == ("Girls (sex)", "5 to 9 people")
    alike = by_way(tried(noticed(tmp_path / "noticing.csv", girls=100)), "alike")
    assert {one.about for one in alike} == {"Girls (sex)"}


def test_the_rest_of_a_fact_from_the_shares_of_others(tmp_path):
    """Everyone is 40 to 44 people, 36 to 39 of them girls: what is left is told of at most eight boys."""
    table = NOTICED.replace("60,50,70,,,40–49", "60,50,70,,,40–44")
    (tmp_path / "noticing.csv").write_text(table.format(girls=50, of="36–39", boys=""), encoding="utf-8")
    (found,) = by_way(tried(tmp_path / "noticing.csv"), "subtraction")
    assert (found.about, found.people) == ("Boys (sex)", "at most 8 people")


def test_places(tmp_path):
    def told(**held):
        text = PLACES.format(**{"share": 40, "of": "20–24", "symbol": ""} | held)
        (tmp_path / "places-1.csv").write_text(text, encoding="utf-8")
        return tried(tmp_path / "places-1.csv")

    assert told().learned == ()
    assert told(share="", of="", symbol="c").learned == ()
    assert [one.way for one in told(of="5–9").learned] == ["shown"]
    assert [one.way for one in told(share=30, of="", symbol="c").learned] == ["hidden"]
    assert [one.way for one in told(share=100).learned] == ["alike"]
