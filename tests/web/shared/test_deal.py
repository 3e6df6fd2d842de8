"""What is promised with a purchase, where the demo makes its time short."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from pytest_django import Settings

from fieldcast.web.shared.deal import Deal

MINUTES, DAYS = 3 * 60, 7 * 24 * 3600


@pytest.mark.parametrize(
    ("demo", "seconds", "hurried"), [(True, MINUTES, True), (True, DAYS, False), (False, MINUTES, False)]
)
def test_a_time_that_the_demo_makes_short_says_what_it_usually_is(
    settings: Settings, demo: bool, seconds: int, hurried: bool
) -> None:
    settings.DEMO = demo
    deal = Deal(send_within_hours=48, days=None, refund_seconds=seconds)
    with translation.override("en"):
        said = " ".join(render_to_string("components/deal.html", {"deal": deal}).split())
    assert ("The demonstration makes this time short" in said) is hurried
    assert ("Usually it is 7 days." in said) is hurried
