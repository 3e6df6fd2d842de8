"""What may be planned under: the latest terms, and those that stand until everyone has agreed to them."""

from typing import Any

import pytest

from fieldcast.agreements import operations, queries
from fieldcast.agreements.problems import GuaranteeJumps
from fieldcast.agreements.terms import following_a_model
from fieldcast.agreements.types import VersionView
from tests.factories.accounts import NOW
from tests.factories.market import Stall, everyone_agrees, make_stall

pytestmark = pytest.mark.django_db


def usable(stall: Stall) -> list[int]:
    """The versions a host may plan under."""
    return [one.id for one in queries.usable_of(organisation_id=stall.host.id, today=NOW.date())]


def revised(stall: Stall, **terms: object) -> VersionView:
    """The next version."""
    changed = following_a_model(stall.version.terms).changed(**terms)
    return operations.revise(by=stall.chief, agreement_id=stall.version.agreement_id, terms=changed, now=NOW)


def test_both_versions_until_the_last_consent_and_then_the_new_one() -> None:
    stall = make_stall()
    assert usable(stall) == [stall.version.id]
    second = revised(stall)
    third = revised(stall)
    assert usable(stall) == [stall.version.id, third.id]
    everyone_agrees(stall, third.id)
    assert usable(stall) == [third.id]
    assert queries.agreed_versions(ids=[second.id, third.id]) == {third.id}


def test_terms_that_nobody_has_agreed_to_stand_alone() -> None:
    stall = make_stall(agreed=False)
    assert usable(stall) == [stall.version.id]


def test_a_guarantee_that_jumps_is_refused_until_someone_has_looked_again() -> None:
    stall = make_stall()
    code = stall.lot.product.code
    before = following_a_model(stall.version.terms)["guarantee_fen"][code]
    wanted = following_a_model(stall.version.terms).changed(guarantee_fen={code: before * 10})
    told: dict[str, Any] = {
        "by": stall.chief,
        "agreement_id": stall.version.agreement_id,
        "terms": wanted,
        "now": NOW,
    }
    with pytest.raises(GuaranteeJumps) as refused:
        operations.revise(**told)
    assert (refused.value.facts["before_fen"], refused.value.facts["after_fen"]) == (before, before * 10)
    assert len(queries.versions_of(agreement_id=stall.version.agreement_id)) == 1
    assert operations.revise(**told, confirms_jump=True).number == 2


def test_a_new_agreement_is_held_against_what_the_cooperative_guarantees_elsewhere() -> None:
    stall = make_stall()
    code = stall.lot.product.code
    wanted = following_a_model(stall.version.terms).changed(guarantee_fen={code: 1})
    with pytest.raises(GuaranteeJumps):
        operations.create_agreement(
            by=stall.chief,
            county_id=stall.county_id,
            name="另一份",
            cooperative_id=stall.cooperative.id,
            host_id=stall.host.id,
            carrier_id=stall.carrier.id,
            terms=wanted,
            now=NOW,
        )
