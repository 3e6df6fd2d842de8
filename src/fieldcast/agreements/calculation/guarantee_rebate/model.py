"""The waterfall of guaranteed purchase and second rebate; the package's docstring says it in prose, with numbers.

The amounts are worked out here with `kit.money`; `formulas` works each out again in its own way, so that a mistake in
one is caught by the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.calculation.guarantee_rebate.formulas import FORMULAS
from fieldcast.agreements.calculation.shapes import Formula, LineFacts, Share
from fieldcast.agreements.terms import GUARANTEE_REBATE, Terms
from fieldcast.kit.money import share_fen, split_fen

_CLAUSE = {
    "commission": 1,
    "guarantee": 2,
    "host_pay": 3,
    "rebate": 4,
    "logistics": 5,
    "cold_chain": 6,
    "handling": 7,
    "cooperative_rest": 8,
    "guarantee_shortfall": 8,
}


@dataclass(frozen=True)
class _Amounts:
    """Every amount of a line in fen, none below zero but `surplus`."""

    net: int
    commission: int
    host_share: int
    host_fixed: int
    delivery: int
    cold_chain: int
    handling: int
    guarantee: int
    rebate: int

    @property
    def host(self) -> int:
        """What the host gets in all."""
        return self.host_share + self.host_fixed

    @property
    def carriage(self) -> int:
        """What the cooperative bears of the delivery."""
        return self.delivery - self.cold_chain

    @property
    def surplus(self) -> int:
        """What remains above the guarantee; below zero, what the cooperative covers."""
        return self.net - self.commission - self.host - self.carriage - self.handling - self.guarantee


class GuaranteeRebate:
    """See the package's docstring."""

    name = GUARANTEE_REBATE
    title: str | Promise = _("Guaranteed purchase and second rebate")
    formulas: ClassVar[Mapping[str, Formula]] = FORMULAS

    def apply(self, *, line: LineFacts, terms: Terms) -> tuple[Share, ...]:
        """The shares of a line: farmer, carrier, host, cooperative, platform. A clause that gives nothing has none.

        Raises `ProductNotAgreed` when the terms guarantee no price for the product.
        """
        amounts = _amounts(line, terms)
        return (
            *_farmer(line, terms, amounts),
            *_carrier(line, terms, amounts),
            *_host(line, terms, amounts),
            *_cooperative(line, terms, amounts),
            *_platform(line, terms, amounts),
        )


def _amounts(line: LineFacts, terms: Terms) -> _Amounts:
    net = line.net_fen
    delivery = terms.logistics_fen_per_pack * line.packs
    guarantee = terms.guarantee_for(product_code=line.product_code) * line.units_per_pack * line.packs
    fixed = terms.host_fixed_fen_per_pack * line.packs
    before = _Amounts(
        net=net,
        commission=0 if terms.public_benefit else share_fen(net, terms.commission_bp),
        host_share=share_fen(net, terms.host_bp),
        host_fixed=split_fen(fixed, [net, line.refunded_fen])[0],
        delivery=delivery,
        cold_chain=min(share_fen(net, terms.cold_chain_bp), delivery, guarantee),
        handling=terms.handling_fen_per_pack * line.packs,
        guarantee=guarantee,
        rebate=0,
    )
    rebate = share_fen(before.surplus, terms.rebate_bp) if before.surplus > 0 else 0
    return replace(before, rebate=rebate)


def _farmer(line: LineFacts, terms: Terms, amounts: _Amounts) -> list[Share]:
    unit_fen = terms.guarantee_for(product_code=line.product_code)
    inputs = {**_goods(line), "units_per_pack": line.units_per_pack, "guarantee_unit_fen": unit_fen}
    shares = [_share(line, "farmer", "guarantee", amount_fen=amounts.guarantee, inputs=inputs)]
    if terms.rebate_bp:
        formula = "rebate" if amounts.surplus > 0 else "no_rebate"
        inputs = {**_remainder(line, amounts), "rebate_bp": terms.rebate_bp}
        shares.append(_share(line, "farmer", "rebate", formula, amount_fen=amounts.rebate, inputs=inputs))
    if terms.cold_chain_bp and amounts.delivery:
        inputs = {
            "product": line.product_code,
            "net_fen": amounts.net,
            "delivery_fen": amounts.delivery,
            "guarantee_fen": amounts.guarantee,
            "cold_chain_bp": terms.cold_chain_bp,
            "cold_chain_cap_bp": terms.cold_chain_cap_bp,
        }
        formula = _cold_chain_formula(terms, amounts)
        shares.append(
            _share(line, "farmer", "cold_chain", formula, amount_fen=-amounts.cold_chain, inputs=inputs)
        )
    if terms.public_benefit:
        shares.append(_no_commission(line, "farmer"))
    return shares


