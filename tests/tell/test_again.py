"""Again: a plan's page shows the gap it was made for, then and in every wave since."""

from tests.tell.build import ADULTS, AUTUMN, make_release, make_wave, releases


def page_of(client_as, cast, plan) -> str:
    return client_as(cast.tutor).get(f"/act/plans/{plan.pk}/").content.decode()


def test_the_narrowed_gap_with_its_interval_and_its_caveats(cast, client_as, story):
    found = releases()[1].followup(*ADULTS)
    page = page_of(client_as, cast, story.adults)
    assert f"For those who answered both times the gap narrowed by {found.difference:g} points" in page
    assert f"interval {found.low:g} to {found.high:g}" in page
    assert "This group was chosen because it was low; some rise is expected anyway." in page
    assert "Autumn wave" in page
    assert "Spring wave" in page
    assert f"/see/{AUTUMN}/gap/?measure=part%3Aadults&amp;cut=sen&amp;group=sen" in page


def test_the_gap_that_stayed_is_no_change_we_can_tell(cast, client_as, story):
    page = page_of(client_as, cast, story.clubs)
    assert "No change we can tell" in page
    assert "It may be chance" in page


def test_before_the_next_wave_the_page_says_what_will_be_there(cast, client_as, story):
    story.spring.release_record.delete()
    page = page_of(client_as, cast, story.adults)
    assert "Not asked again yet." in page
    assert "narrowed" not in page


def test_a_wave_from_before_the_plan_does_not_count(cast, client_as, story):
    story.adults.starts_on = story.spring.opens_on.replace(month=5)
    story.adults.save()
    assert "Not asked again yet." in page_of(client_as, cast, story.adults)


def test_every_wave_since_stands_in_the_table(cast, client_as, story):
    summer = make_wave(
        cast.school,
        90_009,
        title="Summer wave",
        opens_on=story.spring.opens_on.replace(month=6),
        closes_on=story.spring.closes_on.replace(month=6),
        closed_at=story.spring.closed_at.replace(month=6),
    )
    make_release(summer, releases()[1])
    page = page_of(client_as, cast, story.adults)
    assert page.index("Autumn wave") < page.index("Spring wave") < page.index("Summer wave")


def test_a_plan_without_a_gap_says_nothing(cast, client_as, story):
    story.adults.measure, story.adults.wave, story.adults.gap_at_start = "", None, {}
    story.adults.save()
    assert "Then and now" not in page_of(client_as, cast, story.adults)
