"""A price that moves by more than a third is asked about again: one slip of the finger sells a harvest for a tenth."""

from typing import Final

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotView
from fieldcast.kit.money import jumps
from fieldcast.trade.models import Offer
from fieldcast.trade.offers.problems import PriceJumps

LOOKED_THROUGH: Final = 100  # offers of a cooperative that are searched for the last one of a product


def check(*, last_fen: int | None, price_fen: int, confirmed: bool) -> None:
    """Raise `PriceJumps` when the price is more than a third from the last one, unless someone has looked again."""
    if last_fen is not None and not confirmed and jumps(last_fen, price_fen):
        raise PriceJumps(last_fen=last_fen, price_fen=price_fen)


def last_fen(*, lot: LotView, cooperative_id: int, pack_units: int) -> int | None:
    """What as much of the lot was last offered for; else of the cooperative's same product; None when it never was."""
    rows = Offer.objects.filter(session__cooperative_id=cooperative_id).order_by("-id")
    figures = rows.values_list("lot_id", "price_fen", "pack_units")
    same = figures.filter(lot_id=lot.id).first()
    if same is None:
        latest = list(figures[:LOOKED_THROUGH])
        codes = catalog.product_codes_of_lots(lot_ids={lot_id for lot_id, _fen, _units in latest})
        same = next((one for one in latest if codes[one[0]] == lot.product.code), None)
    if same is None:
        return None
    _lot_id, price_fen, units = same
    return round(price_fen * pack_units / units)
