import pytest
from tests.browser import sign_in
from tests.tell.conftest import respond


@pytest.mark.browser
def test_look(page, live, cast, answered, story):
    spring = respond(cast, story.spring, [story.adults, story.clubs])
    for paper, w in (("a4",688), ("a3",971)):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": w, "height": 600})
        page.goto(live + f"/told/{spring.share_code}/poster/?paper={paper}")
        print(page.evaluate("[...document.querySelectorAll('body, main, main > *')].map(e => e.className + ' ' + e.getBoundingClientRect().height + ' ' + getComputedStyle(e).minHeight)"))
        page.pdf(path=f"var/look/poster-{paper}.pdf", prefer_css_page_size=True)
