"""`belong keys`: which keys there are, a new one, and an old one put back."""

import argparse
import sys
from pathlib import Path
from typing import Any

HELP = """\
The two keys a school keeps: text.key opens what people wrote in words, backup.key opens the backups.

  belong keys                       which keys there are, and how many texts lie under each
  belong keys rotate text           a new key, and every text written anew under it, while the school works
  belong keys rotate backup         a new key for the backups to come; the old one still opens the old ones
  belong keys rotate text --drop-old    forget the old keys: texts in older backups can then never be opened
  belong keys add safe.key          put the keys of a file back into text.key (--to backup: into backup.key)

After each change copy the key file to where the school keeps its copy. docs/keys.md says what is lost without it.
"""
KINDS = ("text", "backup")


def add(subparsers: Any) -> None:
    """Add `belong keys`."""
    form = argparse.RawDescriptionHelpFormatter
    keys = subparsers.add_parser(
        "keys", help="the keys of texts and backups", description=HELP, formatter_class=form
    )
    keys.set_defaults(run=show)
    sub = keys.add_subparsers(metavar="rotate|add")
    rotate_ = sub.add_parser("rotate", help="make a new key")
    rotate_.add_argument("kind", choices=KINDS)
    rotate_.add_argument("--drop-old", action="store_true", help="forget the keys before it")
    rotate_.set_defaults(run=rotate)
    put = sub.add_parser("add", help="put keys from a file back")
    put.add_argument("file", type=Path)
    put.add_argument("--to", choices=KINDS, default="text")
    put.set_defaults(run=put_back)


def show(args: argparse.Namespace) -> int:
    """List the key files with the ids of their keys, never the keys."""
    _setup()
    from belong.base.keyfile import KeyFileError, read_keys
    from belong.base.rekeying import count_by_key

    texts = count_by_key()
    for kind in KINDS:
        path, _ = _place(kind)
        if not path.exists():
            print(f"{path}: not made yet; it is made on first use")
            continue
        try:
            ids = [key.id for key in read_keys(path)]
        except KeyFileError as error:
            return _no(str(error))
        print(f"{path}: {len(ids)} {'key' if len(ids) == 1 else 'keys'}, newest first")
        for name in ids:
            print(f"  {name}" + (f"  {texts.pop(name, 0)} texts" if kind == "text" else ""))
    for name, count in sorted(texts.items()):
        print(f"Missing: key {name}, which {count} texts need. Put it back with `belong keys add FILE`.")
    return 1 if texts else 0


def rotate(args: argparse.Namespace) -> int:
    """Make a new key of a kind; for texts, write them anew."""
    _setup()
    from belong.base.errors import Refused
    from belong.base.keyfile import Key, KeyFileError, make_keys, read_keys, write_keys

    path, about = _place(args.kind)
    try:
        if args.kind == "text":
            return _rotate_texts(args.drop_old)
        fresh = make_keys(path, about)
        keys = read_keys(path) if fresh else [Key.new(), *read_keys(path)]
        write_keys(path, keys[:1] if args.drop_old else keys, about)
    except (KeyFileError, Refused) as error:
        return _no(str(error))
    print(f"Backups are now made with key {keys[0].id}. Copy {path} to where the school keeps its copy.")
    return 0


def _rotate_texts(drop_old: bool) -> int:
    from belong.base import rekeying

    done = rekeying.rotate(drop_old=drop_old)
    path, _ = _place("text")
    if not done.is_new:
        print(
            "An earlier change of keys was not finished, or an older backup was restored; this finished it."
        )
    print(f"{done.moved} texts were written anew under key {done.key}.")
    if done.left:
        sys.stderr.write(f"belong keys: {done.left} texts stay as they are. {done.reason}\n")
        return 1
    kept = "The keys before it are gone." if drop_old else "The keys before it stay, for older backups."
    print(f"{kept} Copy {path} to where the school keeps its copy.")
    return 0


def put_back(args: argparse.Namespace) -> int:
    """Add the keys of a file below those that are there; a key that is there already changes nothing."""
    _setup()
    from belong.base.keyfile import KeyFileError, read_keys, write_keys

    path, about = _place(args.to)
    try:
        given = read_keys(args.file)
        had = read_keys(path) if path.exists() else []
        fresh = [key for key in given if key not in had]
        write_keys(path, [*had, *fresh], about)
    except KeyFileError as error:
        return _no(str(error))
    print(f"{len(fresh)} of {len(given)} keys were new; {path} holds {len(had) + len(fresh)}.")
    return 0


def _setup() -> None:
    from belong.site.prepare import setup

    setup()


def _place(kind: str) -> tuple[Path, tuple[str, ...]]:
    """The file of a kind of key, and the lines at its top."""
    from belong.base import secrets
    from belong.guard import backup

    room = secrets if kind == "text" else backup
    return room.key_path(), room.ABOUT_KEY


def _no(reason: str) -> int:
    sys.stderr.write(f"belong keys: {reason}\nNothing was changed.\n")
    return 2
