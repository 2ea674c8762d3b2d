import pytest
from tests.browser import sign_in, axe
from tests.look import shoot
from tests.tell.conftest import respond


@pytest.mark.browser
def test_look(page, live, cast, answered, story):
    spring = respond(cast, story.spring, [story.adults, story.clubs])
    sign_in(page, cast.head)
    def go(path, name, dark=False):
        r = page.goto(live + path)
        print(path, r.status)
        shoot(page, "tell-" + name, dark=dark)
        try:
            axe(page, strict=True)
        except AssertionError as e:
            print("AXE", name, str(e)[:1500])
        for width in (390, 1280, 320):
            page.set_viewport_size({"width": width, "height": 844})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0: print("OVERFLOW", name, width, over)
        page.set_viewport_size({"width": 1280, "height": 900})
    go("/tell/", "list")
    go(f"/tell/{story.spring.pk}/edit/", "edit")
    go(f"/tell/{story.spring.pk}/report/", "report")
    go(f"/told/{spring.share_code}/", "told")
    go(f"/told/{spring.share_code}/poster/", "poster")
    page.emulate_media(media="print")
    for paper in ("a4", "a3"):
        page.goto(live + f"/told/{spring.share_code}/poster/?paper={paper}")
        page.pdf(path=f"var/look/poster-{paper}.pdf", prefer_css_page_size=True)
    page.goto(live + f"/told/{spring.share_code}/")
    page.pdf(path="var/look/told.pdf", prefer_css_page_size=True)
    page.emulate_media(media="screen")
    go("/told/", "told-list")
    go("/act/", "practices")
    go(f"/act/?wave={story.spring.pk}&measure=part:adults&cut=sen&group=sen&part=adults", "practices-gap")
    go("/act/practices/trusted-adult/", "practice")
    go("/act/plans/", "plans")
    go(f"/act/plans/{story.adults.pk}/", "plan")
    go(f"/act/plans/{story.clubs.pk}/", "plan-clubs")
    go(f"/act/plans/{story.adults.pk}/edit/", "plan-edit")
    go(f"/act/plans/new/?wave={story.spring.pk}&measure=part:adults&cut=sen&group=sen&practice=circles", "plan-new")
    go("/", "today")
    from django.test import Client
    c = Client(); c.force_login(cast.head)
    open("var/look/governors.pdf", "wb").write(c.get(f"/tell/{story.spring.pk}/governors.pdf").content)
