"""A hand on a phone: every tap and every letter is counted, and what they take a person is reckoned from that.

Tests hold no clock. A tap with the look that finds it is taken as three seconds, a page that comes up as two more to
read, a letter on a phone's keyboard as a third of one: on the slow side of what is measured for adults (Card, Moran and
Newell's keystroke-level model, 1980, gives 1.35 s to think, 1.1 s to point and 0.2 s to press). Where more has to be
read than a look takes in, its words are counted: four in a second, as adults read silently (Brysbaert, 2019: 238 a
minute).
"""

from playwright.sync_api import Locator, Page, expect

TAP, READ, LETTER, WORD = 3.0, 2.0, 1 / 3, 1 / 4  # seconds


class Hand:
    """Acts on one page as a thumb would."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.pages = self.letters = self.words = 0

    @property
    def seconds(self) -> float:
        """What all of it takes a person, reckoned."""
        return self.taps * TAP + self.pages * READ + self.letters * LETTER + self.words * WORD

    def __str__(self) -> str:
        return f"{self.taps} taps, {self.pages} pages, {self.letters} letters, {self.words} words: {self.seconds:.0f} s"

    def arrive(self) -> None:
        """A page has come up that has no heading of its own, or the same as the one before."""
        self.pages += 1

    def read(self, what: Locator) -> None:
        """Read the words of something as they stand there; what is folded away is not read."""
        self.words += len(what.inner_text().split())

    def tap(self, what: Locator) -> None:
        """Tap something on the page in front."""
        what.click()
        self.taps += 1

    def go(self, what: Locator, heading: str) -> None:
        """Tap something that leads to a page with this heading."""
        self.tap(what)
        expect(self.page.locator("h1")).to_contain_text(heading)
        self.pages += 1

    def write(self, where: Locator, words: str) -> None:
        """Tap into a field and write at its end."""
        self.tap(where)
        where.press("End")
        where.press_sequentially(words)
        self.letters += len(words)
