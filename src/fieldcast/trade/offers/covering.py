"""An offer whose price does not carry what is promised from it: sold only when its cooperative covers the difference,
in someone's name, and only as far as something stands behind that promise.

Lock: the cooperative's cover, before the offer's own row; with it, two offers at once cannot pledge the same yuan.
"""

from collections.abc import Iterable
from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import PackSum
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.problems import DepositBound
from fieldcast.agreements.cover.types import FundView, MoneyView
from fieldcast.catalog import queries as catalog
from fieldcast.trade.models import Offer, ShortfallCover
from fieldcast.trade.offers.pledged import free_deposit_fen, offer_sum, pledge_of
from fieldcast.trade.offers.problems import BelowDeductions, CoverNotYours, CoverTooSmall
from fieldcast.trade.offers.types import OfferState


def need_of(row: Offer) -> int:
    """What all packs of an offer need beyond its price: those that are held or not sent may come back to it."""
    return _sum_of(row).shortfall_fen * row.packs


def check_change(
    row: Offer, *, cooperative_id: int, before_fen: int, by: SignedIn | None, covers_it: bool, now: datetime
) -> None:
    """Let a new or changed offer (already written) stand when what it needs is covered, or is no more than before.

    Under the cover's lock. Raises `BelowDeductions`, `CoverNotYours` and `CoverTooSmall`, which undo the change.
    """
    if need_of(row) <= before_fen:
        return
    _check_promised(row, cooperative_id=cooperative_id, by=by, covers_it=covers_it, now=now)
    _check_behind(cooperative_id)


def check_session(*, session_id: int, cooperative_id: int) -> None:
    """Before a session opens: every promise in it is in someone's name, and something still stands behind it.

    Raises `BelowDeductions` and `CoverTooSmall`.
    """
    cover_operations.lock(cooperative_id=cooperative_id)
    rows = Offer.objects.filter(session_id=session_id, state=OfferState.OPEN.value).order_by("id")
    short = [row for row in rows if need_of(row)]
    for row in short:
        _check_promised(row, cooperative_id=cooperative_id, by=None, covers_it=False, now=None)
    if short:
        _check_behind(cooperative_id)


def give_deposit_back(
    *, by: SignedIn, cooperative_id: int, amount_fen: int, slip: str, now: datetime, note: str = ""
) -> MoneyView:
    """Write down that an officer gave a cooperative a part of its deposit back: what is neither pledged nor owed.

    Raises `NotFound` for strangers, `DepositBound`, and as `agreements.cover.operations.give_deposit_back` does.
    """
    _require_keeper(by, cooperative_id)
    cover_operations.lock(cooperative_id=cooperative_id)
    if not cover.slip_known(cooperative_id=cooperative_id, slip=slip):
        free_fen = free_deposit_fen(cooperative_id=cooperative_id)
        if amount_fen > free_fen:
            raise DepositBound(free_fen=free_fen)
    return cover_operations.give_deposit_back(
        by=by, cooperative_id=cooperative_id, amount_fen=amount_fen, slip=slip, now=now, note=note
    )


def set_backing(
    *, by: SignedIn, fund_id: int, cooperative_id: int, limit_fen: int, now: datetime
) -> FundView:
    """Let a fund stand behind a cooperative with up to `limit_fen`; not with less than is pledged on it already.

    Raises `NotFound` for strangers, `CoverTooSmall`, and as `agreements.cover.operations.set_backing` does.
    """
    _require_keeper(by, cooperative_id)
    cover_operations.lock(cooperative_id=cooperative_id)
    before = cover.cover_of(cooperative_id=cooperative_id)
    fund = cover_operations.set_backing(
        by=by, fund_id=fund_id, cooperative_id=cooperative_id, limit_fen=limit_fen, now=now
    )
    if cover.cover_of(cooperative_id=cooperative_id).total_fen < before.total_fen:
        _check_behind(cooperative_id)
    return fund


def _check_promised(
    row: Offer, *, cooperative_id: int, by: SignedIn | None, covers_it: bool, now: datetime | None
) -> None:
    found = _sum_of(row)
    earlier: Iterable[ShortfallCover] = ShortfallCover.objects.filter(
        offer=row, shortfall_fen__gte=found.shortfall_fen, packs__gte=row.packs
    )
    if any(earlier):
        return
    if not covers_it or now is None:
        raise BelowDeductions(found, title=row.title, packs=row.packs)
    if by is not None and not allowed(by, "agreements.cover_shortfall", cooperative_id):
        raise CoverNotYours
    ShortfallCover.objects.create(
        offer=row,
        price_fen=row.price_fen,
        packs=row.packs,
        shortfall_fen=found.shortfall_fen,
        by_id=by.pk if by else None,
        at=now,
    )


def _check_behind(cooperative_id: int) -> None:
    pledged_fen = pledge_of(cooperative_id=cooperative_id).total_fen
    behind = cover.cover_of(cooperative_id=cooperative_id)
    if pledged_fen > behind.total_fen:
        raise CoverTooSmall(pledged_fen=pledged_fen, deposit_fen=behind.deposit_fen, room_fen=behind.room_fen)


def _sum_of(row: Offer) -> PackSum:
    terms = agreements.version(version_id=row.agreement_version_id).terms
    lot = catalog.lot(lot_id=row.lot_id)
    return offer_sum(offer=row, product_code=lot.product.code, grade=lot.grade, terms=terms)


def _require_keeper(by: SignedIn, cooperative_id: int) -> None:
    county_id = cover_operations.cooperative_of(cooperative_id).county_id
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))
