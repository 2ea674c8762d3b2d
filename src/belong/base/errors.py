"""The one way an action says no."""


class Refused(Exception):
    """An action that may not happen now; `reason` is a plain sentence shown to the person who asked.

    Nothing has been written when this is raised: actions run in one transaction.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
