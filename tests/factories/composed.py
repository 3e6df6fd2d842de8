"""A sale under terms that were composed of all six models: guarantee, dividend, points, rebate, commission, bonus."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.reading import terms_from_json
from tests.factories.accounts import NOW, make_county, make_member, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, everyone_agrees
from tests.factories.trade import Sale, make_offer, make_session


@dataclass(frozen=True)
class Partners:
    """Who takes part besides the stall's own: owner of the brand, technical service."""

    brand: OrganisationRef
    brand_person: Person
    service: OrganisationRef
    service_person: Person


def all_models(product: str, **changes: Any) -> dict[str, Any]:
    """Terms that combine all six models, for one product."""
    terms: dict[str, Any] = {
        "schema": 2,
        "public_benefit": False,
        "after_sale_seconds": 60,
        "clauses": [
            {"kind": "share_of_sales", "to": "platform", "rate_bp": 150},
            {"kind": "share_of_sales", "to": "host", "rate_bp": 500},
            {"kind": "share_of_sales", "to": "brand_owner", "rate_bp": 120},
            {"kind": "share_of_sales", "to": "pool:service", "rate_bp": 80},
            {"kind": "share_of_sales", "to": "pool:dividend", "rate_bp": 200},
            {"kind": "per_pack", "to": "carrier", "fen": 860},
            {"kind": "borne", "from": "farmer", "of": 6, "rate_bp": 500, "cap_bp": 800},
            {"kind": "guarantee", "to": "farmer", "price_fen": {product: {"一级": 380, "二级": 250}}},
            {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
            {"kind": "split", "weights": {"host": 1, "farmer": 1, "cooperative": 2}},
            {"kind": "rest", "to": "cooperative"},
        ],
        "period_clauses": [
            {"kind": "base_pay", "to": "host", "from": "cooperative", "fen": 30000, "agreed_sessions": 2},
            {
                "kind": "tiered_bonus",
                "to": "host",
                "from": "cooperative",
                "tiers": [{"up_to_fen": 5000, "rate_bp": 0}, {"up_to_fen": None, "rate_bp": 155}],
            },
            {"kind": "points", "pool": "service", "unclaimed": "cooperative"},
            {"kind": "dividend", "pool": "dividend", "performance_bp": 6000},
            {"kind": "unsold", "price_fen": {"一级": 100}, "bearers": {"host": 1, "cooperative": 3}},
            {
                "kind": "shortfall",
                "to": "cooperative",
                "quantity": 300,
                "tolerance_bp": 500,
                "fen_per_unit": 12,
                "cap_fen": 80000,
            },
            {"kind": "late_interest", "from": "platform", "to": "farmer", "ppm_per_day": 500},
        ],
        "promise_clauses": [
            {"kind": "bond", "from": "host", "fen": 50000, "payout_bp": 1000},
            {
                "kind": "penalty",
                "from": "host",
                "to": "cooperative",
                "fen": 20000,
                "breach": "说了与检测报告不符的话",
            },
        ],
    }
    return {**terms, **changes}


@transaction.atomic
def make_composed_sale(**changes: Any) -> tuple[Sale, Partners]:
    """A live session that sells boxes under composed terms, everyone agreed. `changes` of the terms."""
    county_id = make_county()
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST, name="果农秀兰")
    carrier = make_organisation(county_id=county_id, kind=OrganisationKind.CARRIER, name="河湾冷链")
    brand = make_organisation(county_id=county_id, kind=OrganisationKind.COMPANY, name="河湾黄桃协会")
    service = make_organisation(county_id=county_id, kind=OrganisationKind.COMPANY, name="河湾农技站")
    chief = make_member(organisation=cooperative)
    lot = make_lot(cooperative=cooperative, quantity=1000)
    partners = Partners(
        brand=brand,
        brand_person=make_member(organisation=brand, name="协会的人"),
        service=service,
        service_person=make_member(organisation=service, name="农技员"),
    )
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=county_id,
        name="黄桃联合体",
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=carrier.id,
        others={"brand_owner": brand.id},
        terms=terms_from_json(all_models(lot.product.code, **changes)),
        now=NOW,
    )
    stall = Stall(
        county_id=county_id,
        cooperative=cooperative,
        host=host,
        carrier=carrier,
        chief=chief,
        presenter=make_member(organisation=host, name="秀兰"),
        driver=make_member(organisation=carrier, name="司机"),
        lot=lot,
        version=version,
    )
    everyone_agrees(stall, version.id)
    agreements_operations.consent(
        by=partners.brand_person, version_id=version.id, organisation_id=brand.id, now=NOW
    )
    session = make_session(stall)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session)), partners
