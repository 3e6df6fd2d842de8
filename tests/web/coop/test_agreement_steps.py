"""Making and revising an agreement step by step, in percent and yuan, with nothing lost on the way."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.models import Agreement
from fieldcast.agreements.terms import following_a_model
from fieldcast.agreements.types import VersionView
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db
SALE = {"commission_bp": "2", "host_bp": "12.5", "rebate_bp": "35"}
DELIVERY = {"logistics_fen_per_pack": "6.80", "cold_chain_bp": "3", "cold_chain_cap_bp": "8"}
BOXES = {
    "handling_fen_per_pack": "1.20",
    "host_fixed_fen_per_pack": "0",
    "after_sale": "7",
    "after_sale_unit": "days",
}


class Walk:
    """Someone going through the steps, as a browser does: what is hidden goes along."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.page: Any = client.get(address)

    def go(self, way: str = "next", **filled: str) -> Any:
        """Fill in the step that is shown and press a button."""
        self.page = self.client.post(self.address, {**hidden(self.page), "go": way, **filled})
        return self.page


def steps(stall: Stall, **changes: str) -> list[dict[str, str]]:
    """What is typed in each step of a new agreement; `changes` are laid over the step they belong to."""
    who = {"name": "黄桃秋季", "host": str(stall.host.id), "carrier": str(stall.carrier.id)}
    prices = {f"price-{stall.lot.product.code}": "3.80"}
    found = [who, prices, dict(SALE), dict(DELIVERY), dict(BOXES)]
    for name, value in changes.items():
        next((step for step in found if name in step), found[2])[name] = value
    return found


def walk_through(stall: Stall, **changes: str) -> Walk:
    """Up to the page that shows the whole agreement."""
    walk = Walk(browser(stall.chief), "/coop/agreements/new/")
    for step in steps(stall, **changes):
        walk.go(**step)
    return walk


def latest(stall: Stall) -> VersionView:
    """The cooperative's newest agreement."""
    return agreements.current_of(organisation_id=stall.cooperative.id)[-1]


def test_an_agreement_is_made_in_percent_and_yuan_and_kept_in_basis_points_and_fen() -> None:
    stall = make_stall()
    walk = walk_through(stall)
    text = words(walk.page)
    assert "The host gets 12.5% of sales." in text
    assert "Yellow peach ¥3.80/jin" in text
    assert "A sale is final 7 days after" in text
    response = walk.go("save")
    made = latest(stall)
    assert response["Location"] == f"/coop/agreements/{made.id}/"
    assert (made.name, made.host_id, made.carrier_id) == ("黄桃秋季", stall.host.id, stall.carrier.id)
    terms = following_a_model(made.terms)
    assert dict(terms["guarantee_fen"]) == {stall.lot.product.code: 380}
    assert (terms["commission_bp"], terms["host_bp"], terms["rebate_bp"]) == (200, 1250, 3500)
    assert (terms["logistics_fen_per_pack"], terms["cold_chain_bp"], terms["cold_chain_cap_bp"]) == (
        680,
        300,
        800,
    )
    assert (terms["handling_fen_per_pack"], terms["after_sale_seconds"], terms["public_benefit"]) == (
        120,
        604800,
        False,
    )


def test_the_cooperative_that_makes_it_has_agreed_to_it() -> None:
    stall = make_stall()
    walk_through(stall).go("save")
    consents = agreements.consents_of(version_id=latest(stall).id)
    assert [one.organisation_id for one in consents] == [stall.cooperative.id]


def test_nothing_is_written_before_the_last_button() -> None:
    stall = make_stall()
    walk_through(stall)
    assert len(agreements.current_of(organisation_id=stall.cooperative.id)) == 1


