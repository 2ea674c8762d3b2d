"""`belong import` on the command line."""

import pytest
from django_scopes import scopes_disabled

from belong.people.models import Person, RosterImport, School
from belong.site.command import main
from tests.people.files import SDS, UK, USERS_11, lines, pupil, small, zipped
from tests.people.test_lists import SIMS


@pytest.fixture
def belong(db, monkeypatch, capsys):
    """Run `belong import …`; returns exit code, what it printed, what it complained of."""
    monkeypatch.setattr("belong.site.prepare.prepare", lambda: None)

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["import", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def files(tmp_path):
    """Write named contents into a folder; returns the path of the first."""

    def write(**contents: str | bytes):
        paths = []
        for name, content in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths[0]

    return write


def pupils(slug: str) -> int:
    with scopes_disabled():
        return Person.objects.filter(school__slug=slug, kind="pupil", left_on=None).count()


def test_the_first_import_makes_the_school(belong):
    code, out, _ = belong(SDS)
    assert code == 0
    school = School.objects.get()
    assert (school.name, school.slug, school.phase) == (
        "School of TwoDotOne",
        "school-of-twodotone",
        "secondary",
    )
    assert "Imported: 6 added, 0 changed, 0 left." in out
    assert "belong staff add --school school-of-twodotone" in out


def test_twice_is_once(belong):
    belong(SDS)
    code, out, _ = belong(SDS)
    assert code == 0
    assert "Everything in these files is here already." in out
    with scopes_disabled():
        assert RosterImport.objects.count() == 1


def test_several_schools_are_asked_about(belong):
    code, _, err = belong(UK)
    assert code == 2
    assert "--org 10001   Contoso High School: 60 pupils, 7 staff" in err
    assert not School.objects.exists()
    assert belong(UK, "--org", "10001")[0] == 0
    assert pupils("contoso-high-school") == 60


def test_a_name_given_chooses_among_several_schools(belong):
    assert belong(UK, "--name", "Fabrikam High School")[0] == 0
    assert pupils("fabrikam-high-school") == 26


def test_a_dry_run_changes_nothing(belong):
    code, out, _ = belong(SDS, "--dry-run")
    assert code == 0
    assert "A dry run: nothing was changed." in out
    assert "would be added" in out
    assert not School.objects.exists()


def test_more_than_one_in_ten_stops(belong, files):
    roster = files(roster_zip=zipped(small(**{"users.csv": users(12)})))
    assert belong(roster)[0] == 0
    fewer = files(roster_zip=zipped(small(**{"users.csv": users(9)})))
    code, _, err = belong(fewer, "--yes")
    assert code == 2
    assert "3 of 12 pupils (25 %) would leave. Nothing was changed." in err
    assert pupils("oak-park-school") == 12
    assert belong(fewer, "--allow-leavers")[0] == 2  # nobody said yes, and there is no terminal to ask
    assert belong(fewer, "--allow-leavers", "--yes")[0] == 0
    assert pupils("oak-park-school") == 9


def users(count: int) -> str:
    return lines(USERS_11, *[pupil(f"p{n}", f"Given{n}", f"Family{n}") for n in range(count)])


def test_a_list_needs_a_school(belong, files):
    sims = files(sims_csv=SIMS)
    code, _, err = belong(sims)
    assert (code, "Give the school's name" in err) == (2, True)
    assert belong(sims, "--name", "Oak Park School")[0] == 0
    assert pupils("oak-park-school") == 2


def test_a_list_sends_nobody_away_unless_told(belong, files):
    belong(files(sims_csv=SIMS), "--name", "Oak Park School")
    shorter = files(sims_csv=SIMS.rsplit("001235", 1)[0])
    belong(shorter, "--yes")
    assert pupils("oak-park-school") == 2
    belong(shorter, "--yes", "--everyone", "--allow-leavers")
    assert pupils("oak-park-school") == 1


def test_a_drafted_mapping_can_be_used(belong, files, tmp_path):
    sims, mapping = files(sims_csv=SIMS.replace("Reg", "Stamm")), tmp_path / "sims.yaml"
    assert belong(sims, "--write-mapping", mapping)[0] == 0
    mapping.write_text(mapping.read_text().replace("Stamm: ''", "Stamm: tutor_group"))
    assert belong(sims, "--mapping", mapping, "--name", "Oak Park School")[0] == 0
    with scopes_disabled():
        assert Person.objects.filter(memberships__group__name="8H").count() == 2
    code, _, err = belong(sims, "--write-mapping", mapping)
    assert (code, "not written over" in err) == (2, True)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("who: [", "line 1: this is not valid YAML"),
        ("columns: {}", "needs `who`"),
        ("who: pupils\ncolumns: {Adno: shoe_size}", "does not know: shoe_size"),
        ("who: pupils\ncolumns: {Shoe: source_id}", "does not have: Shoe"),
    ],
)
def test_mappings_that_are_off(belong, files, tmp_path, text, word):
    sims = files(sims_csv=SIMS, map_yaml=text)
    code, _, err = belong(sims, "--mapping", tmp_path / "map.yaml", "--name", "Oak")
    assert code == 2
    assert word in err
    assert not School.objects.exists()


def test_lines_set_aside_are_printed_and_written(belong, files, tmp_path):
    sims = files(sims_csv=SIMS + "1.2E+11,,Bond,Omar,,,,,8H,,,\n")
    aside = tmp_path / "aside.csv"
    _, out, _ = belong(sims, "--name", "Oak Park School", "--set-aside", aside)
    assert "sims.csv, line 4, Adno: The id was shortened by a spreadsheet" in out
    assert "sims.csv,4,Adno,The id was shortened" in aside.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "word"), [("none.csv", "There is no file or folder"), ("x.pdf", "is a PDF")]
)
def test_refusals(belong, tmp_path, name, word):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    code, _, err = belong(tmp_path / name)
    assert code == 2
    assert word in err


def test_an_unknown_school(belong):
    belong(SDS)
    code, _, err = belong(SDS, "--school", "elsewhere")
    assert (code, "There are: school-of-twodotone." in err) == (2, True)


def test_no_password_is_printed(belong):
    _, out, err = belong(SDS)
    assert "P@ss" not in out + err
    assert "password" in out
