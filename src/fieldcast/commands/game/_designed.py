"""The cheapest mix and what each honesty costs: what `fieldcast game design` prints, writes and draws."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from fieldcast.commands.game._speaking import NOTHING, bold, figure, percent, table, word
from fieldcast.science.errors import BadParameter
from fieldcast.science.games import pictures
from fieldcast.science.games.design import (
    INSTRUMENTS,
    ContractCheck,
    Design,
    Enforcement,
    Limits,
    Pareto,
    Prices,
    Terms,
    cheapest_mix,
    contract_check,
    pareto,
)
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

SHARES = tuple(step / 100 for step in range(1, 100))
SHOWN = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
NAMES = {
    "subsidy": Text(en="Subsidy", zh="监督补贴"),
    "penalty": Text(en="Penalty", zh="罚金"),
    "deposit": Text(en="Deposit", zh="押金"),
    "reporting": Text(en="Reporting", zh="举报"),
    "margin": Text(en="Margin", zh="诚信收益"),
}
COST = Text(en="Cost", zh="花多少")


@dataclass(frozen=True)
class Designed:
    """The contract as it is, the cheapest mix for the honesty wanted, and the least cost of every other honesty."""

    wanted: float
    prices: dict[str, float]
    contract: ContractCheck
    found: Design
    costs: Pareto

    @classmethod
    def of(
        cls,
        game: SupervisionGame,
        *,
        honesty: float,
        supervision: float,
        prices: Mapping[str, float],
        limits: Mapping[str, float],
        enforced: Mapping[str, float],
    ) -> "Designed":
        """Raises `BadParameter` for what is out of range, and for targets that no mix within the limits reaches."""
        enforcement = Enforcement(**enforced)
        terms = {"prices": Prices(**prices), "limits": Limits(**limits), "enforcement": enforcement}
        found = cheapest_mix(game, honesty=honesty, supervision=supervision, **terms)  # type: ignore[arg-type]  # by name
        if found.mix is None:
            raise BadParameter("honesty", found.sentence)
        contract = contract_check(
            Terms(
                gain=float(game.floats["H1"] - game.floats["H2"]),
                penalty=float(game.floats["F"]),
                deposit=enforcement.deposit,
                collection=enforcement.collection,
                detection=1 - (1 - enforcement.detection) * (1 - enforcement.reporting),
            )
        )
        costs = pareto(game, honesty=SHARES, supervision=supervision, **terms)  # type: ignore[arg-type]  # as above
        return cls(honesty, dict(prices), contract, found, costs)

    def rows(self) -> list[list[Any]]:
        """The least cost of each honesty and its mix; nothing where it is out of reach."""
        return [
            [honesty, cost, *(None if mix is None else getattr(mix, name) for name in INSTRUMENTS)]
            for honesty, cost, mix in zip(
                self.costs.honesty.tolist(), self.costs.cost.tolist(), self.costs.mixes, strict=True
            )
        ]

    def figures(self) -> tuple[list[str], list[list[Any]]]:
        """Header and rows of the table."""
        return ["honesty", "cost", *INSTRUMENTS], self.rows()

    def answer(self, language: str) -> dict[str, Any]:
        """What is printed as JSON."""
        header, rows = self.figures()
        return {
            "mix": asdict(self.found.mix) if self.found.mix else None,
            "cost": self.found.cost,
            **asdict(self.found.outcome),
            "alone": self.found.alone,
            "outright": self.found.outright,
            "game": {name: float(value) for name, value in self.found.game.floats.items()},
            "prices": self.prices,
            "contract": {
                field.name: getattr(self.contract, field.name)
                for field in fields(self.contract)
                if field.name != "sentence"
            },
            "pareto": [dict(zip(header, row, strict=True)) for row in rows],
            "contract_sentence": self.contract.sentence.in_(language),
            "sentence": self.found.sentence.in_(language),
        }

    def in_tables(self, language: str) -> tuple[Any, ...]:
        """The contract in words, the mix in words, and what some other degrees of honesty would cost."""
        columns = [word("honesty", language), COST.in_(language)]
        used = [name for name in INSTRUMENTS if name in self.prices]
        rows = [
            [
                percent(honesty, language),
                figure(round(cost, 4)),
                *(self._amount(name, mix[INSTRUMENTS.index(name)], language) for name in used),
            ]
            for honesty, cost, *mix in self.rows()
            if honesty in SHOWN
        ]
        title = Text(en="What each honesty costs at least", zh="各种诚信最少花多少").in_(language)
        prices = ", ".join(f"{name}={figure(price)}" for name, price in self.prices.items())
        at = Text(en=f"At these prices: {prices}.", zh=f"按这些单价：{prices}。")
        return (
            self.contract.sentence.in_(language),
            bold(self.found.sentence.in_(language)),
            table([*columns, *(NAMES[name].in_(language) for name in used)], rows, title=title, words=()),
            at.in_(language),
        )

    @staticmethod
    def _amount(name: str, amount: float | None, language: str) -> str:
        if amount is None:
            return NOTHING
        return percent(amount, language) if name == "reporting" else figure(round(amount, 4))

    def draw(self, language: str) -> str:
        """The least cost over the honesty wanted, as SVG."""
        return pictures.curves(
            x=self.costs.honesty,
            lines=[(COST.in_(language), np.where(np.isfinite(self.costs.cost), self.costs.cost, np.nan))],
            x_title=word("honesty", language),
            here=self.wanted,
            percent=False,
            language=language,
        )
