"""True notices that do not fit our books are asked about on the desk: money may have moved that nobody here knows of.

One item a notice, opened in the transaction that writes the notice down, for whoever works for the county's authority.
Those that nobody can read all say the same, so they share an item: one waits for each provider, however many come.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import Role
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import ItemView, Owner
from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.payments.types import NoticeOutcome

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
UNREAD: Final = register(
    Kind(
        code="notices_unread",
        asks=_("Payment notices of %(about)s that nobody can read"),
        hint=_("The provider really sent them, and nothing was booked. Ask it what they were to say."),
        way=_("Look at the notices"),
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
    authority = accounts.authority(county_id=county_id)
    if authority is None:
        return
    asked: dict[str, Any] = {
        "county_id": county_id,
        "owner": Owner(authority.id, Role.STAFF),
        "escalates_to": Owner(authority.id, Role.OWNER),
        "facts": {"about": notice.reference or notice.provider},
        "by": None,
        "now": now,
    }
    if notice.reference:
        desk_operations.open_item(kind=MISFIT, subject=str(notice.pk), **asked)
    else:
        _ask_about_unread(notice.provider, asked)


def _ask_about_unread(provider: str, asked: Mapping[str, Any]) -> None:
    """The provider's item that waits, or its next one: two at once have the same next one, which is opened once."""
    waits = False
    while not waits:  # it may be answered between the count and the opening
        number = desk.count_ended(kind=UNREAD.code, subjects=_unread_subject(provider, "")) + 1
        item = desk_operations.open_item(kind=UNREAD, subject=_unread_subject(provider, number), **asked)
        waits = item.waits


def _unread_subject(provider: str, number: int | str) -> str:
    return f"{provider}:{number}"


def unread_counts(*, items: Iterable[ItemView]) -> Mapping[int, int]:
    """How many notices each of these items is about, by item; those about one notice are left out."""
    return {item.id: _unread_of(item).count() for item in items if item.kind == UNREAD.code}


def _unread_of(item: ItemView) -> "QuerySet[PaymentNotice]":
    """Those that came while it waited."""
    rows = PaymentNotice.objects.filter(
        provider=item.subject.partition(":")[0],
        reference="",
        outcome=NoticeOutcome.MISMATCHED.value,
        received_at__gte=item.opened_at,
    )
    return rows if item.ended_at is None else rows.filter(received_at__lt=item.ended_at)


def misfits_waiting(*, county_id: int) -> tuple[ItemView, ...]:
    """What a county has not found out yet about notices, the soonest due first."""
    found = [
        item
        for kind in (MISFIT, UNREAD)
        for item in desk.waiting_of_kind(kind=kind.code, county_id=county_id)
    ]
    return tuple(sorted(found, key=lambda item: (item.due_at, item.id)))


def items_of_notices(*, notice_ids: set[int]) -> Mapping[int, ItemView]:
    """The desk's items about notices, answered or not, by notice."""
    found = desk.items_about(kind=MISFIT.code, subjects={str(one) for one in notice_ids})
    shared: dict[int, ItemView] = {}
    unread = PaymentNotice.objects.filter(id__in=notice_ids, reference="")
    for provider in set(unread.values_list("provider", flat=True)):
        for item in desk.items_begun(kind=UNREAD.code, subjects=_unread_subject(provider, "")):
            about = _unread_of(item).filter(id__in=notice_ids).values_list("id", flat=True)
            shared |= dict.fromkeys(about, item)
    return shared | {int(subject): item for subject, item in found.items()}


def _county_of(notice: PaymentNotice) -> int | None:
    paid = Payment.objects.filter(reference=notice.reference, provider=notice.provider)
    returned = Refund.objects.filter(reference=notice.reference, payment__provider=notice.provider)
    for orders in (paid, returned):
        county_id = orders.values_list("order__county_id", flat=True).first()
        if county_id is not None:
            return int(county_id)
    own = accounts.default_county()
    return own.id if own else None
