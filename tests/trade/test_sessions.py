"""A session is planned and opened only under terms that its cooperative, host and carrier have agreed to."""

import pytest

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.operations import WrongPartners
from fieldcast.agreements.terms import Terms
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.trade import operations, queries
from fieldcast.trade.problems import TermsNotAgreed, WrongAgreement
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.market import Stall, everyone_agrees, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import make_offer, make_session

pytestmark = pytest.mark.django_db


def carrier_agrees(stall: Stall, version_id: int) -> None:
    agreements_operations.consent(
        by=stall.driver, version_id=version_id, organisation_id=stall.carrier.id, now=NOW
    )


def plan(stall: Stall, **changes: int) -> int:
    values = {
        "organiser_id": stall.cooperative.id,
        "cooperative_id": stall.cooperative.id,
        "host_id": stall.host.id,
        "agreement_version_id": stall.version.id,
        **changes,
    }
    return operations.plan_session(by=stall.chief, title="黄桃专场", starts_at=NOW, now=NOW, **values).id


def test_a_host_who_has_not_agreed_cannot_be_put_live() -> None:
    stall = make_stall(agreed=False)
    session_id = plan(stall)
    with pytest.raises(TermsNotAgreed) as refused:
        operations.open_session(by=stall.chief, session_id=session_id, now=NOW)
    assert stall.host.name in str(refused.value)
    assert live.state_of(session_id=session_id) == SessionState.PLANNED
    everyone_agrees(stall, stall.version.id)
    operations.open_session(by=stall.chief, session_id=session_id, now=NOW)
    assert live.state_of(session_id=session_id) == SessionState.LIVE


def test_a_carrier_who_has_not_agreed_is_owed_nothing_so_nothing_is_sold_in_its_name() -> None:
    stall = make_stall(agreed=False)
    agreements_operations.consent(
        by=stall.presenter, version_id=stall.version.id, organisation_id=stall.host.id, now=NOW
    )
    session_id = plan(stall)
    with pytest.raises(TermsNotAgreed) as refused:
        operations.open_session(by=stall.chief, session_id=session_id, now=NOW)
    assert stall.carrier.name in str(refused.value)
    session = make_session(stall)  # as one that was live before carriers were asked
    with pytest.raises(TermsNotAgreed):
        make_offer(stall, session)
    carrier_agrees(stall, stall.version.id)
    assert make_offer(stall, session).left == 100


def test_a_carrier_to_whom_no_fee_is_promised_has_nothing_to_agree_to() -> None:
    stall = make_stall(agreed=False)
    free = Terms.from_json({**stall.version.terms.to_json(), "logistics_fen_per_pack": 0})
    version = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=free, now=NOW
    )
    agreements_operations.consent(
        by=stall.presenter, version_id=version.id, organisation_id=stall.host.id, now=NOW
    )
    session_id = plan(stall, agreement_version_id=version.id)
    assert operations.open_session(by=stall.chief, session_id=session_id, now=NOW).state == SessionState.LIVE


def test_every_version_that_something_is_sold_under_needs_every_party() -> None:
    stall = make_stall()
    revised = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    session = make_session(stall, open_=False)
    make_offer(stall, session, agreement_version_id=revised.id)
    with pytest.raises(TermsNotAgreed):
        operations.open_session(by=stall.chief, session_id=session.id, now=NOW)
    everyone_agrees(stall, revised.id)
    operations.open_session(by=stall.chief, session_id=session.id, now=NOW)


def test_terms_that_wait_for_a_signature_sell_nothing_in_a_live_session() -> None:
    stall = make_stall()
    session = make_session(stall)
    make_offer(stall, session)
    revised = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    with pytest.raises(TermsNotAgreed):
        make_offer(stall, session, agreement_version_id=revised.id)
    assert len(queries.offers_of_session(session_id=session.id)) == 1


def test_a_session_is_not_planned_under_an_agreement_between_others() -> None:
    stall, other = make_stall(), make_stall()
    with pytest.raises(WrongAgreement):
        plan(stall, agreement_version_id=other.version.id)
    with pytest.raises(WrongAgreement):
        plan(stall, host_id=other.host.id)
    with pytest.raises(NotFound):
        plan(stall, agreement_version_id=999_999_999)


def test_nobody_puts_an_organisation_in_a_part_it_cannot_take() -> None:
    stall, far = make_stall(), make_stall()
    second = make_organisation(county_id=stall.county_id, kind=OrganisationKind.HOST, name="二号主播")
    parts = {"cooperative_id": stall.cooperative.id, "host_id": stall.host.id, "carrier_id": stall.carrier.id}
    for changes in ({"host_id": far.host.id}, {"carrier_id": second.id}, {"cooperative_id": second.id}):
        named = {**parts, **changes}
        with pytest.raises(WrongPartners):
            agreements_operations.create_agreement(
                by=make_member(organisation=stall.cooperative),
                county_id=stall.county_id,
                name="黄桃",
                cooperative_id=named["cooperative_id"],
                host_id=named["host_id"],
                carrier_id=named["carrier_id"],
                terms=make_terms(product_code=stall.lot.product.code),
                now=NOW,
            )
