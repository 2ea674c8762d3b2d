"""A mapping of a list's columns as a file a person can check and keep."""

from pathlib import Path
from typing import Any

import yaml

from belong.base.errors import Refused
from belong.measure._node import InstrumentError, parse_yaml
from belong.people.roster import Mapping, Table, lists
from belong.people.roster.fields import fields

WHO = {"pupils": "pupil", "staff": "staff", "carers": "carer"}
HEAD = """\
# Which column of the list is what. Left of the colon stands the heading, right of it one of:
#   {names}
# Leave the right side empty to leave the column out. `who`: pupils, staff or carers.
# `everyone`: true where the list holds all of them, so that whoever is missing has left.
"""


def write(path: Path, table: Table) -> None:
    """Draft a mapping from the headings. Refuses to write over a file."""
    if path.exists():
        raise Refused(f"{path} is there already; it was not written over.")
    guessed = lists.guess(table)
    who = next(word for word, kind in WHO.items() if kind == guessed.who)
    said = {"who": who, "everyone": False, "columns": dict(guessed.columns)}
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    path.write_text(HEAD.format(names=", ".join(fields())) + text, encoding="utf-8")


def load(path: Path, table: Table) -> Mapping:
    """Read a mapping and check it against the list's headings."""
    try:
        said: Any = parse_yaml(path.read_text(encoding="utf-8"), path.name).value
    except FileNotFoundError as error:
        raise Refused(f"There is no mapping file {path}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as text. Draft one with --write-mapping.") from error
    except InstrumentError as error:
        raise Refused(f"{error} Draft one with --write-mapping.") from error
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict) or said.get("who") not in WHO:
        raise Refused(
            f"{path} needs `who` (pupils, staff or carers) and `columns`. Draft one with --write-mapping."
        )
    columns = {str(heading): str(name or "") for heading, name in said["columns"].items()}
    if unknown := sorted({name for name in columns.values() if name} - set(fields())):
        raise Refused(f"{path} names a field that belong does not know: {unknown[0]}.")
    if missing := sorted(
        heading for heading, name in columns.items() if name and heading not in table.headings
    ):
        raise Refused(f"{path} names a column that the list does not have: {missing[0]}.")
    return Mapping(WHO[said["who"]], columns, said.get("everyone") is True)
