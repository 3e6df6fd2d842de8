"""Composing an agreement clause by clause: from models to start with, to a version that everybody is asked about."""

import json
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.composed import drafting
from fieldcast.agreements.composed.presets import PRESETS
from fieldcast.agreements.types import VersionView
from fieldcast.web.coop import drafts
from fieldcast.web.coop.forms.asked import Known
from fieldcast.web.coop.forms.clauses import ASKED, ClauseForm
from tests.factories.accounts import NOW, make_organisation
from tests.factories.composed import all_models, make_composed_sale
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, error_beside, hidden, words

pytestmark = pytest.mark.django_db
AROUND = {"after_sale": "7", "after_sale_unit": "days"}
AT = "/coop/agreements/compose/"


class Walk:
    """Someone who composes, as a browser does: what is hidden goes along."""

    def __init__(self, client: Client, address: str = AT) -> None:
        self.client, self.address = client, address
        self.page: Any = client.get(address)

    def go(self, way: str, **filled: Any) -> str:
        """Press a button, and read the page that comes."""
        self.page = self.client.post(self.address, {**hidden(self.page), "go": way, **filled})
        return words(self.page)

    @property
    def draft(self) -> drafts.Draft:
        found = drafts.read(hidden(self.page)["draft"])
        assert found is not None
        return found


def started(stall: Stall, *presets: str, language: dict[str, str] | None = None) -> Walk:
    walk = Walk(browser(stall.chief, language=language or {"accept-language": "en"}))
    walk.go("start", name="黄桃秋季", host=stall.host.id, carrier=stall.carrier.id, presets=[*presets])
    return walk


def number_of(walk: Walk, kind: str) -> int:
    return next(number for number, _list, row in walk.draft.rows if row["kind"] == kind)


def price(walk: Walk, stall: Stall) -> None:
    """Say what is guaranteed."""
    number = number_of(walk, "guarantee")
    walk.go(f"edit:{number}")
    boxes = {"product-0": stall.lot.product.code, "price-0": "3.80", "grade-0": ""}
    walk.go(f"keep:{number}", to="farmer", **boxes)


def latest(stall: Stall) -> VersionView:
    return agreements.current_of(organisation_id=stall.cooperative.id)[-1]


def test_a_model_becomes_an_agreement_and_its_next_version_opens_here_again() -> None:
    stall = make_stall()
    brand = make_organisation(county_id=stall.county_id, name="河湾黄桃协会", kind=OrganisationKind.COMPANY)
    walk = started(stall, "brand")
    assert "is not filled in" in words(walk.page)
    price(walk, stall)
    assert "is not filled in" not in words(walk.page)
    text = walk.go("check", **AROUND)
    assert walk.page.status_code == 422
    assert "names a role that nobody takes: Owner of the brand." in text
    text = walk.go("check", **AROUND, **{"role-brand_owner": brand.id})
    assert "1.5% of sales after refunds: Owner of the brand." in text
    assert (brand.name_en or brand.name) in text
    assert len(agreements.current_of(organisation_id=stall.cooperative.id)) == 1
    form = {**hidden(walk.page), "go": "save"}
    first, second = (walk.client.post(AT, form) for _time in range(2))
    made = latest(stall)
    assert first["Location"] == second["Location"] == f"/coop/agreements/{made.id}/"
    assert made.parties["brand_owner"] == brand.id
    assert made.terms.after_sale_seconds == 604_800

    again = Walk(walk.client, f"/coop/agreements/{made.id}/revise/")
    number = number_of(again, "share_of_sales")
    again.go(f"edit:{number}")
    text = again.go(f"keep:{number}", to="platform", rate_bp="1.5")
    assert "1.5% of sales after refunds: Platform." in text
    again.go("check", **AROUND)
    assert error_beside(again.page, "note") == "Say what changes, and why."
    again.go("check", **AROUND, note="平台少拿一点")
    again.go("save")
    assert (latest(stall).number, latest(stall).note) == (2, "平台少拿一点")
    assert latest(stall).terms.commission_bp == 150


def test_clauses_are_added_moved_and_taken_out_and_wrong_ones_are_told_at_their_place() -> None:
    stall = make_stall()
    walk = started(stall, "guarantee_rebate")
    price(walk, stall)
    walk.go("add", kind="split")
    walk.go("place:split", **{"weights-host": "1", "weights-cooperative": "2"})
    assert [row["kind"] for _n, _l, row in walk.draft.rows][-3:] == ["rebate", "split", "rest"]
    rebate = number_of(walk, "rebate")
    text = walk.go(f"up:{rebate}", **AROUND)
    assert "a place after the guaranteed price" in text
    walk.go(f"down:{rebate - 1}", **AROUND)
    text = walk.go(f"remove:{number_of(walk, 'rest')}", **AROUND)
    assert "exactly one clause for what is left" in text
    walk.go("check", **AROUND)
    assert walk.page.status_code == 422
    walk.go("edit:1")
    walk.go("keep:1", to="platform", rate_bp="many")
    assert error_beside(walk.page, "rate_bp")
    walk.go("edit:99")
    assert walk.page.status_code == 404


