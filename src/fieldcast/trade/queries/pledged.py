"""What a cooperative has pledged: what open offers and lines not yet settled need beyond what buyers pay for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Value

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import LineFacts, PackSum, left_of, pack_sum, shares_of
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.cover import queries as covers
from fieldcast.agreements.terms import Terms
from fieldcast.trade.models import Offer, OrderLine
from fieldcast.trade.types import OfferState, OfferView, OrderState

# Ended before anything was owed to anyone.
OF_NO_EFFECT = (OrderState.CANCELLED.value, OrderState.EXPIRED.value, OrderState.REFUNDED.value)


@dataclass(frozen=True)
class Pledge:
    """What a cooperative's open offers and unsettled lines need beyond their price."""

    offers_fen: int
    lines_fen: int

    @property
    def total_fen(self) -> int:
        """All of it."""
        return self.offers_fen + self.lines_fen


@dataclass(frozen=True)
class _Group:
    """`times` the same line of `packs` packs, or the `times` packs that an open offer has left."""

    offered: bool
    version_id: int
    product_code: str
    pack_units: int
    price_fen: int
    most_packs: int
    refunded_fen: int
    times: int


def pledge_of(*, cooperative_id: int) -> Pledge:
    """What a cooperative has pledged now. Lines with a refund count as what they came to be."""
    groups = list(_groups(cooperative_id))
    versions = agreements.versions(ids={group.version_id for group in groups})
    offers_fen = lines_fen = 0
    for group in groups:
        terms = versions[group.version_id].terms
        if group.offered:
            offers_fen += group.times * _offered(group, terms)
        else:
            lines_fen += group.times * _sold(group, terms)
    return Pledge(offers_fen=offers_fen, lines_fen=lines_fen)


def offer_sum(*, offer: "Offer | OfferView", product_code: str, terms: Terms) -> PackSum:
    """What a pack of an offer must carry beside its price."""
    return pack_sum(
        terms=terms,
        product_code=product_code,
        pack_units=offer.pack_units,
        price_fen=offer.price_fen,
        most_packs=offer.per_buyer_limit,
    )


def free_deposit_fen(*, cooperative_id: int) -> int:
    """What of a deposit stands behind nothing: neither what is pledged beyond the funds' room, nor what is owed."""
    behind = covers.cover_of(cooperative_id=cooperative_id)
    pledged_fen = pledge_of(cooperative_id=cooperative_id).total_fen
    bound_fen = max(0, pledged_fen - behind.room_fen) + behind.owed_fen
    return max(0, behind.deposit_fen - bound_fen)


def _groups(cooperative_id: int) -> Iterator[_Group]:
    """One statement for offers and lines: an order placed meanwhile is counted once, on one side or the other."""
    offers = Offer.objects.filter(
        session__cooperative_id=cooperative_id, state=OfferState.OPEN.value, units__gt=F("held") + F("sold")
    ).values_list(
        Value(1),
        "agreement_version_id",
        "lot__product__code",
        "pack_units",
        "price_fen",
        "per_buyer_limit",
        Value(0),
        F("units") - F("held") - F("sold"),
    )
    lines = (
        OrderLine.objects.filter(order__seller_id=cooperative_id, settled_at__isnull=True)
        .exclude(order__state__in=OF_NO_EFFECT)
        .values_list(
            Value(0),
            "agreement_version_id",
            "lot__product__code",
            "pack_units",
            "price_fen",
            "units",
            "refunded_fen",
        )
        .annotate(times=Count("id"))
    )
    for offered, *rest in offers.union(lines, all=True):
        yield _Group(bool(offered), *rest)


def _offered(group: _Group, terms: Terms) -> int:
    return pack_sum(
        terms=terms,
        product_code=group.product_code,
        pack_units=group.pack_units,
        price_fen=group.price_fen,
        most_packs=group.most_packs,
    ).shortfall_fen


def _sold(group: _Group, terms: Terms) -> int:
    facts = LineFacts(
        order_line_id=0,
        product_code=group.product_code,
        packs=group.most_packs,
        units_per_pack=group.pack_units,
        price_fen=group.price_fen,
        refunded_fen=group.refunded_fen,
        parties=ANYONE,
    )
    return max(0, -left_of(shares_of(line=facts, terms=terms)))
