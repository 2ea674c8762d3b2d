"""A school's officer downloads two waves and tries to break them with `belong attack`'s own attacker."""

import json

import pytest

from belong.release.attack import attack, read, read_roll
from belong.see.microdata import pooled_tables
from tests.release.attack.files import class_list_of_two

MEASURES = ("score", "part:listened", "item:listened-1")


@pytest.mark.once
def test_two_waves_of_a_school_hold(answered, cast, client, tmp_path):
    client.force_login(cast.head)
    files = []
    for wave in (answered.autumn, answered.spring):
        answer = client.get(f"/see/{wave.pk}/release.json")
        assert answer["Content-Disposition"] == f'attachment; filename="release-{wave.pk}.json"'
        files.append(tmp_path / f"release-{wave.pk}.json")
        files[-1].write_bytes(answer.content)
    assert json.loads(files[-1].read_text())["hash"] == answered.record.hash

    waves = [one for file in files for one in read(file)]
    outside = attack(waves)
    assert outside.learned == (), outside.text()
    answers = [
        pooled_tables(wave, keyed_by=answered.spring).data for wave in (answered.autumn, answered.spring)
    ]
    roll = read_roll(class_list_of_two(tmp_path / "pupils.csv", *answers))
    inside = attack(waves, roll, measures=MEASURES)
    assert next(one for one in inside.tried if one.way == "exact").note == "", "the class list fits the files"
    assert inside.learned == (), inside.text()
