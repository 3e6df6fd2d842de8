"""A county's funds: below the floor a person decides, what is owed to them has an age, an insurer pays once."""

import hashlib
import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.problems import SlipUsed
from fieldcast.agreements.cover.types import FundView
from fieldcast.desk import queries as desk
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.settlement import operations
from fieldcast.settlement.claims import Age, ClaimKind, by_debtor, fund_claims
from fieldcast.settlement.corrections.problems import FundEmpty
from fieldcast.settlement.funds import queries as funds
from fieldcast.settlement.funds.operations import decide, give_or_ask, set_floor
from fieldcast.settlement.funds.problems import AskAnswered, AskedYourself
from fieldcast.settlement.funds.types import AskState, AskView
from fieldcast.settlement.insurance import operations as insurance
from fieldcast.settlement.insurance import problems, queries
from fieldcast.settlement.insurance.claim_file import claim_file
from fieldcast.settlement.insurance.types import ClaimState
from fieldcast.settlement.models import Due, FundFloor, SettledLine
from fieldcast.trade.models import OrderLine, Refund
from fieldcast.trade.types import BorneBy, RefundView
from tests.factories.accounts import make_member, make_organisation
from tests.factories.catalog import make_product
from tests.factories.cover import give_deposit, make_fund, make_officer
from tests.factories.trade import Sale, make_order, make_sale
from tests.files.pictures import orchard, saved
from tests.settlement.test_borne import AFTER, all_is_well, decided
from tests.trade.asking_back import photo

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each is a whole sale, from its order to the bank
Scene = tuple[Sale, Person, FundView]


def scene(*, cash_fen: int = 5000, floor_fen: int = 4500) -> Scene:
    """A sale, an officer, and a fund of the county that keeps most of what it has."""
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    fund = make_fund(sale.stall, cash_fen=cash_fen, limit_fen=0, by=officer)
    set_floor(by=officer, fund_id=fund.id, floor_fen=floor_fen, now=AFTER)
    return sale, officer, fund


def authority_of(sale: Sale) -> OrganisationRef:
    found = accounts.authority(county_id=sale.stall.county_id)
    assert found is not None
    return found


def settled_line(sale: Sale) -> int:
    order = make_order(sale, until="closed", packs=2)
    operations.settle_due(now=AFTER)
    return OrderLine.objects.get(order_id=order.id).pk


def told(person: Person) -> list[str]:
    return [one.kind for one in inbox.messages(person_id=person.pk).items if one.kind.startswith("fund_")]


def waiting(person: Person) -> list[str]:
    return [one.kind for one in desk.waiting_for(person_id=person.pk) if one.kind == "fund_asked"]


def test_below_the_floor_a_person_decides_and_the_buyer_is_told() -> None:
    sale, officer, fund = scene()
    line_id = settled_line(sale)
    buyer = OrderLine.objects.get(pk=line_id).order.buyer
    ask: dict[str, Any] = {"amounts": {line_id: 2000}, "why": "到货三天后坏了一半"}
    first = give_or_ask(by=officer, **ask, now=AFTER)
    assert isinstance(first, AskView)
    assert not Refund.objects.exists()
    again = give_or_ask(by=officer, **ask, now=AFTER)  # sent twice: two approvals would pay it twice
    assert isinstance(again, AskView)
    assert again.id == first.id
    assert (waiting(officer), told(buyer)) == (["fund_asked"], ["fund_looked_at"])
    colleague = make_member(organisation=authority_of(sale), role=Role.MANAGER, name="副主任")
    with pytest.raises(AskedYourself):
        decide(by=officer, ask_id=first.id, approved=True, why="我自己批", now=AFTER)
    with pytest.raises(NotFound):
        decide(by=sale.stall.chief, ask_id=first.id, approved=True, why="批", now=AFTER)
    done = decide(by=colleague, ask_id=first.id, approved=True, why="证据清楚", now=AFTER)
    assert (done.state, Refund.objects.get().amount_fen) == (AskState.APPROVED, 2000)
    assert (waiting(officer), told(buyer)[0]) == ([], "fund_decided")
    assert cover.fund(fund_id=fund.id).balance_fen < 4500
    with pytest.raises(AskAnswered):
        decide(by=colleague, ask_id=first.id, approved=False, why="又想了想", now=AFTER)
    second = give_or_ask(by=officer, **{**ask, "amounts": {line_id: 500}}, now=AFTER)
    assert isinstance(second, AskView)
    decide(by=colleague, ask_id=second.id, approved=False, why="已经赔过", now=AFTER)
    assert Refund.objects.count() == 1
    assert [one.state for one in funds.asks(county_id=sale.stall.county_id)] == ["declined", "approved"]
    set_floor(by=officer, fund_id=fund.id, floor_fen=0, now=AFTER)
    set_floor(by=officer, fund_id=fund.id, floor_fen=0, now=AFTER)
    assert FundFloor.objects.count() == 2
    assert isinstance(give_or_ask(by=officer, **{**ask, "amounts": {line_id: 400}}, now=AFTER), RefundView)
    all_is_well()
    with pytest.raises(IntegrityError), transaction.atomic():
        FundFloor.objects.update(floor_fen=1)


