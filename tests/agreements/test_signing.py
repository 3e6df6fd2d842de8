"""Signing: what hurts is accepted by whom it hurts, terms that change under the pen are not signed, nobody signs for
two sides, and a household signs by its own phone or on paper.
"""

from io import BytesIO
from typing import Any

import pytest

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.agreements import operations, queries
from fieldcast.agreements.concerns import concerns
from fieldcast.agreements.marks import hash_of
from fieldcast.agreements.problems import (
    ConcernNotAccepted,
    NotAParty,
    NotOnPaper,
    SheetUsed,
    SignsForBoth,
    VersionChanged,
)
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.types import VersionView
from fieldcast.files import sent
from fieldcast.files.problems import NotAPicture, PictureTooHeavy
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.files.types import FileKind
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.composed import all_models
from tests.factories.market import Stall, make_stall
from tests.files.pictures import orchard, saved

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each tells a story from signing to what is owed

WEAK = {
    "kind": "penalty",
    "from": "host",
    "to": "cooperative",
    "fen": 20000,
    "breach": "说了与检测报告不符的话",
}
BARE = [
    {"kind": "share_of_sales", "to": "host", "rate_bp": 1000},
    {"kind": "per_pack", "to": "carrier", "fen": 860},
    {"kind": "borne", "from": "farmer", "of": 2, "rate_bp": 500, "cap_bp": 500},
    {"kind": "rest", "to": "cooperative"},
]


def composed(stall: Stall, **changes: Any) -> VersionView:
    """Composed terms between the stall's own three."""
    terms = {
        "schema": 2,
        "clauses": all_models(stall.lot.product.code)["clauses"][5:8] + BARE[3:],
        "promise_clauses": [],
    }
    terms["clauses"] = [
        {**terms["clauses"][1], "of": 1} if one["kind"] == "borne" else one for one in terms["clauses"]
    ]
    return operations.create_agreement(
        by=stall.chief,
        county_id=stall.county_id,
        name="黄桃联合体",
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        carrier_id=stall.carrier.id,
        terms=terms_from_json({**terms, **changes}),
        now=NOW,
    )


def sign(stall: Stall, version: VersionView, who: str = "cooperative", **said: Any) -> None:
    person = {"cooperative": stall.chief, "host": stall.presenter, "carrier": stall.driver}[who]
    organisation_id = getattr(stall, who).id
    operations.consent(by=person, version_id=version.id, organisation_id=organisation_id, now=NOW, **said)


def signed(version: VersionView) -> list[int]:
    return [one.organisation_id for one in queries.consents_of(version_id=version.id)]


def sheet(stall: Stall, shift: int = 0) -> DrawnPhoto:
    data = saved(orchard((320, 240), shift=shift))
    photos = [Photo("签字页.jpg", len(data), BytesIO(data))]
    (drawn,) = sent.draw(photos, by=stall.chief, kind=FileKind.SHEET)
    return drawn


def test_whoever_a_weak_penalty_hurts_accepts_it_in_so_many_words() -> None:
    stall = make_stall(agreed=False)
    # nobody has said what a breach brings, or the penalty deters: the cooperative agrees by writing
    for fine in (WEAK, {**WEAK, "gain_fen": 9000, "detection_bp": 5000}):
        assert signed(composed(stall, promise_clauses=[fine])) == [stall.cooperative.id]
    version = composed(stall, promise_clauses=[{**WEAK, "gain_fen": 300_000, "detection_bp": 5000}])
    (concern,) = concerns(version.terms)
    assert (concern.clause, concern.hurt, concern.value, concern.key) == (
        5,
        "cooperative",
        "¥200.00",
        "5.no_deterrence",
    )
    assert signed(version) == []
    with pytest.raises(ConcernNotAccepted) as refused:
        sign(stall, version, accepts=["4.no_deterrence"])
    assert (refused.value.facts["clause"], refused.value.facts["value"]) == (5, "¥200.00")
    assert concern.sentence in refused.value.message
    sign(stall, version, "host")  # it pays the penalty: nothing in it hurts the host
    for _again in range(2):
        sign(stall, version, accepts=[concern.key])
    host, cooperative = queries.consents_of(version_id=version.id)
    assert (host.accepted, cooperative.person, cooperative.at) == ((), "社长", NOW)
    (accepted,) = cooperative.accepted
    assert (accepted.clause, accepted.why, accepted.sentence) == (5, "no_deterrence", concern.sentence)
    never = composed(stall, promise_clauses=[{**WEAK, "gain_fen": 20001}])  # as if every breach were found
    assert [one.clause for one in concerns(never.terms)] == [5]


