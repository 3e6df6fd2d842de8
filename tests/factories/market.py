"""A whole stall: a cooperative, its host and carrier, an agreement, a lot and a session to sell it in.

The live session and the offer come from their rooms' own factories; this one sets the scene they share.
"""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.types import VersionView
from fieldcast.catalog.types import LotView
from tests.factories.accounts import NOW, make_county, make_member, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.prepared import scene
from tests.factories.terms import make_terms

QUANTITY: Final = 1000


@dataclass(frozen=True)
class Stall:
    """Everyone and everything a sale needs, before a session is planned."""

    county_id: int
    cooperative: OrganisationRef
    host: OrganisationRef
    carrier: OrganisationRef
    chief: Person
    presenter: Person
    driver: Person
    lot: LotView
    version: VersionView


def make_stall(*, quantity: int = QUANTITY, terms: Terms | None = None, agreed: bool = True) -> Stall:
    """A cooperative with `quantity` jin of peaches, a host, a carrier and an agreement between them.

    Host and carrier have agreed to it, unless `agreed` is False: then only the cooperative has.
    """
    if (quantity, terms, agreed) == (QUANTITY, None, True):
        return ordinary_stall()
    return _make_stall(quantity, terms, agreed=agreed)


@transaction.atomic
def _make_stall(quantity: int, terms: Terms | None, *, agreed: bool) -> Stall:
    county_id = make_county()
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST, name="果农秀兰")
    carrier = make_organisation(county_id=county_id, kind=OrganisationKind.CARRIER, name="河湾冷链")
    chief = make_member(organisation=cooperative)
    presenter = make_member(organisation=host, name="秀兰")
    driver = make_member(organisation=carrier, name="司机")
    lot = make_lot(cooperative=cooperative, quantity=quantity)
    code = lot.product.code
    if terms is not None:  # whatever product they name, they are about this stall's
        terms = terms.changed(guarantee_fen={code: next(iter(terms["guarantee_fen"].values()))})
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=county_id,
        name="黄桃保底收购",
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=carrier.id,
        terms=terms or make_terms(product_code=code),
        now=NOW,
    )
    stall = Stall(
        county_id=county_id,
        cooperative=cooperative,
        host=host,
        carrier=carrier,
        chief=chief,
        presenter=presenter,
        driver=driver,
        lot=lot,
        version=version,
    )
    if agreed:
        everyone_agrees(stall, version.id)
    return stall


@scene(on=None)
def ordinary_stall(_nothing: None) -> Stall:
    """A stall as `make_stall()` makes it."""
    return _make_stall(QUANTITY, None, agreed=True)


def agree_with_carrier(stall: Stall, carrier: OrganisationRef) -> None:
    """Further terms of the stall's cooperative, under which another carrier agrees to carry."""
    version = agreements_operations.create_agreement(
        by=stall.chief,
        county_id=stall.county_id,
        name="山通承运",
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        carrier_id=carrier.id,
        terms=make_terms(product_code=stall.lot.product.code),
        now=NOW,
    )
    driver = make_member(organisation=carrier, name="山通司机")
    agreements_operations.consent(by=driver, version_id=version.id, organisation_id=carrier.id, now=NOW)


def everyone_agrees(stall: Stall, version_id: int) -> None:
    """Host and carrier agree to a version; the cooperative that wrote it has agreed by writing it."""
    for person, party in ((stall.presenter, stall.host), (stall.driver, stall.carrier)):
        agreements_operations.consent(by=person, version_id=version_id, organisation_id=party.id, now=NOW)
