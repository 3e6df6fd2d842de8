"""What to do about it: the cheapest way to the honesty wanted, and whether the contract as it stands deters."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design import (
    INSTRUMENTS,
    ContractCheck,
    Design,
    Enforcement,
    Mix,
    Prices,
    Terms,
    cheapest_mix,
    contract_check,
)
from fieldcast.web.lab.dials import LARGEST, Number
from fieldcast.web.lab.state import State
from fieldcast.web.lab.words import say


@dataclass(frozen=True)
class Advice:
    """The sentence of the design, and the state it leads to as an address; none where no state can show it."""

    sentence: str
    query: str
    reached: bool


@dataclass(frozen=True)
class Verdict:
    """Whether the contract deters, and the sentence with what would mend it."""

    deters: bool
    sentence: str


def advice_of(state: State) -> Advice:
    """The cheapest mix at the prices given."""
    design = design_of(state)
    after = _after(state, design.mix) if design.mix is not None else None
    return Advice(
        sentence=say(design.sentence),
        query=after.query if after is not None else "",
        reached=design.mix is not None,
    )


def design_of(state: State) -> Design:
    """What science advises: F is the fine the contract names, and what is collected of it the enforcement."""
    prices = {name: state.values.get(f"price_{name}") for name in INSTRUMENTS}
    return cheapest_mix(
        state.game.with_(F=state.values["F"]),
        honesty=state.part("target"),
        supervision=state.part("watched"),
        prices=Prices(**{name: None if price is None else float(price) for name, price in prices.items()}),
        enforcement=Enforcement(collection=state.part("collect"), deposit=float(state.values["deposit"])),
    )


def verdict_of(state: State) -> Verdict:
    """The contract read alone: what it names, what is held and collected, how many cheats are found."""
    check = check_of(state)
    return Verdict(deters=check.deters, sentence=say(check.sentence))


def check_of(state: State) -> ContractCheck:
    """What science says of the contract."""
    return contract_check(
        Terms(
            gain=float(state.values["H1"]) - float(state.values["H2"]),
            penalty=float(state.values["F"]),
            deposit=float(state.values["deposit"]),
            collection=state.part("collect"),
            detection=state.part("detect"),
        )
    )


def _after(state: State, mix: Mix) -> State | None:
    """The state a mix leads to, with an arrow from here; None where it is this one or no address can say it."""
    moved: dict[str, Number] = {
        "C": max(Fraction(0), state.values["C"] - _up(mix.subsidy)),
        "F": state.values["F"] + _up(mix.penalty),
        "H1": state.values["H1"] - _up(mix.margin),
        "deposit": state.values["deposit"] + _up(mix.deposit),
    }
    after = replace(state.pinned(), values={**state.values, **moved})
    if mix.reporting or after.values == state.values or any(value > LARGEST for value in moved.values()):
        return None
    try:
        _game = after.game
    except BadParameter:  # rounded up, the margin would leave nothing to save
        return None
    return after


def _up(amount: float) -> Fraction:
    """Rounded up to what an address can say: rounded down it might no longer do."""
    return Fraction(ceil(amount * 10_000 - 1e-4), 10_000)
