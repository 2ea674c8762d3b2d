"""Who gets what at every address: the expectations, from the rules of access and nothing else.

A row is a route (its name in the urlconf), which one of its objects is asked for, and what each role gets by GET and
by POST. The roles stand in the order of `ROLES`, in groups:

    teachers: tutor of 8H, tutor of 9K · pastoral lead, SENCO, DSL, head · survey lead
    · governor, analyst, technician, outside staff · carer, pupil (both of 8H) · head of another school · nobody

    y  gets it (for a POST: the rules let it through, whatever the action then says)
    n  403, for what is not about one object: lists, forms for something new
    h  404, the same as for an object that does not exist
    r  is told in words that it cannot be (409, 422), and nothing is written: the page is theirs, the act is not, or
       there is nothing of theirs to act upon
    o  410: nothing is running that this browser could take part in
    s  is asked to sign in

One letter stands for everyone. `-` for a method: there is none (405; nobody may be asked to sign in first). `=` for
POST: the page reads no method and answers as to GET.

Objects: own and other are what belongs to 8H and to 9K (group, pupil, who set or noted it); draft, open, closed
(released; its response is not published) and told (released, response published), and built (closed, release not
ready) are waves. Two words joined by a stroke take both.
"""

import re
from dataclasses import dataclass

ROLES = (
    "tutor",
    "other_tutor",
    "pastoral",
    "senco",
    "dsl",
    "head",
    "survey_lead",
    "governor",
    "analyst",
    "technician",
    "outside",
    "carer",
    "pupil",
    "stranger",
    "nobody",
)
LETTERS = "ynhros"