def test_the_last_form_sent_twice_makes_one_agreement() -> None:
    stall = make_stall()
    walk = walk_through(stall)
    form = {**hidden(walk.page), "go": "save"}
    first, second = (walk.client.post(walk.address, form) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert len(agreements.current_of(organisation_id=stall.cooperative.id)) == 2


def test_public_benefit_is_a_box_to_tick_and_stays_ticked_on_the_way() -> None:
    stall = make_stall()
    walk = walk_through(stall, public_benefit="on")
    assert "Public benefit: the platform takes nothing." in words(walk.page)
    walk.go("save")
    assert following_a_model(latest(stall).terms)["public_benefit"] is True


def test_going_back_keeps_everything_that_was_typed() -> None:
    stall = make_stall()
    walk = walk_through(stall)
    for name, value in (("after_sale", "7"), ("cold_chain_cap_bp", "8"), ("host_bp", "12.5")):
        assert typed(walk.go("back"), name) == value
    assert typed(walk.go("back"), f"price-{stall.lot.product.code}") == "3.80"
    assert typed(walk.go("back"), "name") == "黄桃秋季"
    for step in steps(stall):
        walk.go(**step)
    assert "The host gets 12.5% of sales." in words(walk.page)


def test_a_wrong_value_may_be_left_by_going_back_and_still_stands_there() -> None:
    stall = make_stall()
    walk = Walk(browser(stall.chief), "/coop/agreements/new/")
    who, prices, *_rest = steps(stall)
    walk.go(**who)
    walk.go(**prices)
    walk.go("back", **{**SALE, "rebate_bp": "many"})
    assert typed(walk.page, f"price-{stall.lot.product.code}") == "3.80"
    walk.go(**prices)
    assert typed(walk.page, "rebate_bp") == "many"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"host": ""}, "host"),
        ({"rebate_bp": "101"}, "rebate_bp"),
        ({"rebate_bp": "35.125"}, "rebate_bp"),
        ({"host_bp": "99"}, "host_bp"),
        ({"cold_chain_bp": "9"}, "cold_chain_bp"),
        ({"cold_chain_bp": "7", "cold_chain_cap_bp": "6"}, "cold_chain_bp"),
        ({"cold_chain_cap_bp": "4"}, "cold_chain_cap_bp"),
        ({"logistics_fen_per_pack": "-1"}, "logistics_fen_per_pack"),
        ({"handling_fen_per_pack": "10001"}, "handling_fen_per_pack"),
        ({"after_sale": "91"}, "after_sale"),
        ({"after_sale": "soon"}, "after_sale"),
    ],
)
def test_a_value_a_clause_cannot_have_is_refused_beside_its_field(
    changes: dict[str, str], field: str
) -> None:
    stall = make_stall()
    walk = Walk(browser(stall.chief), "/coop/agreements/new/")
    for step in steps(stall, **changes):
        if walk.go(**step).status_code == 422:
            break
    assert walk.page.status_code == 422
    assert error_beside(walk.page, field)


@pytest.mark.parametrize("price", ["0", "free", "10000.01"])
def test_a_guaranteed_price_must_be_an_amount(price: str) -> None:
    stall = make_stall()
    walk = Walk(browser(stall.chief), "/coop/agreements/new/")
    walk.go(**steps(stall)[0])
    name = f"price-{stall.lot.product.code}"
    response = walk.go(**{name: price})
    assert response.status_code == 422
    assert error_beside(response, name)


def test_something_must_be_guaranteed() -> None:
    stall = make_stall()
    walk = Walk(browser(stall.chief), "/coop/agreements/new/")
    walk.go(**steps(stall)[0])
    response = walk.go(**{f"price-{stall.lot.product.code}": ""})
    assert response.status_code == 422
    assert "Guarantee a price for at least one product." in words(response)


def test_a_hidden_field_that_was_tampered_with_is_asked_for_again() -> None:
    stall = make_stall()
    walk = walk_through(stall)
    response = walk.go("save", rebate_bp="-5")
    assert response.status_code == 422
    assert error_beside(response, "rebate_bp")
    assert len(agreements.current_of(organisation_id=stall.cooperative.id)) == 1


