"""What a pack's price must carry, beside the price: worked out as settlement will, before anything is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.calculation import PackSum, cost_title, pack_sum
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import parse_yuan
from fieldcast.live import queries as live
from fieldcast.live.types import SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import Standing
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.offers import operations as limits
from fieldcast.trade.types import OfferView
from fieldcast.web.sessions.forms import OfferChange
from fieldcast.web.shared import asking
from fieldcast.web.shared.lot_rows import LotRow

ROUNDING = _("Rounding of larger orders")


@dataclass(frozen=True)
class OfferSum:
    """The sum of a pack, and of all packs. `standing` only where the cooperative must put something in."""

    found: PackSum
    packs: int
    may_cover: bool
    ticked: bool
    standing: Standing | None

    @property
    def lines(self) -> list[tuple[Sentence, int]]:
        """What is promised from the price, by name; what is nothing is left out."""
        named: list[tuple[Sentence, int]] = [
            (cost_title(name), fen) for name, fen in self.found.promised.items()
        ]
        return [(title, fen) for title, fen in [*named, (ROUNDING, self.found.rounding_fen)] if fen]

    @property
    def total_fen(self) -> int:
        """What all packs together fall short."""
        return self.found.shortfall_fen * self.packs


def offer_sum(
    *,
    by: Actor,
    version_id: int,
    cooperative_id: int,
    product_code: str,
    grade: str,
    figures: Mapping[str, Any],
) -> OfferSum | None:
    """The sum for figures as they stand in a form; None while they make no pack, or nothing is agreed for the product.

    `figures`: `pack_units`, `price` (yuan as typed, or fen), `units`, `per_buyer_limit`, `covers_shortfall`.
    """
    terms: AgreedTerms = agreements.version(version_id=version_id).terms
    pack_units, price_fen = asking.whole(str(figures.get("pack_units") or "")), _fen(figures.get("price"))
    if not pack_units or not price_fen or not terms.sells(product_code, grade):
        return None
    if not (1 <= pack_units <= limits.MOST_PACK_UNITS and 1 <= price_fen <= limits.MOST_PRICE_FEN):
        return None
    found = pack_sum(
        terms=terms,
        product_code=product_code,
        grade=grade,
        pack_units=pack_units,
        price_fen=price_fen,
        most_packs=min(
            max(1, asking.whole(str(figures.get("per_buyer_limit") or "")) or 1), limits.MOST_PER_BUYER
        ),
    )
    short = found.shortfall_fen > 0
    return OfferSum(
        found=found,
        packs=min(max(0, asking.whole(str(figures.get("units") or "")) or 0), limits.MOST_PACKS),
        may_cover=allowed(by, "agreements.cover_shortfall", cooperative_id),
        ticked=bool(figures.get("covers_shortfall")),
        standing=settlement.standing(cooperative_id=cooperative_id) if short else None,
    )


def sum_of_new(by: SignedIn, session: SessionView, row: LotRow, typed: Mapping[str, Any]) -> OfferSum | None:
    """The sum of a pack of a lot, as far as its figures are typed."""
    return offer_sum(
        by=by,
        version_id=session.agreement_version_id,
        cooperative_id=session.cooperative_id,
        product_code=row.lot.product.code,
        grade=row.lot.grade,
        figures=typed,
    )


def sums_of_change(
    by: SignedIn, offer: OfferView, what: str, typed: Mapping[str, Any]
) -> dict[str, OfferSum | None]:
    """The sums of an offer beside its two forms: with what is typed in the one that was sent, else as it stands."""
    stands = {
        "pack_units": offer.pack_units,
        "price": offer.price_fen,
        "units": offer.packs,
        "per_buyer_limit": offer.per_buyer_limit,
    }
    cooperative_id = live.session_brief(session_id=offer.session_id).cooperative_id
    lot = catalog.lot(lot_id=offer.lot_id)
    sums = {}
    for name in ("price", "units"):
        said = {key: typed[key] for key in (name, "covers_shortfall") if what == name and typed.get(key)}
        sums[f"{name}_sum"] = offer_sum(
            by=by,
            version_id=offer.agreement_version_id,
            cooperative_id=cooperative_id,
            product_code=lot.product.code,
            grade=lot.grade,
            figures={**stands, **said},
        )
    return sums


def change(by: SignedIn, offer: OfferView, what: str, form: OfferChange, *, now: datetime) -> None:
    """Take one of the two changes of an offer from its valid form."""
    covers_it = form.cleaned_data["covers_shortfall"]
    if what == "price":
        fen = form.cleaned_data["price"]
        trade_operations.change_price(
            by=by,
            offer_id=offer.id,
            price_fen=fen,
            now=now,
            covers_shortfall=covers_it,
            confirms_jump=form.cleaned_data["confirms_jump"],
        )
    else:
        wanted = form.cleaned_data["units"]
        trade_operations.change_packs(
            by=by, offer_id=offer.id, packs=wanted, now=now, covers_shortfall=covers_it
        )


def _fen(value: Any) -> int | None:
    if isinstance(value, int):
        return value
    try:
        return parse_yuan(str(value or ""))
    except ValueError:
        return None