def test_one_price_for_every_grade_or_one_for_each() -> None:
    stall = make_stall()
    walk = started(stall, "order")
    number, product = number_of(walk, "guarantee"), stall.lot.product.code
    boxes = {"product-0": product, "price-0": "3.80", "grade-0": "一级", "product-1": product, "price-1": "2"}
    walk.go(f"edit:{number}")
    text = walk.go(f"keep:{number}", to="farmer", **boxes, **{"grade-1": ""})
    assert "one price for every grade of a product" in text
    walk.go(f"keep:{number}", to="farmer", **boxes, **{"grade-1": "二级"})
    assert walk.draft.lists["clauses"][number - 1]["price_fen"] == {product: {"一级": 380, "二级": 200}}


def test_what_is_usual_in_the_county_stands_beside_a_term_where_three_agreements_say_it() -> None:
    stall = make_stall()
    walk = started(stall, "guarantee_rebate")
    number = number_of(walk, "rebate")
    assert "Usual in the county" not in walk.go(f"edit:{number}")
    for name in ("早桃", "晚桃"):
        agreements_operations.create_agreement(
            by=None,
            county_id=stall.county_id,
            name=name,
            cooperative_id=stall.cooperative.id,
            host_id=stall.host.id,
            carrier_id=stall.carrier.id,
            terms=make_terms(product_code=stall.lot.product.code, rebate_bp=2000 if name == "早桃" else 3000),
            now=NOW,
        )
    text = walk.go(f"edit:{number}")
    assert "Usual in the county: 20%–35% (agreements: 3)." in text


def test_tiers_in_the_wrong_order_are_refused_beside_their_boxes() -> None:
    walk = started(make_stall(), "wage")
    number = number_of(walk, "tiered_bonus")
    walk.go(f"edit:{number}")
    tiers = {"up_to-0": "2000", "rate-0": "1", "up_to-1": "1000", "rate-1": "2", "rate-above": "3"}
    text = walk.go(f"keep:{number}", **{"from": "cooperative", "to": "host"}, **tiers)
    assert "ends that rise from tier to tier" in text


def test_it_reads_in_chinese() -> None:
    walk = started(make_stall(), *PRESETS, language=CHINESE)
    assert [one for one in english_in(walk.page.content.decode()) if "MCN" not in one] == []
    for number, _list, _row in walk.draft.rows:
        page = walk.client.post(AT, {**hidden(walk.page), "go": f"edit:{number}"})
        assert page.status_code == 200
        assert [one for one in english_in(page.content.decode()) if "MCN" not in one] == []


def test_every_clause_goes_through_its_form_unchanged() -> None:
    rows = [row for name in drafting.LISTS for row in all_models("peach")[name]]
    sale, _partners = make_composed_sale()
    kinds = set()
    for number, row in enumerate(rows, start=20):
        known = Known(
            roles=["farmer", "carrier", "host", "cooperative", "platform", "brand_owner"],
            products=(sale.stall.lot.product,),
            earlier=[(6, "6")],
        )
        blank = ClauseForm(kind=row["kind"], number=number, row=_named(row, sale.stall), known=known)
        sent = {
            box.html_name: box.field.prepare_value(box.initial)
            for box in blank
            if box.initial not in (None, "", False)
        }
        form = ClauseForm(sent, kind=row["kind"], number=number, row=row, known=known)
        assert form.is_valid(), (row, form.errors)
        assert drafting.said_alone(form.row, number) == drafting.said_alone(_named(row, sale.stall), number)
        kinds.add(row["kind"])
    assert set(ASKED) == {kind for kinds in drafting.KINDS.values() for kind in kinds}


def _named(row: Any, stall: Stall) -> Any:
    """The row about the stall's product."""
    if row["kind"] != "guarantee":
        return row
    return {**row, "price_fen": {stall.lot.product.code: row["price_fen"]["peach"]}}


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "[",
        "[]",
        "[" * 5000,
        "1e999",
        json.dumps({"name": 3, "parties": {"host": "x", "nobody": 1}, "clauses": [{"kind": []}, 3]}),
        json.dumps({"clauses": [{"kind": "split", "weights": [[[], 1]]}, {"kind": "rest", "to": {}}]}),
        json.dumps({"clauses": [{"kind": "borne", "of": "1"}], "period_clauses": [{"kind": "unsold"}]}),
    ],
)
def test_a_draft_that_was_tampered_with_breaks_nothing(draft: str) -> None:
    client = browser(make_stall().chief)
    for go in ("", "edit:1", "up:1", "keep:1", "add", "place:x", "check", "save"):
        answer = client.post(AT, {"draft": draft, "go": go, "kind": "split", **AROUND})
        assert answer.status_code in (200, 404, 422), (go, answer.status_code)
