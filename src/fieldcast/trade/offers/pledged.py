"""What a cooperative has pledged: what open offers and lines not yet settled need beyond what buyers pay for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Value, When

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.calculation import LineFacts, PackSum, left_of, pack_sum, shares_of
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import Cover
from fieldcast.trade.models import Offer, OrderLine
from fieldcast.trade.offers.types import OfferState, OfferView
from fieldcast.trade.orders.types import OrderState

# Ended before anything was owed to anyone.
MAY_COME_BACK = (OrderState.RESERVED.value, OrderState.PAID.value, OrderState.PACKED.value)
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

    def free_deposit_fen(self, behind: Cover) -> int:
        """What of the deposit `behind` it stands behind nothing: neither what is pledged, nor what is owed.

        A deposit is drawn before any fund, so it stands behind every pledge first: else it could go back and leave to
        the funds what its cooperative promised.
        """
        return max(0, behind.deposit_fen - self.total_fen - behind.owed_fen)


@dataclass(frozen=True)
class _Group:
    """`times` the same line of `packs`; or, with no line, the `times` packs that an open offer has left.

    `again_fen`: the price at which the packs would be offered again if the order ended before it was sent; 0 when they
    would not.
    """

    cooperative_id: int
    offered: bool
    version_id: int
    product_code: str
    grade: str
    pack_units: int
    price_fen: int
    packs: int
    refunded_fen: int
    again_fen: int
    limit: int
    times: int


def pledge_of(*, cooperative_id: int) -> Pledge:
    """What a cooperative has pledged now. Lines with a refund count as what they came to be.

    Packs that may come back to an open offer count as the dearer of the two: what they were sold for, or the price now.
    """
    return pledges_of(cooperative_ids=[cooperative_id])[cooperative_id]


def pledges_of(*, cooperative_ids: Iterable[int]) -> dict[int, Pledge]:
    """`pledge_of` for several cooperatives, in as many statements as for one."""
    offers_fen = dict.fromkeys(cooperative_ids, 0)
    lines_fen = dict.fromkeys(offers_fen, 0)
    groups = list(_groups(offers_fen))
    versions = agreements.versions(ids={group.version_id for group in groups})
    for group in groups:
        terms = versions[group.version_id].terms
        if group.offered:
            offers_fen[group.cooperative_id] += group.times * _pack(group, group.price_fen, terms)
        else:
            again_fen = group.packs * _pack(group, group.again_fen, terms) if group.again_fen else 0
            lines_fen[group.cooperative_id] += group.times * max(_sold(group, terms), again_fen)
    return {one: Pledge(offers_fen=fen, lines_fen=lines_fen[one]) for one, fen in offers_fen.items()}


def offer_sum(*, offer: "Offer | OfferView", product_code: str, grade: str, terms: AgreedTerms) -> PackSum:
    """What a pack of an offer must carry beside its price."""
    return pack_sum(
        terms=terms,
        product_code=product_code,
        grade=grade,
        pack_units=offer.pack_units,
        price_fen=offer.price_fen,
        most_packs=offer.per_buyer_limit,
    )


def free_deposit_fen(*, cooperative_id: int) -> int:
    """What of a cooperative's deposit could go back to it now."""
    behind = cover.cover_of(cooperative_id=cooperative_id)
    return pledge_of(cooperative_id=cooperative_id).free_deposit_fen(behind)


def _groups(cooperative_ids: Iterable[int]) -> Iterator[_Group]:
    """One statement for offers and lines: an order placed meanwhile is counted once, on one side or the other."""
    wanted = list(cooperative_ids)
    open_, left = OfferState.OPEN.value, F("packs") - F("held") - F("sold")
    offers = Offer.objects.filter(session__cooperative_id__in=wanted, state=open_).values_list(
        "session__cooperative_id",
        Value(1),
        "agreement_version_id",
        "lot__product__code",
        "lot__grade",
        "pack_units",
        "price_fen",
        Value(1),
        Value(0),
        Value(0),
        "per_buyer_limit",
        left,
    )
    again = When(offer__state=open_, order__state__in=MAY_COME_BACK, then=F("offer__price_fen"))
    lines = (
        OrderLine.objects.filter(order__seller_id__in=wanted, settled_at__isnull=True)
        .exclude(order__state__in=OF_NO_EFFECT)
        .annotate(again_fen=Case(again, default=Value(0), output_field=IntegerField()))
        .values_list(
            "order__seller_id",
            Value(0),
            "agreement_version_id",
            "lot__product__code",
            "lot__grade",
            "pack_units",
            "price_fen",
            "packs",
            "refunded_fen",
            "again_fen",
            "offer__per_buyer_limit",
        )
        .annotate(times=Count("id"))
    )
    for cooperative_id, offered, *rest in offers.union(lines, all=True):
        yield _Group(cooperative_id, bool(offered), *rest)


def _pack(group: _Group, price_fen: int, terms: AgreedTerms) -> int:
    return pack_sum(
        terms=terms,
        product_code=group.product_code,
        grade=group.grade,
        pack_units=group.pack_units,
        price_fen=price_fen,
        most_packs=group.limit,
    ).shortfall_fen


def _sold(group: _Group, terms: AgreedTerms) -> int:
    facts = LineFacts(
        order_line_id=0,
        product_code=group.product_code,
        grade=group.grade,
        packs=group.packs,
        units_per_pack=group.pack_units,
        price_fen=group.price_fen,
        refunded_fen=group.refunded_fen,
        parties=ANYONE,
    )
    return max(0, -left_of(shares_of(line=facts, terms=terms)))