# Route                   Object         to psdh l gatu cp x n        (GET | POST)
ROOMS = {
    "site": """
      home                  -            | yy yyyy y yyyy yy y s | -
      sign-in               -            | y                     | y
      demo-sign-in          -            | -                     | h
      sign-out              -            | -                     | s
      set-password          wrong        | y                     | y
      healthy               -            | y                     | -
      robots                -            | y                     | =
      security-txt          -            | h                     | =
    """,
    # Everyone who signs in has a sign-in of their own to look after; pupils of the demo have none.
    "signing in": """
      sign-in-second        -            | s                     | s
      sign-in-passkey       -            | y                     | s
      sign-in-again         -            | y                  s  | =
      forgotten             -            | y                     | y
      your-sign-in          -            | yy yyyy y yyyy yh y s | =
      change-password       -            | y                  s  | =
      second-step           -            | yy yyyy y yyyy yh y s | =
      add-app               -            | yy yyyy y yyyy yh y s | =
      add-passkey           -            | yy yyyy y yyyy yh y s | =
      remove-factor         nobody's     | -                     | h  s
      recovery-codes        -            | yy yyyy y yyyy yh y s | =
      recovery-codes-file   -            | h  s                  | =
      recovery-codes-kept   -            | -                     | yy yyyy y yyyy yh y s
      where-signed-in       -            | yy yyyy y yyyy yh y s | =
      end-session           nobody's     | -                     | h  s
      end-other-sessions    -            | -                     | yy yyyy y yyyy yh y s
    """,
    # Google is set up at the first school, and the tutor's account is linked; the stranger's school has none.
    "signing in with Google or Microsoft": """
      sign-in-with-school   -            | y                     | -
      sign-in-trouble       -            | y                     | -
      sign-in-with          -            | y                     | -
      sign-in-with-leave    -            | y                     | -
      sign-in-with-back     -            | y                     | -
      sign-in-invited-with  -            | h                     | -
      sign-in-again-with    -            | yh hhhh h hhhh hh h s | -
      sign-in-accounts      -            | yy yyyy y yyyy nn y s | -
      sign-in-link          -            | yy yyyy y yyyy nn h s | -
      sign-in-try           -            | nn nnny n nnyn nn h s | -
      sign-in-unlink        -            | -                     | yh hhhh h hhhh nn h s
      people:sign-in-with   -            | nn nnny n nnyn nn y s | =
      people:sign-in-with-kind -         | nn nnny n nnyn nn y s | =
      people:sign-in-with-remove -       | -                     | nn nnny n nnyn nn h s
      people:sign-in-with-unlink -       | -                     | hh hhhy h hhyh hh h s
    """,
    "look": """
      web:styleguide        -            | h                     | =
      web:worked-group      -            | h                     | =
      web:worked-overview   -            | h                     | =
      web:worked-pupil      -            | h                     | =
    """,
    "ask: waves": """
      ask:waves             -            | yy yyyy y nnnn nn y s | -
      ask:new               -            | nn nnny y nnnn nn y s | =
      ask:wave              draft        | hh hhhy y hhhh hh h s | -
      ask:wave              open         | yy yyyy y hhhh hh h s | -
      ask:wave              closed       | yy yyyy y hhhh hh h s | -
      ask:edit              draft        | hh hhhy y hhhh hh h s | =
      ask:edit              open         | hh hhhy y hhhh hh h s | =
      ask:wave-questions    draft        | hh hhhy y hhhh hh h s | =
      ask:wave-questions    open         | yy yyyy y hhhh hh h s | hh hhhy y hhhh hh h s
      ask:try               draft        | hh hhhy y hhhh hh h s | =
      ask:try               open         | yy yyyy y hhhh hh h s | =
      ask:paper             draft        | hh hhhy y hhhh hh h s | -
      ask:paper             open         | yy yyyy y hhhh hh h s | -
      ask:open              draft        | -                     | hh hhhy y hhhh hh h s
      ask:close             open         | -                     | hh hhhy y hhhh hh h s
      ask:discard           draft        | -                     | hh hhhy y hhhh hh h s
      ask:texts             draft        | h  s                  | =
      ask:texts             open         | hh yhyh h hhhh hh h s | =
      ask:texts             told         | hh yhyh h hhhh hh h s | =
      ask:named             draft        | hh hhhy y hhhh hh h s | -
      ask:named             open         | yy yyyy y hhhh hh h s | -
      ask:withdraw          open         | hh hhhy y hhhh hh h s | =
      ask:opt-outs          -            | nn yyyy y nnnn nn y s | -
      ask:new-opt-out       own          | hh yyyy y hhhh hh h s | =
      ask:new-opt-out       staff        | hh hhhy y hhhh hh h s | =
      ask:new-opt-out       left         | h  s                  | =
      ask:end-opt-out       opted        | -                     | hh yyyy y hhhh hh h s
      ask:links             staff        | hh hhhy y hhhh hh h s | -
      ask:mail-links        staff        | -                     | hh hhhy y hhhh hh h s
      ask:slips             staff        | -                     | hh hhhy y hhhh hh h s
    """,
    "ask: classes": """
      ask:class             open/own     | yh hhhy y hhhh hh h s | -
      ask:class             open/other   | hy hhhy y hhhh hh h s | -
      ask:class             draft/own    | hh hhhy y hhhh hh h s | -
      ask:cards             open/own     | -                     | yh hhhy y hhhh hh h s
      ask:cards             open/other   | -                     | hy hhhy y hhhh hh h s
      ask:one-card          open/own     | -                     | yh hhhy y hhhh hh h s
      ask:one-card          open/other   | -                     | hy hhhy y hhhh hh h s
      ask:open-session      open/own     | -                     | yh hhhy y hhhh hh h s
      ask:open-session      open/other   | -                     | hy hhhy y hhhh hh h s
      ask:numbers           own          | -                     | yh hhhy y hhhh hh h s
      ask:numbers           other        | -                     | hy hhhy y hhhh hh h s
      ask:one-number        own          | -                     | yh hhhy y hhhh hh h s
      ask:one-number        other        | -                     | hy hhhy y hhhh hh h s
      ask:session           own          | yh hhhy y hhhh hh h s | -
      ask:session           other        | hy hhhy y hhhh hh h s | -
      ask:board             own          | yh hhhy y hhhh hh h s | -
      ask:let-in            own          | -                     | yh hhhy y hhhh hh h s
      ask:turn-away         own          | -                     | yh hhhy y hhhh hh h s
      ask:end-session       own          | -                     | yh hhhy y hhhh hh h s
      ask:talk-cards        own          | -                     | yh hhhy y hhhh hh h s
      ask:talk-cards        other        | -                     | hy hhhy y hhhh hh h s
    """,
    "ask: talking": """
      ask:my-talk           -            | nn nnnn n nnnn ny n s | =
      ask:my-talk-sent      -            | nn nnnn n nnnn ny n s | -
    """,
    # What opens these is in the browser's hand (a card, a device that was let in, a pass), never a sign-in.
    "ask: answering": """
      ask:code              -            | y                     | y
      ask:wait              -            | y                     | -
      ask:wait-state        -            | y                     | -
      ask:names             -            | o                     | -
      ask:number            own          | o                     | o
      ask:card              wrong        | h                     | h
      ask:card              right        | y                     | y
      ask:start             -            | n                     | -
      ask:again             -            | -                     | y
      ask:questions         -            | n                     | -
      ask:answers           -            | -                     | n
      ask:done              -            | y                     | -
      ask:talk              -            | y                     | n
      ask:talk-by-card      wrong        | h                     | h
      ask:talk-by-card      right        | y                     | n
      ask:talk-by-card      talk         | y                     | n
      ask:talk-sent         -            | y                     | -
    """,
    "notice": """
      notice:my-group       -            | yy yyyy y nnnn nn y s | -
      notice:overlooked     -            | yy yyyy n nnnn nn y s | -
      notice:group          own          | yh yyyy h hhhh hh h s | -
      notice:group          other        | hy yyyy h hhhh hh h s | -
      notice:group-moment   own          | yh yyyy h hhhh hh h s | =
      notice:group-moment   other        | hy yyyy h hhhh hh h s | =
      notice:sort           own          | yh yhhh h hhhh hh h s | =
      notice:sort           other        | hy yhhh h hhhh hh h s | =
      notice:undo-sort      own          | -                     | yh hhhh h hhhh hh h s
      notice:undo-sort      own/theirs   | -                     | h  s
      notice:pupil          own          | yh yyyy h hhhh hh h s | -
      notice:pupil          other        | hy yyyy h hhhh hh h s | -
      notice:pupil          left         | h  s                  | -
      notice:moment         own          | yh yyyy h hhhh hh h s | =
      notice:moment         other        | hy yyyy h hhhh hh h s | =
      notice:set-state      own          | -                     | yh yrrr h hhhh hh h s
      notice:set-state      other        | -                     | hy yrrr h hhhh hh h s
      notice:undo-state     own          | -                     | yh hhhh h hhhh hh h s
      notice:undo-state     own/theirs   | -                     | h  s
      notice:set-review     own          | -                     | yh yrrr h hhhh hh h s
      notice:knowing        own          | -                     | yh yyyy h hhhh hh h s
      notice:knowing        other        | -                     | hy yyyy h hhhh hh h s
      notice:undo-knowing   own          | -                     | yh yyyy h hhhh hh h s
      notice:undo-moment    own          | -                     | yr rrrr r rrrr rr r s
      notice:undo-moment    other        | -                     | ry rrrr r rrrr rr r s
      notice:add-words      own          | yh hhhh h hhhh hh h s | =
      notice:add-words      other        | hy hhhh h hhhh hh h s | =
    """,
    # Analyst: releases only. Governor: published ones only.
    "see": """
      see:waves             -            | yy yyyy y yynn nn y s | -
      see:overview          told         | yy yyyy y yyhh hh h s | -
      see:overview          closed       | yy yyyy y hyhh hh h s | -
      see:overview          built        | yy yyyy y hhhh hh h s | -
      see:overview          open         | h  s                  | -
      see:progress          told         | yy yyyy y yyhh hh h s | -
      see:progress          closed       | yy yyyy y hyhh hh h s | -
      see:progress          built        | yy yyyy y hhhh hh h s | -
      see:again             closed       | -                     | hh hhhy y hhhh hh h s
      see:again             built        | -                     | hh hhhy y hhhh hh h s
      see:part              told         | yy yyyy y yyhh hh h s | -
      see:part              closed       | yy yyyy y hyhh hh h s | -
      see:groups            told         | yy yyyy y yyhh hh h s | -
      see:groups            closed       | yy yyyy y hyhh hh h s | -
      see:gap               told         | yy yyyy y yyhh hh h s | -
      see:gap               closed       | yy yyyy y hyhh hh h s | -
      see:items             told         | yy yyyy y yyhh hh h s | -
      see:items             closed       | yy yyyy y hyhh hh h s | -
      see:method            told         | yy yyyy y yyhh hh h s | -
      see:method            closed       | yy yyyy y hyhh hh h s | -
      see:table             told         | yy yyyy y yyhh hh h s | -
      see:table             closed       | yy yyyy y hyhh hh h s | -
      see:table             built        | h  s                  | -
    """,
    # `own` is a plan in the hands of the tutor of 8H, `other` one of the head's.
    "act": """
      act:practices         -            | yy yyyy y nnnn nn y s | -
      act:practice          -            | yy yyyy y nnnn nn y s | -
      act:plans             -            | yy yyyy y nnnn nn y s | -
      act:new-plan          -            | nn yyyy y nnnn nn y s | =
      act:plan              own          | yy yyyy y hhhh hh h s | -
      act:plan              other        | yy yyyy y hhhh hh h s | -
      act:edit-plan         own          | yh yyyy y hhhh hh h s | =
      act:edit-plan         other        | hh yyyy y hhhh hh h s | =
      act:end-plan          own          | -                     | yh yyyy y hhhh hh h s
      act:end-plan          other        | -                     | hh yyyy y hhhh hh h s
      act:reopen-plan       own          | -                     | yh yyyy y hhhh hh h s
      act:add-step          own          | -                     | yh yyyy y hhhh hh h s
      act:add-step          other        | -                     | hh yyyy y hhhh hh h s
      act:restore-step      own          | -                     | yh yyyy y hhhh hh h s
      act:mark-step         own          | -                     | yh yyyy y hhhh hh h s
      act:mark-step         other        | -                     | hh yyyy y hhhh hh h s
      act:mark-step         own/theirs   | -                     | h  s
      act:remove-step       own          | -                     | yh yyyy y hhhh hh h s
      act:remove-step       own/theirs   | -                     | h  s
    """,
    "tell": """
      tell:responses        -            | yy yyyy y ynnn nn y s | -
      tell:edit             told         | hh hhhy y hhhh hh h s | -
      tell:edit             closed       | hh hhhy y hhhh hh h s | -
      tell:edit             open         | h  s                  | -
      tell:thanks           closed       | -                     | hh hhhy y hhhh hh h s
      tell:add-item         closed       | -                     | hh hhhy y hhhh hh h s
      tell:restore-item     closed       | -                     | hh hhhy y hhhh hh h s
      tell:item             closed       | hh hhhy y hhhh hh h s | =
      tell:item             closed/theirs| h  s                  | =
      tell:move-item        closed       | -                     | hh hhhy y hhhh hh h s
      tell:move-item        closed/theirs| -                     | h  s
      tell:remove-item      closed       | -                     | hh hhhy y hhhh hh h s
      tell:remove-item      closed/theirs| -                     | h  s
      tell:publish          closed       | -                     | hh hhhy h hhhh hh h s
      tell:take-back        told         | -                     | hh hhhy h hhhh hh h s
      tell:preview          closed       | yy yyyy y hnnn nn h s | -
      tell:preview          told         | yy yyyy y ynnn nn h s | -
      tell:report           closed       | hh hhhy y hhhh hh h s | -
      tell:report           told         | hh hhhy y yhhh hh h s | -
      tell:governors-pdf    closed       | hh hhhy y hhhh hh h s | -
      tell:governors-pdf    told         | hh hhhy y yhhh hh h s | -
      tell:told-list        -            | yy yyyy y ynnn yy y s | -
      tell:told             told         | y                     | -
      tell:told             closed       | h                     | -
      tell:poster           told         | y                     | -
      tell:poster           closed       | h                     | -
    """,
    "people": """
      people:list           -            | nn yyyy y nnyn nn y s | -
      people:groups         -            | nn yyyy y nnyn nn y s | -
      people:group          own          | yh yyyy y hhyh hh h s | -
      people:group          other        | hy yyyy y hhyh hh h s | -
      people:person         own          | yh yyyy y hhyh hh h s | -
      people:person         other        | hy yyyy y hhyh hh h s | -
      people:person         staff        | hh hhhy y hhyh hh h s | -
      people:person         left         | h  s                  | -
      people:staff          -            | nn nnny n nnyn nn y s | -
      people:give-role      staff        | -                     | hh hhhy h hhhh hh h s
      people:end-role       staff        | -                     | hh hhhy h hhhh hh h s
      people:invite         staff        | -                     | hh hhhy h hhyh hh h s
      people:invite         own          | -                     | h  s
      people:staff-sign-in  staff        | hh hhhy h hhhh hh h s | -
      people:reset-second-factor staff   | -                     | hh hhhr h hhhh hh h s
      people:end-sessions   staff        | -                     | hh hhhy h hhhh hh h s
    """,
    "people: import": """
      people:imports        -            | nn nnny y nnyn nn y s | =
      people:import         -            | hh hhhy y hhyh hh h s | -
      people:import-columns -            | hh hhhy y hhyh hh h s | =
      people:import-school  -            | hh hhhy y hhyh hh h s | =
      people:import-complete -           | -                     | hh hhhy y hhyh hh h s
      people:import-apply   -            | -                     | hh hhhy y hhyh hh h s
      people:import-cancel  -            | -                     | hh hhhy y hhyh hh h s
      people:import-set-aside -          | hh hhhy y hhyh hh h s | -
    """,
    "guard": """
      guard:trail           -            | nn nnyy n nnnn nn y s | -
      guard:trail-csv       -            | nn nnyy n nnnn nn y s | -
      guard:find-pupil      -            | nn nnyy n nnnn nn y s | -
      guard:about-pupil     own          | hh hhyy h hhhh hh h s | -
      guard:about-pupil     left         | hh hhyy h hhhh hh h s | -
      guard:about-pupil     staff        | h  s                  | -
      guard:about-pupil-csv own          | hh hhyy h hhhh hh h s | -
      guard:about-pupil-csv left         | hh hhyy h hhhh hh h s | -
    """,
    # The pastoral lead is a deputy, the governor is the chair. A concern about the DSL or the head passes them over.
    "guard: rights": """
      guard:home            -            | nn nnyy n nnyn nn y s | -
      guard:data-map        -            | nn nnyy n nnyn nn y s | -
      guard:dpia            -            | nn nnyy n nnyn nn y s | -
      guard:requests        -            | nn nnyy n nnnn nn y s | -
      guard:request-find    -            | nn nnyy n nnnn nn y s | -
      guard:new-request     own          | hh hhyy h hhhh hh h s | =
      guard:new-request     left         | hh hhyy h hhhh hh h s | =
      guard:request         requested    | hh hhyy h hhhh hh h s | -
      guard:decide-item     requested    | -                     | hh hhyy h hhhh hh h s
      guard:request-says    requested    | -                     | hh hhyy h hhhh hh h s
      guard:make-request    requested    | -                     | hh hhyy h hhhh hh h s
      guard:request-file    requested    | hh hhyy h hhhh hh h s | -
      guard:erase-find      -            | nn nnyy n nnnn nn y s | -
      guard:erase           own          | hh hhyy h hhhh hh h s | =
      guard:erase           staff        | hh hhyy h hhhh hh h s | =
      guard:erase           left         | hh hhyy h hhhh hh h s | =
      guard:retention       -            | nn nnyy n nnnn nn y s | nn nnny n nnnn nn y s
      guard:holds           -            | nn nnyy n nnnn nn y s | =
      guard:hold-find       -            | nn nnyy n nnnn nn y s | -
      guard:hold-person     own          | hh hhyy h hhhh hh h s | =
      guard:hold-person     left         | hh hhyy h hhhh hh h s | =
      guard:lift-hold       requested    | -                     | hh hhyy h hhhh hh h s
    """,
    "guard: concerns": """
      guard:concerns        -            | nn ynyy n ynnn nn y s | -
      guard:concern         usual        | hh yhyy h hhhh hh h s | -
      guard:concern         about-dsl    | hh hhhy h yhhh hh h s | -
      guard:concern         about-head   | hh hhhh h yhhh hh h s | -
      guard:concern-act     usual        | -                     | hh yhyy h hhhh hh h s
      guard:concern-act     about-dsl    | -                     | hh hhhy h yhhh hh h s
      guard:concern-act     about-head   | -                     | hh hhhh h yhhh hh h s
      guard:concern-export  usual        | -                     | hh yhyy h hhhh hh h s
      guard:concern-export  about-dsl    | -                     | hh hhhy h yhhh hh h s
      guard:concern-export  about-head   | -                     | hh hhhh h yhhh hh h s
      guard:concern-copy    usual        | hh yhyy h hhhh hh h s | -
      guard:concern-copy    about-dsl    | hh hhhy h yhhh hh h s | -
      guard:concern-copy    about-head   | hh hhhh h yhhh hh h s | -
      guard:concern-json    usual        | hh yhyy h hhhh hh h s | -
      guard:concern-json    about-dsl    | hh hhhy h yhhh hh h s | -
      guard:concern-json    about-head   | hh hhhh h yhhh hh h s | -
      guard:raise           own          | yh yyyy h hhhh hh h s | =
      guard:raise           other        | hy yyyy h hhhh hh h s | =
      guard:raise           left         | h  s                  | =
      guard:rota            -            | nn nnyy n nnnn nn y s | =
      guard:rota-change     -            | -                     | nn nnyy n nnnn nn y s
      guard:rota-test       -            | -                     | nn nnyy n nnnn nn y s
    """,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: letters by role, for each method the route knows."""

    route: str
    what: tuple[str, ...]
    letters: dict[str, str]

    def expected(self) -> list[tuple[str, str, str]]:
        """Method, role and letter; `-` where the method does not exist."""
        return [
            (method, role, letter)
            for method, letters in self.letters.items()
            for role, letter in zip(ROLES, letters, strict=True)
        ]

    @property
    def same_by_post(self) -> bool:
        return self.letters["GET"] is self.letters["POST"]

    def __str__(self) -> str:
        return " ".join([self.route, *self.what])


def _spread(cell: str, sign_in: bool) -> str:
    """Fifteen letters: as written, or one for everyone with another for nobody."""
    letters = re.sub(r"\s", "", cell)
    if len(letters) <= 2:
        letters = letters[0] * (len(ROLES) - 1) + letters[-1]
    if letters[0] == "-" and sign_in:
        letters = letters[:-1] + "s"
    if len(letters) != len(ROLES) or set(letters) - set(f"{LETTERS}-"):
        raise ValueError(f"not a letter for each of {len(ROLES)} roles: {cell!r}")
    return letters


def _row(line: str) -> Row:
    head, get, post = (part.strip() for part in line.split("|"))
    route, what = head.split()
    sign_in = "s" in f"{get[-1]}{post[-1]}" and not route.startswith("sign-")
    gets = _spread(get, sign_in)
    return Row(
        route,
        tuple(what.split("/")) if what != "-" else (),
        {"GET": gets, "POST": gets if post == "=" else _spread(post, sign_in)},
    )


TABLE: dict[str, list[Row]] = {
    room: [_row(line) for line in lines.strip().splitlines()] for room, lines in ROOMS.items()
}
