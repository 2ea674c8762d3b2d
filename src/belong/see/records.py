"""The data map of the see room: releases hold protected figures about groups."""

from belong.base.registry import NO_PERSON, Record

RECORDS = (
    Record(
        "see.ReleaseRecord",
        holds="The results of a wave: figures about groups, protected against being traced to a person, and frozen.",
        why="so that a school sees whether its pupils belong",
        basis=NO_PERSON,
        seen_by="staff and analysts; governors once the school has answered",
        kept="as long as the school uses belong; a published release is never built again",
        wave="wave",
    ),
    Record(
        "see.NoticingRelease",
        holds="Figures about noticing on a half-term date: relationships, moments, recognition, empty places, the mix "
        "of pupils and of adults; about groups, protected against being traced to a person, and frozen.",
        why="so that a school sees whom it has not noticed yet",
        basis=NO_PERSON,
        seen_by="staff and analysts; governors once the school shares them",
        kept="as long as the school uses belong; published figures are never worked out again",
    ),
    Record(
        "see.PlaceRelease",
        holds="Where pupils feel they belong or less safe, by place and time of day: shares of ten pupils or more, "
        "protected against being traced to a person, and frozen.",
        why="so that a school sees which places to make better",
        basis=NO_PERSON,
        seen_by="staff and analysts",
        kept="as long as the school uses belong; a published picture is never made again",
    ),
)
