"""A person with several cooperatives works in one at a time, and stays there."""

import pytest

from fieldcast.accounts.operations import add_member
from fieldcast.accounts.types import Role
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import browser
from tests.web.shared.reading import hidden, words

pytestmark = pytest.mark.django_db


def two_stalls() -> tuple[Stall, Stall]:
    """Two cooperatives; the first one's chief owns the second one too."""
    first, second = make_stall(), make_stall()
    add_member(person_id=first.chief.pk, organisation_id=second.cooperative.id, role=Role.OWNER)
    return first, second


def test_the_first_place_is_shown_until_another_is_picked() -> None:
    first, second = two_stalls()
    client = browser(first.chief)
    assert first.lot.code in words(client.get("/coop/lots/"))
    picked = client.get(f"/coop/lots/?org={second.cooperative.code}")
    assert f"/coop/lots/{second.lot.id}/" in picked.content.decode()
    assert f"/coop/lots/{second.lot.id}/" in client.get("/coop/lots/").content.decode()


def test_a_place_one_does_not_work_in_is_refused() -> None:
    first, _second = two_stalls()
    stranger = make_stall()
    assert browser(first.chief).get(f"/coop/?org={stranger.cooperative.code}").status_code == 403


def test_a_form_belongs_to_the_place_it_was_opened_for() -> None:
    """Two tabs, two cooperatives: what is typed in the first one is not registered in the second one."""
    first, second = two_stalls()
    client = browser(first.chief)
    form = hidden(client.get(f"/coop/lots/new/?org={first.cooperative.code}"))
    client.get(f"/coop/?org={second.cooperative.code}")
    assert form["org"] == first.cooperative.code
    lot = {"plot": first.lot.plot.id, "product": first.lot.product.id, "grade": "一级"}
    response = client.post("/coop/lots/new/", {**form, **lot, "harvested_on": "2026-11-22", "quantity": "5"})
    assert response.status_code == 302


def test_someone_with_one_place_is_not_asked_to_choose() -> None:
    first, second = two_stalls()
    assert "Where you work" in browser(first.chief).get("/coop/").content.decode()
    assert "Where you work" not in browser(second.chief).get("/coop/").content.decode()
