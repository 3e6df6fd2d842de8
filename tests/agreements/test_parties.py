"""Who takes part in an agreement is a row for each role: one organisation, written with it and never changed."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import operations, queries, roles, waterfalls
from fieldcast.agreements.asking import CONSENT, subject
from fieldcast.agreements.models import Agreement, AgreementParty, AgreementVersion
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, Role
from fieldcast.agreements.terms import Terms
from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState
from tests.agreements.second_model import CONSIGNMENT
from tests.factories.accounts import NOW, make_organisation
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import browser
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
AGENCY = Role(
    name="agency", title="Agency", party="Agency", taken_by=(OrganisationKind.SERVICE_CENTRE,)
)  # a county centre that stands between host and cooperative
WITH_AGENCY = replace(CONSIGNMENT, name="with_agency", roles=(COOPERATIVE, HOST, CARRIER, AGENCY))


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("update agreements_agreementparty set role = 'farmer'", "agreements_agreementparty_immutable"),
        ("delete from agreements_agreementparty", "agreements_agreementparty_immutable"),
        (
            "insert into agreements_agreementparty (agreement_id, role, organisation_id)"
            " select agreement_id, 'farmer', organisation_id from agreements_agreementparty limit 1",
            "agreements_agreementparty_joins",
        ),
    ],
)
def test_who_takes_part_does_not_change_once_there_are_terms(statement: str, guard: str) -> None:
    make_stall()
    with (
        pytest.raises(IntegrityError, match=r"append-only|nobody joins") as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert guard == refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]  # psycopg's own


def test_terms_are_of_an_agreement_that_names_its_parties() -> None:
    stall = make_stall()
    nobody = Agreement.objects.create(county_id=stall.county_id, name="没有人")
    with pytest.raises(IntegrityError, match="terms without parties"), transaction.atomic():
        AgreementVersion.objects.create(agreement=nobody, number=1, terms=stall.version.terms.to_json())


def test_one_organisation_takes_a_role() -> None:
    stall = make_stall()
    new = Agreement.objects.create(county_id=stall.county_id, name="两个主播")
    AgreementParty.objects.create(agreement=new, role="host", organisation_id=stall.host.id)
    with pytest.raises(IntegrityError, match="one_party_a_role"), transaction.atomic():
        AgreementParty.objects.create(agreement=new, role="host", organisation_id=stall.host.id)


@pytest.fixture
def agency(monkeypatch: pytest.MonkeyPatch) -> Stall:
    monkeypatch.setattr(waterfalls, "BOOK", waterfalls.BOOK.adding(WITH_AGENCY))
    monkeypatch.setitem(roles.ROLES, AGENCY.name, AGENCY)
    return make_stall()


def make(stall: Stall, **others: int) -> int:
    return operations.create_agreement(
        by=stall.chief,
        county_id=stall.county_id,
        name="代销",
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        carrier_id=stall.carrier.id,
        others=others,
        terms=Terms(model="with_agency", farmer_bp=6000),
        now=NOW,
    ).id


def test_a_model_may_name_a_fourth_party_who_signs_as_the_others_do(agency: Stall) -> None:
    centre = make_organisation(county_id=agency.county_id, kind=OrganisationKind.SERVICE_CENTRE)
    version = queries.version(version_id=make(agency, agency=centre.id))
    assert dict(version.parties) == {
        "cooperative": agency.cooperative.id,
        "host": agency.host.id,
        "carrier": agency.carrier.id,
        "agency": centre.id,
    }
    assert version.signers == (
        agency.cooperative.id,
        agency.host.id,
        centre.id,
    )  # nothing is paid to the carrier
    asked = desk.item_about(
        kind=CONSENT.code, subject=subject(version_id=version.id, organisation_id=centre.id)
    )
    assert asked is not None
    assert asked.state == ItemState.WAITING
    text = words(browser(agency.chief).get(f"/coop/agreements/{version.id}/"))
    assert "Agency" in text


def test_the_parties_are_those_that_the_model_names(agency: Stall) -> None:
    centre = make_organisation(county_id=agency.county_id, kind=OrganisationKind.SERVICE_CENTRE)
    for others in ({}, {"agency": agency.host.id}, {"agency": centre.id, "farmer": agency.host.id}):
        with pytest.raises(operations.WrongPartners):
            make(agency, **others)
    with pytest.raises(
        operations.WrongPartners
    ):  # an agreement without an agency takes no terms that name one
        operations.revise(
            by=agency.chief,
            agreement_id=agency.version.agreement_id,
            terms=Terms(model="with_agency", farmer_bp=6000),
            now=NOW,
        )
