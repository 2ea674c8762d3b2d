"""The verbs of the audit trail in plain words (`content/texts/verbs.yaml`)."""

from functools import cache

from belong.content import read

SAW, DID = "saw", "did"


@cache
def words() -> dict[str, tuple[str, str]]:
    """Verb → (its words, whether somebody only `saw` or `did` something)."""
    texts = read("texts/verbs")
    return {
        f"{room}.{verb.replace('-', '_')}": (said["en"], kind)
        for kind in (SAW, DID)
        for room, verbs in texts[kind].items()
        for verb, said in verbs.items()
    }


def said(verb: str) -> str:
    """A verb in words; one that has none yet says its own name."""
    return words().get(verb, (verb.replace(".", ": ").replace("_", " "), DID))[0]


def only_saw(verb: str) -> bool:
    return words().get(verb, ("", DID))[1] == SAW


def looks() -> list[str]:
    """The verbs by which somebody saw something."""
    return [verb for verb, (_, kind) in words().items() if kind == SAW]


def choices() -> list[tuple[str, str]]:
    """Verbs with their words, in alphabetical order of the words, for a select."""
    return sorted(
        ((verb, text.capitalize()) for verb, (text, _) in words().items()), key=lambda pair: pair[1]
    )
