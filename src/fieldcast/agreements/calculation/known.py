"""What every formula, kind of share, cost and input is called: of the models' clauses and of composed ones.

A statement keeps these keys for ever, so what is looked up here must stay whatever is agreed on from now on.
"""

from fieldcast.agreements import waterfalls
from fieldcast.agreements.calculation.corrected import BORNE, BY_DECISION, CORRECTED, TITLES, corrected
from fieldcast.agreements.clauses.shapes import Formula, Share
from fieldcast.agreements.composed import explaining
from fieldcast.agreements.composed.words import of_role

__all__ = [
    "BORNE",
    "CORRECTED",
    "cost_of",
    "cost_title",
    "formula_of",
    "input_title",
    "kind_title",
    "role_title",
    "shares_rest",
]


def formula_of(key: str) -> Formula:
    """The formula of this key. Raises `UnknownFormula`."""
    if key == CORRECTED:
        return corrected(formula_of)
    if key == BORNE:
        return BY_DECISION
    return explaining.FORMULAS.get(key) or waterfalls.formula_of(key)


def kind_title(kind: str) -> str:
    """What a statement calls this kind of share, in the active language. Raises `KeyError` for an unknown kind."""
    if kind in TITLES:
        return str(TITLES[kind])
    return str(explaining.KINDS[kind]) if kind in explaining.KINDS else waterfalls.kind_title(kind)


def shares_rest(kind: str) -> bool:
    """Does this kind of share only hand out what remains? Raises `KeyError` for an unknown kind."""
    if kind in explaining.KINDS:
        return kind in explaining.SHARES_REST
    return waterfalls.clause_of(kind).shares_rest


def cost_of(share: Share) -> str | None:
    """The cost under which a share stands beside a price; None for what has none. Raises `KeyError`."""
    if share.kind in explaining.KINDS:
        return None if shares_rest(share.kind) else explaining.cost_name(share.kind, share.role)
    clause = waterfalls.clause_of(share.kind)
    return clause.cost.name if clause.cost is not None and not clause.shares_rest else None


def cost_title(name: str) -> str:
    """What stands beside a price for this cost, in the active language. Raises `KeyError` for an unknown cost."""
    kind, _blank, role = name.partition(" ")
    if kind in explaining.KINDS:
        return f"{of_role(role)} · {explaining.KINDS[kind]}"
    return waterfalls.cost_title(name)


def input_title(name: str) -> str | None:
    """What an input of a formula is called, in the active language; None for one that is nobody's word."""
    found = waterfalls.input_title(name)
    return found or (str(explaining.LABELS[name]) if name in explaining.LABELS else None)


def role_title(role: str) -> str:
    """What the picture calls this role or pool, in the active language."""
    return of_role(role)
