"""The models of sharing, by name."""

from collections.abc import Mapping

from fieldcast.agreements.calculation.guarantee_rebate.model import GuaranteeRebate
from fieldcast.agreements.calculation.shapes import Formula, LineFacts, Model, Share, UnknownFormula
from fieldcast.agreements.terms import Terms

_ALL: tuple[Model, ...] = (GuaranteeRebate(),)
MODELS: Mapping[str, Model] = {model.name: model for model in _ALL}
_FORMULAS: Mapping[str, Formula] = {key: formula for model in _ALL for key, formula in model.formulas.items()}


def shares_of(*, line: LineFacts, terms: Terms) -> tuple[Share, ...]:
    """Everyone's share of a line under the terms it was sold under; they sum to `line.net_fen` exactly.

    Raises `ProductNotAgreed` when the terms guarantee no price for the product.
    """
    shares = MODELS[terms.model].apply(line=line, terms=terms)
    total = sum(share.amount_fen for share in shares)
    if total != line.net_fen:
        raise ArithmeticError(f"line {line.order_line_id}: shares sum to {total}, not {line.net_fen}")
    return shares


def formula_of(key: str) -> Formula:
    """The formula of this key. Raises `UnknownFormula`."""
    if key not in _FORMULAS:
        raise UnknownFormula(key)
    return _FORMULAS[key]
