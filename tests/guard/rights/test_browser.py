"""The pages of rights in a real browser: found from the menu, readable on a phone, no breach of WCAG 2.2 AA."""

import pytest
from django.urls import reverse

from belong.base.clock import today
from belong.guard.rights import holds, requests
from tests.browser import axe, sign_in
from tests.look import shoot

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(cast, amina) -> dict[str, str]:
    facts = {"asked_on": today(), "known_by": "in person at the office", "child_view": "agrees"}
    request = requests.open_request(cast.dsl, person=amina, asker="carer", carer=cast.carer.person, **facts)
    item = request.items.filter(model="notice.Moment").get()
    requests.decide(cast.dsl, request, item.pk, "hold", "names another pupil")
    holds.place_hold(cast.head, person=cast.pupils[2], reason="A claim about a trip in 2024")
    return {
        "home": reverse("guard:home"),
        "requests": reverse("guard:requests"),
        "new-request": reverse("guard:new-request", args=[amina.pk]),
        "request": reverse("guard:request", args=[request.pk]),
        "find": reverse("guard:erase-find") + "?q=a",
        "erase": reverse("guard:erase", args=[amina.pk]),
        "kept": reverse("guard:retention"),
        "holds": reverse("guard:holds"),
        "hold-person": reverse("guard:hold-person", args=[amina.pk]),
        "data-map": reverse("guard:data-map"),
        "dpia": reverse("guard:dpia"),
        "opt-outs": reverse("ask:opt-outs") + "?name=amina",
        "opt-out": reverse("ask:new-opt-out", args=[amina.pk]),
    }


@pytest.mark.django_db(transaction=True)
def test_every_page_is_sound(page, live, cast, addresses):
    sign_in(page, cast.head)
    page.goto(live)
    page.locator("summary", has_text="Safe keeping").or_(
        page.locator("a", has_text="Safe keeping")
    ).first.wait_for(state="attached")
    for name, address in addresses.items():
        page.goto(live + address)
        assert page.url == live + address, f"{name} went to {page.url}"
        axe(page)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px wide on {width}"
        shoot(page, f"rights-{name}")