def test_a_box_that_may_cost_the_farmer_money_is_accepted_by_household_and_cooperative() -> None:
    stall = make_stall(agreed=False)
    version = composed(stall, clauses=BARE)
    (concern,) = concerns(version.terms)
    assert (concern.clause, concern.hurt) == (3, "farmer")
    assert "−¥8.60" in concern.sentence
    for who in ("host", "carrier"):
        sign(stall, version, who)
    household = make_member_of(stall)
    for by, party in ((stall.chief, stall.cooperative.id), (household, stall.lot.plot.household_id)):
        with pytest.raises(ConcernNotAccepted):
            operations.consent(by=by, version_id=version.id, organisation_id=party, now=NOW)
        operations.consent(
            by=by, version_id=version.id, organisation_id=party, now=NOW, accepts=[concern.key]
        )
    assert [bool(one.accepted) for one in queries.consents_of(version_id=version.id)] == [
        False,
        False,
        True,
        True,
    ]
    assert concerns(composed(stall).terms) == ()  # a price is guaranteed


def test_terms_that_change_under_the_pen_are_not_signed_and_nobody_signs_for_two_sides() -> None:
    stall = make_stall(agreed=False)
    version = stall.version
    assert version.sha256 == hash_of(
        agreement_id=version.agreement_id, number=1, parties=version.parties, terms=version.terms.to_json()
    )
    with pytest.raises(VersionChanged):
        sign(stall, version, "host", sha256="0" * 64)
    accounts_operations.add_member(person_id=stall.chief.pk, organisation_id=stall.host.id, role=Role.OWNER)
    with pytest.raises(SignsForBoth):
        operations.consent(by=stall.chief, version_id=version.id, organisation_id=stall.host.id, now=NOW)
    changed = operations.revise(
        by=stall.chief, agreement_id=version.agreement_id, terms=version.terms, now=NOW, note="没有改"
    )
    assert changed.sha256 != version.sha256
    with pytest.raises(VersionChanged) as refused:
        sign(stall, version, "host", sha256=version.sha256)
    assert refused.value.facts == {"version": 2, "version_id": changed.id}
    sign(stall, changed, "host", sha256=changed.sha256)
    assert signed(changed) == [stall.cooperative.id, stall.host.id]
    assert queries.by_hash(sha256=version.sha256) == queries.version(version_id=version.id)


def make_member_of(stall: Stall) -> Any:
    """Someone of the household that the stall's lot comes from."""

    return make_member(
        organisation=accounts.organisation(organisation_id=stall.lot.plot.household_id), name="王秀兰"
    )


def test_a_household_signs_by_its_own_phone_or_on_a_sheet_that_stands_for_it_alone() -> None:
    stall = make_stall(agreed=False)
    version, farmer = stall.version, make_member_of(stall)
    strangers = make_organisation(county_id=stall.county_id, kind=OrganisationKind.HOUSEHOLD, name="外村人家")
    entered: dict[str, Any] = {"by": stall.chief, "version_id": version.id, "now": NOW}
    with pytest.raises(NotAParty):
        operations.enter_sheet(**entered, household_id=strangers.id, picture=sheet(stall))
    with pytest.raises(NotOnPaper):
        operations.enter_sheet(**entered, household_id=stall.host.id, picture=sheet(stall))
    with pytest.raises(NotFound):
        operations.enter_sheet(
            **{**entered, "by": stall.presenter},
            household_id=stall.lot.plot.household_id,
            picture=sheet(stall),
        )
    for _again in range(2):
        operations.enter_sheet(**entered, household_id=stall.lot.plot.household_id, picture=sheet(stall))
    own, paper = queries.consents_of(version_id=version.id)
    assert (own.sheet_id, paper.person, paper.kind) == (None, "社长", OrganisationKind.HOUSEHOLD)
    assert paper.sheet_id
    later = operations.revise(by=stall.chief, agreement_id=version.agreement_id, terms=version.terms, now=NOW)
    with pytest.raises(SheetUsed, match="王秀兰家"):
        operations.enter_sheet(
            **{**entered, "version_id": later.id},
            household_id=stall.lot.plot.household_id,
            picture=sheet(stall),
        )
    operations.consent(by=farmer, version_id=later.id, organisation_id=stall.lot.plot.household_id, now=NOW)
    assert signed(later) == [stall.cooperative.id, stall.lot.plot.household_id]


def test_what_is_no_photo_or_is_far_too_large_is_no_sheet() -> None:
    stall = make_stall(agreed=False)
    words = b"%PDF-1.7 signed, believe me"
    with pytest.raises(NotAPicture):
        sent.draw([Photo("签字页.jpg", len(words), BytesIO(words))], by=stall.chief, kind=FileKind.SHEET)
    with pytest.raises(PictureTooHeavy):  # said by the device, so nothing of it is read
        sent.draw([Photo("签字页.jpg", 80 * 2**20, BytesIO())], by=stall.chief, kind=FileKind.SHEET)
    assert signed(stall.version) == [stall.cooperative.id]
