"""How the studio's buttons are pressed. Who may open which door is asked by `tests/flows/doors`."""

import pytest
from django.test import Client

from tests.factories.trade import make_sale
from tests.web.shared.desk import browser

pytestmark = pytest.mark.django_db
BUTTONS = ("open", "end", "cancel", "report", "explain", "answer", "announce", "transcribe")


def test_buttons_are_pressed_and_not_followed() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    here = f"/studio/sessions/{sale.session.id}"
    for address in (*(f"{here}/{button}" for button in BUTTONS), f"/studio/offers/{sale.offer.id}/close"):
        assert client.get(address).status_code == 405, address


def test_a_form_from_elsewhere_is_refused() -> None:
    sale = make_sale()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sale.stall.presenter, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"/studio/sessions/{sale.session.id}/end").status_code == 403


def test_what_is_not_there_is_not_found() -> None:
    client = browser(make_sale().stall.presenter)
    for address in ("/studio/sessions/999999/", "/studio/offers/999999/"):
        assert client.get(address).status_code == 404, address
