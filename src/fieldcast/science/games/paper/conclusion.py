"""Conclusion (3) of §4.3, that C = 24 and F = 15 together give 80% honesty: as printed and as computed."""

from dataclasses import dataclass
from fractions import Fraction

from fieldcast.science.games.paper import scenarios
from fieldcast.science.games.paper.tables import printed_p1
from fieldcast.science.games.supervision.figures import percent
from fieldcast.science.text import Text


@dataclass(frozen=True)
class Conclusion:
    """Probabilities of honesty (p1) and supervision (p2) at one C and F, as shares of 1.

    `claimed`: as the conclusion states them. `formula`: what the formulas heading the paper's tables give. `derived`:
    the equilibrium of the game at the L assumed. `p1_bound`: what honesty stays below for every L the paper allows.
    """

    C: float
    F: float
    p1_claimed: float
    p2_claimed: float
    p1_formula: float
    p2_formula: float
    p1_derived: float
    p2_derived: float
    p1_bound: float
    loss_share: float | Fraction
    sentence: Text


def conclusion_3(*, loss_share: float | Fraction = scenarios.LOSS_SHARE) -> Conclusion:
    """The combined policy. `loss_share` is the L assumed, in 0 ≤ L < 20; raises `BadParameter`."""
    game = scenarios.combined(loss_share=loss_share)
    cell = {name: float(value) for name, value in game.parameters.items()}
    formula = printed_p1(C=cell["C"], F=cell["F"])
    alone = printed_p1(C=cell["C"], F=float(scenarios.POVERTY.F))
    honesty = float(game.honesty)
    bound = 1 - cell["C"] / (cell["F"] + scenarios.STAKE)
    return Conclusion(
        C=cell["C"],
        F=cell["F"],
        p1_claimed=0.8,
        p2_claimed=0.8,
        p1_formula=formula,
        p2_formula=(cell["H1"] - cell["H2"]) / cell["F"],
        p1_derived=honesty,
        p2_derived=float(game.supervision),
        p1_bound=bound,
        loss_share=loss_share,
        sentence=Text(
            en="Conclusion (3) says 80% honesty; the formula of the paper's tables gives "
            f"{percent(formula).en} (and {percent(alone).en} with C = 24 alone), the equilibrium "
            f"{percent(honesty).en}, and every L that the paper allows stays below "
            f"{percent(bound).en}. " + scenarios.assumed(loss_share).en,
            zh=f"结论(3)说诚信 80%；按论文表头的公式是 {percent(formula).zh}（只把 C 降到 24 才是 "
            f"{percent(alone).zh}），按均衡是 {percent(honesty).zh}；"
            f"论文允许的 L 无论取多少，都到不了 {percent(bound).zh}。" + scenarios.assumed(loss_share).zh,
        ),
    )
