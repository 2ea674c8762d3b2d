"""What was said about places, for building its release and for nothing else."""

from collections.abc import Iterable

from belong.ask.models import PlaceAsking, PlaceRow


def said_in(asking: PlaceAsking) -> Iterable[list[tuple[int, str, int]]]:
    """What each pupil said in a closed asking, without the pupil; for building a release only."""
    if not asking.is_closed:
        return []
    rows = PlaceRow.objects.filter(asking=asking).order_by("pk").values_list("said", flat=True)
    return [[(int(place), str(time), int(feeling)) for place, time, feeling in said] for said in rows]
