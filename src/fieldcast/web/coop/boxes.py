"""A box to work an agreement out on: one that was really sold, where there is one."""

from collections.abc import Mapping
from typing import Any

from fieldcast.agreements.terms import Terms
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.live import queries as live
from fieldcast.trade import queries as trade

LOOKED_THROUGH = 4  # sessions searched for a box that was really sold
IN_A_BOX = 5


def typical_box(
    terms: Terms, sold: Mapping[str, ProductView], cooperative_id: int, host_id: int | None, county_id: int
) -> dict[str, Any]:
    """Product, lot units and price of a box from one of the cooperative's latest sessions with the host.

    Before any was held: five units at twice what the farmer is guaranteed, with what each box costs on top; or at a
    yuan each where nothing is guaranteed and nothing costs.
    """
    held = live.sessions(
        county_id=county_id, cooperative_id=cooperative_id, host_id=host_id, per_page=LOOKED_THROUGH
    )
    shown = trade.offers_of_sessions(session_ids=[session.id for session in held.items])
    offers = [offer for session in held.items for offer in shown[session.id]]
    codes = catalog.product_codes_of_lots(lot_ids={offer.lot_id for offer in offers})
    for offer in offers:
        if codes.get(offer.lot_id) in sold:
            return {"product": codes[offer.lot_id], "pack": offer.pack_units, "price": offer.price_fen}
    code = next(iter(sold))
    price_fen = 2 * terms.floor_fen(product_code=code, units=IN_A_BOX) + terms.pack_fees_fen
    return {
        "product": code,
        "pack": IN_A_BOX,
        "price": price_fen or 100 * IN_A_BOX,
    }
