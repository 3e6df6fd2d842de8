"""What waits for whoever reads a first page, in words, and where each is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import ngettext

from fieldcast.accounts.access import works_for_authority
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.asking import CONSENT, ENDS
from fieldcast.agreements.bonds.asking import LETTER_CALLED, LETTER_ENDS
from fieldcast.agreements.votes.told import VOTE
from fieldcast.desk import queries as desk
from fieldcast.desk.kinds import kind_of
from fieldcast.desk.types import ItemView
from fieldcast.joining.requests.told import TO_ANSWER, TO_TELL
from fieldcast.settlement.banks.asking import PAYOUT_RETURNED
from fieldcast.settlement.funds.told import FUND_ASKED
from fieldcast.trade import queries as trade
from fieldcast.trade.aftersales.kinds import (
    REFUND_APPEALED,
    REFUND_ASKED,
    REFUND_OBJECTED,
    REFUND_SENT_BACK,
    REFUND_TO_SEND,
)
from fieldcast.trade.carrying.told import UNDELIVERED
from fieldcast.trade.letters.told import CLOSED_ASKS, LETTER_WAITS
from fieldcast.trade.payments.misfits import MISFIT, UNREAD


def _request_of(item: ItemView) -> str:
    """The request to join that an item is about: its subject also counts how often it was asked."""
    return item.subject.partition(":")[0]


def _refund_place(item: ItemView, by: SignedIn) -> str:
    """The seller answers, and the county what the seller has let go by."""
    name = "county_refund" if works_for_authority(by, item.county_id) else "coop_refund_request"
    return reverse(name, args=[item.subject])


def _letter_place(item: ItemView, by: SignedIn) -> str:
    """The same of a letter: its item is named after its conversation."""
    name = "county_letter" if works_for_authority(by, item.county_id) else "coop_letter"
    return reverse(name, args=[item.subject.partition(":")[0]])


def _parcel_place(item: ItemView, by: SignedIn) -> str:
    """The seller says what next, and the county what the seller has let go by."""
    name = "county_order" if works_for_authority(by, item.county_id) else "coop_order"
    return reverse(name, args=[item.subject.partition(":")[0]])


def _bond_place(item: ItemView, _by: SignedIn) -> str:
    """What stands behind the agreement, for its parties and the county."""
    return f"{reverse('coop_agreement', args=[item.facts['version']])}#bonds-title"


# Where a kind is answered; one that is not named is answered on the desk's own page.
PLACES: Final[Mapping[str, Callable[[ItemView, SignedIn], str]]] = {
    LETTER_ENDS.code: _bond_place,
    PAYOUT_RETURNED.code: lambda item, _by: reverse("me_account", args=[item.facts["organisation"]]),
    LETTER_CALLED.code: lambda item, _by: (
        f"{reverse('county_cover_money')}?party=letter_paid:{item.facts['letter']}"
    ),
    FUND_ASKED.code: lambda item, _by: reverse("county_fund_ask", args=[item.subject]),
    CONSENT.code: lambda item, _by: reverse("coop_agreement", args=[item.subject.partition(":")[0]]),
    VOTE.code: lambda item, _by: item.facts["place"],
    ENDS.code: lambda item, _by: f"{reverse('coop_agreement', args=[item.facts['version']])}#term-title",
    REFUND_ASKED.code: _refund_place,
    UNDELIVERED.code: _parcel_place,
    REFUND_OBJECTED.code: _refund_place,
    REFUND_APPEALED.code: _refund_place,
    REFUND_SENT_BACK.code: _refund_place,
    REFUND_TO_SEND.code: lambda item, _by: f"{reverse('order', args=[item.facts['order']])}#refund-request",
    LETTER_WAITS.code: _letter_place,
    CLOSED_ASKS.code: _letter_place,
    TO_TELL.code: lambda item, _by: reverse("join_mine", args=[_request_of(item)]),
    **{
        kind.code: lambda item, _by: reverse("join_request", args=[_request_of(item)])
        for kind in TO_ANSWER.values()
    },
    MISFIT.code: lambda item, _by: f"{reverse('county_notices')}?outcome=mismatched#notice-{item.subject}",
    UNREAD.code: lambda _item, _by: f"{reverse('county_notices')}?outcome=mismatched",
}


@dataclass(frozen=True)
class Waiting:
    """An item in the reader's words. `url` is where it is answered, `desk_url` its history and its hand-over.

    `offered`: it was handed to the reader, who has not said yet whether they take it.
    """

    item: ItemView
    asks: str
    hint: str
    way: str
    url: str
    desk_url: str
    late: bool
    offered: bool


def waiting_for_me(*, by: SignedIn, now: datetime) -> tuple[Waiting, ...]:
    """What waits for the reader and for the roles they have, late ones first, then the soonest due."""
    return tuple(in_words(item, by=by, now=now) for item in desk.waiting_for(person_id=by.pk))


def in_words(item: ItemView, *, by: SignedIn, now: datetime) -> Waiting:
    """An item as the reader is told of it."""
    kind, desk_url = kind_of(item.kind), reverse("me_desk_item", args=[item.id])
    place = PLACES.get(item.kind)
    return Waiting(
        item=item,
        asks=_counted(kind.asked(item.facts), item),
        hint=str(kind.hint),
        way=str(kind.way),
        url=place(item, by) if place else desk_url,
        desk_url=desk_url,
        late=item.late(now),
        offered=item.offered_to_id == by.pk,
    )


def _counted(asks: str, item: ItemView) -> str:
    """What is asked, with how many it is about where one item stands for several."""
    count = trade.unread_counts(items=[item]).get(item.id)
    if count is None:
        return asks
    return ngettext("%(asks)s: %(count)s notice", "%(asks)s: %(count)s notices", count) % {
        "asks": asks,
        "count": count,
    }
