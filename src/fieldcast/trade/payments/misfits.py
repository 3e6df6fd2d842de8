"""True notices that do not fit our books are asked about on the desk: money may have moved that nobody here knows of.

One item a notice, opened in the transaction that writes the notice down, for whoever works for the county's authority.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import ItemView, Owner
from fieldcast.trade.models import Payment, PaymentNotice, Refund

MISFIT: Final = register(
    Kind(
        code="notice_misfit",
        asks=_("A payment notice does not fit our books: %(about)s"),
        hint=_(
            "The provider really sent it, and nothing was booked. Compare it with the provider's own list."
        ),
        way=_("Look at the notice"),
        working_days=2,
        in_words=True,
    )
)


def ask_about(notice: PaymentNotice, *, now: datetime) -> None:
    """Ask the county whose money it is about; of nobody's money that we know, the installation's own county.

    A county without an authority has nobody to ask.
    """
    county_id = _county_of(notice)
    if county_id is None:
        return
    authorities = accounts.organisations(county_id=county_id, kind=OrganisationKind.AUTHORITY)
    if not authorities:
        return
    authority = authorities[0].id
    desk_operations.open_item(
        kind=MISFIT,
        subject=str(notice.pk),
        county_id=county_id,
        owner=Owner(authority, Role.STAFF),
        escalates_to=Owner(authority, Role.OWNER),
        facts={"about": notice.reference or notice.provider},
        by=None,
        now=now,
    )


def misfits_waiting(*, county_id: int) -> tuple[ItemView, ...]:
    """A county's notices that nobody has found out about yet, the soonest due first."""
    return desk.waiting_of_kind(kind=MISFIT.code, county_id=county_id)


def items_of_notices(*, notice_ids: set[int]) -> Mapping[int, ItemView]:
    """The desk's items about notices, answered or not, by notice."""
    found = desk.items_about(kind=MISFIT.code, subjects={str(one) for one in notice_ids})
    return {int(subject): item for subject, item in found.items()}


def _county_of(notice: PaymentNotice) -> int | None:
    paid = Payment.objects.filter(reference=notice.reference, provider=notice.provider)
    returned = Refund.objects.filter(reference=notice.reference, payment__provider=notice.provider)
    for orders in (paid, returned):
        county_id = orders.values_list("order__county_id", flat=True).first()
        if county_id is not None:
            return int(county_id)
    own = accounts.default_county()
    return own.id if own else None