def _cold_chain_formula(terms: Terms, amounts: _Amounts) -> str:
    """Which limit held, so that the sentence names it."""
    if amounts.cold_chain == share_fen(amounts.net, terms.cold_chain_bp):
        return "cold_chain"
    return "cold_chain_whole_fee" if amounts.cold_chain == amounts.delivery else "cold_chain_whole_guarantee"


def _carrier(line: LineFacts, terms: Terms, amounts: _Amounts) -> list[Share]:
    if not terms.logistics_fen_per_pack:
        return []
    inputs = {**_goods(line), "pack_fen": terms.logistics_fen_per_pack}
    return [_share(line, "carrier", "logistics", "per_pack", amount_fen=amounts.delivery, inputs=inputs)]


def _host(line: LineFacts, terms: Terms, amounts: _Amounts) -> list[Share]:
    shares = []
    if terms.host_bp:
        inputs = _sales(line, amounts, terms.host_bp)
        shares.append(
            _share(line, "host", "host_pay", "part_of_sales", amount_fen=amounts.host_share, inputs=inputs)
        )
    if terms.host_fixed_fen_per_pack:
        inputs = {**_goods(line), "pack_fen": terms.host_fixed_fen_per_pack}
        if line.refunded_fen:
            inputs |= {"price_fen": line.price_fen, "net_fen": amounts.net}
        formula = "per_pack_kept" if line.refunded_fen else "per_pack"
        shares.append(_share(line, "host", "host_pay", formula, amount_fen=amounts.host_fixed, inputs=inputs))
    return shares


def _cooperative(line: LineFacts, terms: Terms, amounts: _Amounts) -> list[Share]:
    shares = []
    if terms.handling_fen_per_pack:
        inputs = {**_goods(line), "pack_fen": terms.handling_fen_per_pack}
        shares.append(
            _share(line, "cooperative", "handling", "per_pack", amount_fen=amounts.handling, inputs=inputs)
        )
    inputs = {**_remainder(line, amounts), "rebate_fen": amounts.rebate}
    kind = "cooperative_rest" if amounts.surplus >= 0 else "guarantee_shortfall"
    rest_fen = amounts.surplus - amounts.rebate
    shares.append(_share(line, "cooperative", kind, amount_fen=rest_fen, inputs=inputs))
    return shares


def _platform(line: LineFacts, terms: Terms, amounts: _Amounts) -> list[Share]:
    if terms.public_benefit:
        return [_no_commission(line, "platform")]
    if not terms.commission_bp:
        return []
    inputs = _sales(line, amounts, terms.commission_bp)
    return [
        _share(line, "platform", "commission", "part_of_sales", amount_fen=amounts.commission, inputs=inputs)
    ]


def _no_commission(line: LineFacts, role: str) -> Share:
    """A line of zero, because a fee that is waived is worth saying."""
    return _share(
        line, role, "commission", "public_benefit", amount_fen=0, inputs={"product": line.product_code}
    )


def _sales(line: LineFacts, amounts: _Amounts, part_bp: int) -> dict[str, int | str]:
    return {"product": line.product_code, "net_fen": amounts.net, "part_bp": part_bp}


def _goods(line: LineFacts) -> dict[str, int | str]:
    return {"product": line.product_code, "packs": line.packs}


def _remainder(line: LineFacts, amounts: _Amounts) -> dict[str, int | str]:
    """From sales down to the guarantee: the inputs of everything that shares what remains."""
    return {
        **_goods(line),
        "net_fen": amounts.net,
        "commission_fen": amounts.commission,
        "host_fen": amounts.host,
        "carriage_fen": amounts.carriage,
        "handling_fen": amounts.handling,
        "guarantee_fen": amounts.guarantee,
    }


def _share(
    line: LineFacts,
    role: str,
    kind: str,
    formula: str = "",
    *,
    amount_fen: int,
    inputs: Mapping[str, int | str],
) -> Share:
    return Share(
        party=getattr(line.parties, role),
        role=role,
        clause=_CLAUSE[kind],
        kind=kind,
        formula=formula or kind,
        inputs=inputs,
        amount_fen=amount_fen,
    )
