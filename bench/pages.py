"""How fast the main pages of the demo school are at one user: milliseconds from request to last byte, p95 of 40."""

import re
import time

from bench.server import Visitor, p95, served

ROUNDS = 40
PAGES = {
    "tutor": ["/", "/group/", "/overlooked/", "/act/", "/act/practices/trusted-adult/", "/see/"],
    "pastoral": ["/", "/overlooked/", "/people/", "/act/plans/"],
    "head": ["/", "/ask/", "/see/", "/tell/", "/people/staff/"],
    "technician": ["/people/", "/people/import/"],
}
FOUND = {"head": [(r'href="(/see/\d+/)"', "/see/"), (r'href="(/ask/\d+/)"', "/ask/")]}


def paths(visitor: Visitor, user: str) -> list[str]:
    """The fixed pages of a user, and the first of each kind that a list links to."""
    found = []
    for pattern, listing in FOUND.get(user, []):
        links = re.findall(pattern, visitor.get(listing))
        found += links[:2]
    return PAGES[user] + found


def main() -> None:
    worst: tuple[float, str] = (0.0, "")
    with served() as server:
        for user in PAGES:
            visitor = Visitor(server.url)
            visitor.get("/sign-in/")
            visitor.post("/sign-in/demo/", {"username": user})
            for path in paths(visitor, user):
                visitor.get(path)
                times = []
                for _ in range(ROUNDS):
                    began = time.perf_counter()
                    visitor.get(path)
                    times.append((time.perf_counter() - began) * 1000)
                print(f"{user:<12} {path:<40} p95 {p95(times):6.1f} ms")
                worst = max(worst, (p95(times), f"{user}:{path}"))
    print(f"bench pages p95_ms={worst[0]:.1f} worst={worst[1]}")


if __name__ == "__main__":
    main()
