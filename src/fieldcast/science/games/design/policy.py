"""The cheapest mix of instruments for wanted odds of honesty and supervision, and what each honesty costs."""

from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design import sentences
from fieldcast.science.games.design.enforcement import Enforcement, Outcome, one_game, outcome
from fieldcast.science.games.design.instruments import INSTRUMENTS, Limits, Mix, Prices
from fieldcast.science.games.design.solve import Problem, least, reachable
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

NO_LIMITS = Limits()
AS_WRITTEN = Enforcement()


@dataclass(frozen=True)
class Design:
    """The answer to "what is the cheapest way to this honesty?".

    `mix`: the amounts to add, `None` when no mix within the limits reaches the targets; `cost` of it
    (infinite then). `game` and `enforcement` after it, `outcome` their equilibrium; without a mix they are as
    before. `alone`: for each instrument that has a price, how much of it would do by itself, `None` if no
    amount within its limit would. `outright`: what it would cost to make up the whole of H1 − H2 to an honest
    host, after which nothing tempts and the game is over; `None` where the margin has no price or a limit
    below.
    """

    mix: Mix | None
    cost: float
    game: SupervisionGame
    enforcement: Enforcement
    outcome: Outcome
    alone: dict[str, float | None]
    outright: float | None
    sentence: Text


@dataclass(frozen=True, eq=False)
class Pareto:
    """`honesty` wanted and its least `cost`, shape (n,), infinite where out of reach; the `mixes`."""

    honesty: NDArray[np.float64]
    cost: NDArray[np.float64]
    mixes: tuple[Mix | None, ...]


def cheapest_mix(
    game: SupervisionGame,
    *,
    honesty: float,
    supervision: float = 1.0,
    prices: Prices,
    limits: Limits = NO_LIMITS,
    enforcement: Enforcement = AS_WRITTEN,
) -> Design:
    """The cheapest mix with which the host is honest with probability ≥ `honesty` and needs ≤ `supervision`.

    `honesty` in (0, 1], `supervision` in 0..1 (1: no wish). `game` is one game; its F is the penalty named in
    the contract, `enforcement` says what is collected and found today. The paper's policies (§5.2) at the
    prices given. Raises `BadParameter` for a game of arrays and targets out of range.
    """
    before = one_game(game)
    problem = Problem.of(
        before,
        enforcement,
        honesty=_share("honesty", honesty, zero=False),
        supervision=_share("supervision", supervision),
        prices=prices,
        limits=limits,
    )
    cost, mix = least(problem)
    after, enforced = (game, enforcement) if mix is None else _applied(game, enforcement, mix)
    reached = outcome(after, enforced)
    alone = {name: _alone(problem, name) for name in INSTRUMENTS if getattr(prices, name) is not None}
    whole = limits.margin is None or limits.margin >= problem.gain
    outright = prices.margin * problem.gain if prices.margin is not None and whole else None
    said = (
        sentences.out_of_reach(problem, reachable(problem))
        if mix is None
        else sentences.found(
            before, enforcement, mix, cost=cost, reached=reached, alone=alone, outright=outright
        )
    )
    return Design(mix, cost, after, enforced, reached, alone, outright, said)


def pareto(
    game: SupervisionGame,
    *,
    honesty: ArrayLike,
    supervision: float = 1.0,
    prices: Prices,
    limits: Limits = NO_LIMITS,
    enforcement: Enforcement = AS_WRITTEN,
) -> Pareto:
    """The least cost of each wanted honesty, shape (n,). Ranges and errors as in `cheapest_mix`."""
    wanted = np.atleast_1d(np.asarray(honesty, dtype=np.float64))
    for value in wanted.ravel():
        _share("honesty", float(value), zero=False)
    problem = Problem.of(
        one_game(game),
        enforcement,
        honesty=1.0,
        supervision=_share("supervision", supervision),
        prices=prices,
        limits=limits,
    )
    found = [least(replace(problem, honesty=float(value))) for value in wanted]
    return Pareto(wanted, np.array([cost for cost, _ in found]), tuple(mix for _, mix in found))


def _applied(
    game: SupervisionGame, enforcement: Enforcement, mix: Mix
) -> tuple[SupervisionGame, Enforcement]:
    g = one_game(game)
    changed = game.with_(C=max(g["C"] - mix.subsidy, 0.0), F=g["F"] + mix.penalty, H1=g["H1"] - mix.margin)
    enforced = replace(
        enforcement,
        deposit=enforcement.deposit + mix.deposit,
        reporting=min(enforcement.reporting + mix.reporting, 1.0),
    )
    return changed, enforced


def _alone(problem: Problem, name: str) -> float | None:
    only = {other: limit if other == name else 0.0 for other, limit in problem.limit.items()}
    unit = {other: float(other == name) for other in problem.price}
    mix = least(replace(problem, limit=only, price=unit))[1]
    return None if mix is None else float(asdict(mix)[name])


def _share(name: str, value: float, *, zero: bool = True) -> float:
    if not (0 <= value <= 1) or (value == 0 and not zero):
        span = ("in 0..1", "在 0 到 1 之间") if zero else ("above 0 and at most 1", "大于 0 且不超过 1")
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be {span[0]}; it is {value:g}.",
                zh=f"{name} 必须{span[1]}；现在是 {value:g}。",
            ),
        )
    return float(value)
