"""A pack as a cooperative sells it: what an agreement is worked out on, before anybody sells under it."""

from collections.abc import Sequence
from typing import Final

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.catalog import queries as catalog
from fieldcast.live import queries as live
from fieldcast.trade.offers.queries import offers_of_sessions
from fieldcast.trade.offers.types import TypicalPack

LOOKED_THROUGH: Final = 4  # sessions searched for a pack that was really sold
IN_A_PACK: Final = 5
A_YUAN: Final = 100


def typical_pack(
    *,
    county_id: int,
    cooperative_id: int,
    host_id: int | None,
    terms: AgreedTerms,
    product_codes: Sequence[str],
) -> TypicalPack:
    """Product, lot units and price (fen) of a pack from one of the cooperative's latest sessions, with the host if one
    is named, of one of `product_codes` (at least one): those sold under `terms`.

    Before any was offered: five lot units of the first product at twice what the farmer is guaranteed, with what each
    pack costs on top; or at a yuan each where nothing is guaranteed and nothing costs.
    """
    held = live.sessions(
        county_id=county_id, cooperative_id=cooperative_id, host_id=host_id, per_page=LOOKED_THROUGH
    )
    by_session = offers_of_sessions(session_ids=[session.id for session in held.items])
    offers = [offer for session in held.items for offer in by_session[session.id]]
    codes = catalog.product_codes_of_lots(lot_ids={offer.lot_id for offer in offers})
    for offer in offers:
        if codes[offer.lot_id] in product_codes:
            return TypicalPack(codes[offer.lot_id], offer.pack_units, offer.price_fen)
    code = product_codes[0]
    price_fen = 2 * terms.floor_fen(product_code=code, units=IN_A_PACK) + terms.pack_fees_fen
    return TypicalPack(code, IN_A_PACK, price_fen or A_YUAN * IN_A_PACK)
