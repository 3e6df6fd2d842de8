"""Which carrier a parcel is for: the one of the terms it was sold under, unless its seller says otherwise."""

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import queries as agreements
from fieldcast.trade.models import Order, OrderLine
from fieldcast.trade.parcels.problems import CarrierNotAgreed, NotACarrier


def carrier_of(order: Order, carrier_id: int | None) -> int:
    """The carrier of the agreement, or `carrier_id`. Raises `NotACarrier` and `CarrierNotAgreed`."""
    version = OrderLine.objects.filter(order=order).values_list("agreement_version_id", flat=True)[0]
    agreed = agreements.version(version_id=version)
    if carrier_id in (None, agreed.carrier_id):
        return agreed.carrier_id
    found = accounts.organisations_by_ids(ids={carrier_id}).get(carrier_id)
    if found is None or found.kind != OrganisationKind.CARRIER or found.county_id != order.county_id:
        raise NotACarrier
    # settlement pays the fee to whoever carried: nothing moves in the name of someone who agreed to nothing
    if agreed.terms.pays("carrier") and not agreements.has_agreed_to_carry(
        carrier_id=found.id, cooperative_id=order.seller_id
    ):
        raise CarrierNotAgreed
    return found.id
