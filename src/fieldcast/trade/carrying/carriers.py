"""Which carrier a parcel is for: the one of the terms it was sold under, unless its seller says otherwise."""

from collections.abc import Sequence

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import queries as agreements
from fieldcast.trade.models import Order, OrderLine
from fieldcast.trade.parcels.problems import CarrierNotAgreed, NotACarrier


def agreed_carrier(lines: Sequence[OrderLine]) -> int:
    """The carrier of the terms an order was sold under."""
    return agreements.carrier_of(version_id=lines[0].agreement_version_id)


def carrier_of(order: Order, carrier_id: int, lines: Sequence[OrderLine]) -> int:
    """`carrier_id`, where it may carry this order. Raises `NotACarrier` and `CarrierNotAgreed`."""
    agreed = agreements.version(version_id=lines[0].agreement_version_id)
    if carrier_id == agreed.carrier_id:
        return carrier_id
    found = accounts.organisations_by_ids(ids={carrier_id}).get(carrier_id)
    if found is None or found.kind != OrganisationKind.CARRIER or found.county_id != order.county_id:
        raise NotACarrier
    # settlement pays the fee to whoever carried: nothing moves in the name of someone who agreed to nothing
    if agreed.terms.pays("carrier") and not agreements.has_agreed_to_carry(
        carrier_id=found.id, cooperative_id=order.seller_id
    ):
        raise CarrierNotAgreed
    return found.id
