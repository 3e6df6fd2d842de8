"""What stands behind the doors of a county's funds: a payment that waits for a person, a policy, a claim under it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.funds.asking import ask_for_refund
from fieldcast.settlement.insurance import operations as insurance
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import OrderLine
from tests.factories.accounts import NOW, make_organisation
from tests.factories.cover import make_fund, make_officer
from tests.factories.trade import Sale

POLICY: Final = {
    "number": "PICC-1", "from_day": "2020-01-01", "to_day": "2040-01-01", "per_unit": "5", "per_claim": "50",
    "premium": "0.10", "lots": "",
}  # fmt: skip


def settled_line(sale: Sale) -> OrderLine:
    """A line of the sale that is settled."""
    rows = OrderLine.objects.select_related("order").filter(settled_at__isnull=False)
    return rows.filter(order__county_id=sale.stall.county_id).order_by("id")[0]


def make_insured(sale: Sale, officer: Person | None, fund_id: int) -> Mapping[str, Any]:
    """The things by the names that addresses give them, and `refund`: what can still be claimed."""
    assert officer is not None
    line, county_id = settled_line(sale), sale.stall.county_id
    make_fund(sale.stall, cash_fen=100_000, limit_fen=0, by=officer, name="垫付基金")
    references = []
    for fen in (100, 200):
        refund = refund_settled(by=officer, amounts={line.pk: fen}, why="坏了", now=NOW)
        trade_operations.confirm_known(refund_id=refund.id, now=NOW)
        references.append(refund.reference)
    asked = ask_for_refund(
        by=make_officer(county_id),  # whoever asks does not decide
        county_id=county_id,
        seller_id=sale.stall.cooperative.id,
        order_id=line.order_id,
        order_number=line.order.number,
        amounts={line.pk: 100},
        borne_by="",
        why="到货后坏了",
        need_fen=100,
        now=NOW,
    )
    company = make_organisation(county_id=county_id, kind=OrganisationKind.COMPANY, name="人保财险")
    policy = insurance.record_policy(
        by=officer,
        county_id=county_id,
        insurer_id=company.id,
        fund_id=fund_id,
        number="PICC-0",
        from_day=date(2020, 1, 1),
        to_day=date(2040, 1, 1),
        products=(),
        lots=(),
        per_unit_fen=500,
        per_claim_fen=5000,
        premium_fen=10,
        now=NOW,
    )
    claim = insurance.make_claim(
        by=officer, policy_id=policy.id, order_line_id=line.pk, refund_reference=references[0], now=NOW
    )
    return {
        "ask_id": asked.id,
        "policy_id": policy.id,
        "claim_id": claim.id,
        "line_id": line.pk,
        "refund": references[1],
    }