def test_an_approval_that_no_fund_can_pay_leaves_the_question_open() -> None:
    sale, officer, _fund = scene(cash_fen=2500, floor_fen=2500)
    line_id = settled_line(sale)
    asked = [give_or_ask(by=officer, amounts={line_id: fen}, why="坏了", now=AFTER) for fen in (2000, 1900)]
    first, second = (one.id for one in asked if isinstance(one, AskView))
    decide(by=officer, ask_id=first, approved=True, why="先赔", now=AFTER)
    with pytest.raises(FundEmpty):
        decide(by=officer, ask_id=second, approved=True, why="再赔", now=AFTER)
    assert waiting(officer) == ["fund_asked"]
    with pytest.raises(FundEmpty):
        give_or_ask(by=officer, amounts={line_id: 3000}, why="还坏", now=AFTER)
    assert Refund.objects.count() == 1
    all_is_well()


@pytest.mark.thorough
@pytest.mark.parametrize("approved", [True, False])
def test_what_one_party_bears_waits_for_a_person_too(approved: bool) -> None:
    sale, officer, _fund = scene()
    give_deposit(sale.stall, 10_000, by=officer)
    line_id = decided(sale, officer, bearer=BorneBy.CARRIER, fen=4000)
    for _ in range(2):
        assert operations.settle_due(now=AFTER).waiting == 1
    (ask,) = funds.asks(county_id=sale.stall.county_id)
    assert (ask.cause, ask.borne_by, ask.asked_by) == ("borne", "carrier", "")
    decide(by=officer, ask_id=ask.id, approved=approved, why="看过了", now=AFTER)
    assert operations.settle_due(now=AFTER).waiting == 0
    assert SettledLine.objects.filter(order_line_id=line_id).exists()
    assert [one.debtor for one in Due.objects.all()] == ([sale.stall.carrier.party] if approved else [])
    all_is_well()


def test_what_is_owed_to_funds_has_a_debtor_and_an_age() -> None:
    sale, officer, fund = scene(cash_fen=1_000_000, floor_fen=0)
    decided(sale, officer, bearer=BorneBy.CARRIER, fen=4000)
    operations.settle_due(now=AFTER)
    for days, age in ((0, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60), (61, Age.TO_90), (91, Age.OVER)):
        (one,) = fund_claims(county_id=sale.stall.county_id, now=AFTER + timedelta(days=days))
        assert (one.fund_id, one.age, one.kind) == (fund.id, age, ClaimKind.REFUND)
        (debtor,) = by_debtor([one])
        assert dict(debtor.by_age)[age] == debtor.total_fen == one.left_fen == Due.objects.get().amount_fen
        assert (debtor.party, debtor.name) == (sale.stall.carrier.party, sale.stall.carrier.name)


def insured(sale: Sale, officer: Person, fund: FundView, **changed: Any) -> dict[str, Any]:
    company = make_organisation(
        county_id=sale.stall.county_id, kind=OrganisationKind.COMPANY, name="人保财险河湾支公司"
    )
    return {
        "by": officer, "county_id": sale.stall.county_id, "insurer_id": company.id, "fund_id": fund.id,
        "number": "PICC-2026-001", "from_day": date(2020, 1, 1), "to_day": date(2040, 1, 1),
        "products": [sale.stall.lot.product.code], "lots": [], "per_unit_fen": 200, "per_claim_fen": 1500,
        "premium_fen": 10, "now": AFTER, **changed,
    }  # fmt: skip


