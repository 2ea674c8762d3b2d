"""How a reader of sounds says no."""


class NotSound(Exception):
    """The bytes are not the sound they begin as; `reason` is the rest of a sentence ("it breaks off half-way")."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


BROKEN_OFF = "it breaks off half-way"
NOT_SOUND_ONLY = "it holds a film or a picture, not only sound"
NO_LENGTH = "how long it lasts cannot be read from it"
EMPTY = "there is no sound in it"
