import pytest
from tests.browser import sign_in, axe
from tests.look import shoot


@pytest.mark.browser
def test_look(page, live, lively):
    cast = lively
    g = cast.tutor_group.pk
    p = cast.pupils[1].pk
    sign_in(page, cast.tutor)
    def go(path, name):
        page.goto(live + path)
        for dark in (False, True):
            shoot(page, "notice-" + name, dark=dark)
        try:
            axe(page)
        except AssertionError as e:
            print("AXE", name, str(e)[:1500])
        w = {}
        for width in (390, 1280, 320):
            page.set_viewport_size({"width": width, "height": 844})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0: print("OVERFLOW", name, width, over)
        page.set_viewport_size({"width": 1280, "height": 900})
    go("/", "today")
    go(f"/group/{g}/", "group")
    go(f"/group/{g}/moment/?start=all", "groupmoment")
    go(f"/group/{g}/sort/", "sort")
    go(f"/group/{g}/sort/?at=0", "sortdone")
    go(f"/pupils/{p}/", "pupil")
    go(f"/pupils/{p}/moment/", "moment")
    go(f"/pupils/{p}/moment/?kind=note_home", "momentwords")
    go("/overlooked/", "overlooked")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(live + f"/group/{g}/")
        page.click(f"#note-{p}")
        page.wait_for_selector("#sheet[open]")
        shoot(page, "notice-sheet", widths=(width,), whole=False)
        try: axe(page)
        except AssertionError as e: print("AXE sheet", str(e)[:1500])
        page.click("#sheet button[value=praise]")
        page.wait_for_selector(".toast")
        page.wait_for_timeout(300)
        shoot(page, "notice-toast", widths=(width,), whole=False)
        try: axe(page)
        except AssertionError as e: print("AXE toast", str(e)[:1500])
    sign_in(page, cast.pastoral)
    page.set_viewport_size({"width": 1280, "height": 900})
    go("/", "today-pastoral")
    go("/overlooked/", "overlooked-pastoral")
    go(f"/pupils/{p}/", "pupil-pastoral")
    sign_in(page, cast.head)
    go("/group/", "nogroup")
    sign_in(page, cast.carer)
    go("/", "welcome-carer")
    sign_in(page, cast.pupil)
    go("/", "welcome-pupil")
    page.context.clear_cookies()
    go("/sign-in/", "signin")


@pytest.mark.browser
def test_look_demo(page, live, settings, db):
    settings.DEMO = True
    page.goto(live + "/sign-in/")
    for dark in (False, True):
        shoot(page, "notice-signin-demo", dark=dark)
    axe(page)