def test_a_refund_is_claimed_once_its_file_is_handed_over_and_the_insurer_pays_once_into_the_fund() -> None:
    sale, officer, fund = scene(cash_fen=1_000_000, floor_fen=0)
    pictures = [photo(saved(orchard((64, 48), shift=3)))]
    line_id = decided(sale, officer, bearer=BorneBy.PACKER, fen=2000, words="=HYPERLINK(1)", photos=pictures)
    make_product(county_id=sale.stall.county_id, code="autumn-pear")  # insured before its first harvest
    grown = [sale.stall.lot.product.code, "autumn-pear"]
    policy = insurance.record_policy(**insured(sale, officer, fund, products=grown))
    (can,) = queries.claimable(policy)
    assert (can.order_line_id, can.refunded_fen, can.amount_fen) == (line_id, 2000, 1500)
    which: dict[str, Any] = {"order_line_id": line_id, "refund_reference": can.refund_reference, "now": AFTER}
    claim = insurance.make_claim(by=officer, policy_id=policy.id, **which)
    with pytest.raises(problems.NotClaimable):
        insurance.make_claim(by=officer, policy_id=policy.id, **which)
    with zipfile.ZipFile(io.BytesIO(claim_file(claim))) as opened:
        assert sorted(opened.namelist()) == ["claim.csv", "decision.json", "decision.sha256", "photo-1.jpg"]
        assert hashlib.sha256(opened.read("decision.json")).hexdigest() == claim.decision_hash
        assert "'=HYPERLINK(1)" in opened.read("claim.csv").decode("utf-8-sig")
    pays: dict[str, Any] = {"by": officer, "claim_id": claim.id, "slip": "INS-0001", "now": AFTER}
    with pytest.raises(problems.ClaimMovedOn):
        insurance.mark_paid(**pays, amount_fen=1200)
    insurance.mark_sent(by=officer, claim_id=claim.id, now=AFTER)
    with pytest.raises(problems.PaysMore):
        insurance.mark_paid(**pays, amount_fen=1501)
    before = cover.fund(fund_id=fund.id).balance_fen
    for _ in range(2):
        assert insurance.mark_paid(**pays, amount_fen=1200).state == ClaimState.PAID
    assert cover.fund(fund_id=fund.id).balance_fen == before + 1200
    with pytest.raises(problems.ClaimMovedOn):
        insurance.mark_refused(by=officer, claim_id=claim.id, why="不在保险责任内", now=AFTER)
    assert queries.policy(policy_id=policy.id).paid_fen == 1200
    with pytest.raises(NotFound):
        insurance.mark_sent(by=sale.stall.chief, claim_id=claim.id, now=AFTER)


@pytest.mark.thorough
def test_a_refusal_has_its_reason_and_a_slip_pays_one_claim() -> None:
    sale, officer, fund = scene(cash_fen=1_000_000, floor_fen=0)
    for _ in range(2):
        decided(sale, officer, bearer=BorneBy.PACKER, fen=2000)
    policy = insurance.record_policy(**insured(sale, officer, fund))
    claims = [
        insurance.make_claim(
            by=officer, policy_id=policy.id, order_line_id=one.order_line_id,
            refund_reference=one.refund_reference, now=AFTER)
        for one in queries.claimable(policy)
    ]  # fmt: skip
    for one in claims:
        insurance.mark_sent(by=officer, claim_id=one.id, now=AFTER)
    pays: dict[str, Any] = {"by": officer, "amount_fen": 1000, "slip": "INS-0009", "now": AFTER}
    insurance.mark_paid(claim_id=claims[0].id, **pays)
    with pytest.raises(SlipUsed):
        insurance.mark_paid(claim_id=claims[1].id, **pays)
    done = insurance.mark_refused(by=officer, claim_id=claims[1].id, why="超过报案时间", now=AFTER)
    assert (done.state, done.steps[-1].why) == (ClaimState.REFUSED, "超过报案时间")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"to_day": date(2019, 1, 1)}, problems.PolicyDays),
        ({"products": ["没有的"]}, problems.GoodsUnknown),
        ({"lots": ["NO-SUCH-LOT"]}, problems.GoodsUnknown),
        ({"number": " "}, problems.PolicyUnnamed),
        ({"per_claim_fen": 0}, Problem),
        ({"insurer_id": 0}, problems.NotAnInsurer),
    ],
)
def test_a_policy_that_is_none_is_refused(changed: dict[str, Any], problem: type[Problem]) -> None:
    sale, officer, fund = scene()
    with pytest.raises(problem):
        insurance.record_policy(**insured(sale, officer, fund, **changed))


def test_a_product_is_insured_before_its_harvest() -> None:
    sale, officer, fund = scene()
    make_product(county_id=sale.stall.county_id, code="navel-orange")
    written = insurance.record_policy(**insured(sale, officer, fund, products=["navel-orange"]))
    assert written.products == ("navel-orange",)