def revise(stall: Stall, **changes: str) -> Walk:
    """Walk through a revision with the fields the browser shows, changing some."""
    walk = Walk(browser(stall.chief), f"/coop/agreements/{stall.version.id}/revise/")
    walk.go(note="返利提高一成")
    for name in (f"price-{stall.lot.product.code}", "rebate_bp", "logistics_fen_per_pack", "after_sale"):
        assert typed(walk.page, name)
        walk.go(**shown(walk.page), **{key: value for key, value in changes.items() if key == name})
    return walk


def shown(page: Any) -> dict[str, str]:
    """What the visible boxes hold."""
    import re

    text = page.content.decode()
    names = re.findall(r'<input type="text" name="([^"]+)"', text)
    found = {name: typed(page, name) for name in names}
    chosen = re.search(r'<select name="after_sale_unit".*?<option value="(\w+)" selected', text, re.S)
    return found | ({"after_sale_unit": chosen[1]} if chosen else {})


def test_a_revision_begins_with_the_terms_in_force() -> None:
    stall = make_stall()
    walk = revise(stall)
    walk.go("save")
    newest = agreements.versions_of(agreement_id=stall.version.agreement_id)[0]
    assert (newest.number, newest.note) == (2, "返利提高一成")
    assert newest.terms == stall.version.terms


def test_a_revision_changes_what_was_changed_and_keeps_the_old_version() -> None:
    stall = make_stall()
    walk = Walk(browser(stall.chief), f"/coop/agreements/{stall.version.id}/revise/")
    walk.go(note="返利提高")
    walk.go(**shown(walk.page))
    walk.go(**{**shown(walk.page), "rebate_bp": "45"})
    walk.go(**shown(walk.page))
    walk.go(**shown(walk.page))
    walk.go("save")
    newest, first = agreements.versions_of(agreement_id=stall.version.agreement_id)
    assert (following_a_model(newest.terms)["rebate_bp"], following_a_model(first.terms)["rebate_bp"]) == (
        4500,
        3500,
    )


def test_an_old_version_is_not_revised() -> None:
    stall = make_stall()
    agreements_operations.revise(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        terms=make_terms(product_code=stall.lot.product.code),
        now=NOW,
    )
    response = browser(stall.chief).get(f"/coop/agreements/{stall.version.id}/revise/", follow=True)
    assert "There is a newer version. Look at it first." in words(response)


def test_an_ended_agreement_is_not_revised() -> None:
    stall = make_stall()
    walk = revise(stall)
    agreements_operations.end_agreement(by=stall.chief, agreement_id=stall.version.agreement_id, now=NOW)
    ended = Agreement.objects.get(id=stall.version.agreement_id)
    assert (ended.ended_at, ended.ended_by_id) == (NOW, stall.chief.pk)
    response = walk.client.post(walk.address, {**hidden(walk.page), "go": "save"}, follow=True)
    assert "This agreement has ended." in words(response)


def test_a_host_does_not_revise() -> None:
    stall = make_stall()
    assert browser(stall.presenter).get(f"/coop/agreements/{stall.version.id}/revise/").status_code == 404


def test_the_steps_speak_chinese() -> None:
    stall = make_stall()
    text = words(browser(stall.chief, language=CHINESE).get("/coop/agreements/new/"))
    assert "和谁" in text
    assert "协议名称" in text


def test_a_guaranteed_price_far_from_the_last_one_is_asked_about_again() -> None:
    stall = make_stall()
    code = stall.lot.product.code
    walk = walk_through(stall, **{f"price-{code}": "38"})
    assert "Guaranteed prices more than a third from the last ones" in words(walk.page)
    assert walk.go("save").status_code == 422
    assert len(agreements.current_of(organisation_id=stall.cooperative.id)) == 1
    walk.go("save", confirms_jump="1")
    assert dict(following_a_model(latest(stall).terms)["guarantee_fen"]) == {code: 3800}
