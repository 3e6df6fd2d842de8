"""The cheapest policy or contract that reaches a wanted honesty, and whether a given contract deters at all.

A county can subsidise supervision, raise the penalty, have it deposited so that it is really collected,
reward those who report, or make honesty dearer to the host; `cheapest_mix` finds what reaches the targets at
the least cost, `pareto` what each honesty costs, and both say so when nothing does. `contract_check` reads a
contract and says in words whether it deters. What always holds: a mix that is returned reaches its targets in
the equilibrium of the game it leads to (`outcome`).
"""

from fieldcast.science.games.design.contract import ContractCheck, Terms, contract_check
from fieldcast.science.games.design.enforcement import Enforcement, Outcome, outcome, payoffs
from fieldcast.science.games.design.instruments import INSTRUMENTS, Limits, Mix, Prices
from fieldcast.science.games.design.policy import Design, Pareto, cheapest_mix, pareto

__all__ = [
    "INSTRUMENTS",
    "ContractCheck",
    "Design",
    "Enforcement",
    "Limits",
    "Mix",
    "Outcome",
    "Pareto",
    "Prices",
    "Terms",
    "cheapest_mix",
    "contract_check",
    "outcome",
    "pareto",
    "payoffs",
]
