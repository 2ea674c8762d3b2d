"""`belong demo`: a demo school on this machine, ready to be clicked through."""

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import Any

HELP = """\
Make a demo school (once), serve it on this machine and print a sign-in per role.

  belong demo                 http://localhost:8000
  belong demo --port 9000
  belong demo --fresh         throw the old demo away and make it anew

Everything in it is made up and says so. It lives in BELONG_HOME/demo, apart from any real school.
"""


def add(subparsers: Any) -> None:
    """Add `belong demo`."""
    demo = subparsers.add_parser(
        "demo",
        help="try it: a demo school on this machine",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--fresh", action="store_true", help="make the demo school anew")
    demo.add_argument("--no-serve", action="store_true", help="only make it, do not serve")
    demo.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the demo school where there is none, then serve it."""
    home = Path(os.environ.get("BELONG_HOME", "var")).resolve() / "demo"
    os.environ.update(BELONG_HOME=str(home), BELONG_DEMO="1")
    os.environ.setdefault("BELONG_URL", f"http://localhost:{args.port}")
    os.environ.pop("DATABASE_URL", None)
    if not args.no_serve and _taken(args.port):
        sys.stderr.write(f"belong demo: port {args.port} is taken; try belong demo --port {args.port + 1}\n")
        return 2
    database = home / "belong.sqlite3"
    if args.fresh:
        for file in home.glob("belong.sqlite3*"):
            file.unlink()
    from belong.site.prepare import prepare

    prepare()
    from belong.site.demo.build import build, is_complete

    if not is_complete():
        build(progress=True)
    if args.no_serve:
        print(f"The demo school is in {database}")
        return 0
    _greet(args.port)
    from belong.site.command.serve import supervise

    return supervise("localhost", args.port)


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _greet(port: int) -> None:
    from belong.site.demo.cast import DEMO_PASSWORD, DEMO_USERS

    print(f"\nThe demo school is at http://localhost:{port}/   (Ctrl-C stops it)")
    print("Everything in it is made up. Sign in with one tap on the sign-in page, or with:\n")
    for user in DEMO_USERS:
        print(f"  {user.username:<12} {user.name:<14} {user.role:<14} {user.sees}")
    print(f"\n  password for all: {DEMO_PASSWORD}\n", flush=True)
