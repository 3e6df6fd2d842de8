"""A second model of sharing, of clauses that stand and one of its own: consignment (代销).

The farmer is guaranteed nothing and gets a part of sales; the cooperative keeps what is left.
"""

from collections.abc import Mapping
from typing import Any

from fieldcast.agreements.clauses import AFTER_SALE, COMMISSION, DELIVERY, HOST_PAY, REST
from fieldcast.agreements.clauses.interface import Basis, Clause, Cost, Part, Taken
from fieldcast.agreements.clauses.reckoning import PART_OF_SALES
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.waterfalls.model import Model, Step
from fieldcast.kit.money import BASIS, share_fen


class FarmerPart(Clause):
    """The farmer's part of sales."""

    name = "farmer_part"
    title = "Farmer's part"
    terms = (Term(name="farmer_bp", unit=Unit.PART, label="Farmer", most=BASIS, initial=6000),)
    cost = Cost(name="farmer_fen", label="Farmer's part", title="Farmer's part")
    kinds = {"farmer_part": "Farmer's part of the sale"}  # noqa: RUF012 — read only, as a neighbour's
    formulas = (PART_OF_SALES,)

    def says(self, values: Mapping[str, Any]) -> str:
        """The part."""
        return f"The farmer gets {percent(values['farmer_bp'])} of sales."

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """Of sales after refunds."""
        part_bp = values["farmer_bp"]
        return (
            Part(
                role="farmer",
                kind="farmer_part",
                formula="part_of_sales",
                amount_fen=share_fen(line.net_fen, part_bp),
                inputs={"product": line.product_code, "net_fen": line.net_fen, "part_bp": part_bp},
            ),
        )


class Base(Clause):
    """A host's base pay: so much for a whole session, whatever is sold."""

    name = "base"
    title = "Base pay"
    basis = Basis.SESSION
    terms = (Term(name="base_fen", unit=Unit.FEN, label="Base pay", default=0),)

    def says(self, values: Mapping[str, Any]) -> str:
        """The pay."""
        return f"The host gets {values['base_fen']} fen for each session."


CONSIGNMENT = Model(
    name="consignment",
    title="Consignment",
    waterfall={1: FarmerPart(), 2: COMMISSION, 3: HOST_PAY, 4: DELIVERY, 5: REST, 6: AFTER_SALE},
    steps=(
        Step(
            title="Parts",
            lead="In percent of sales.",
            terms=("farmer_bp", "commission_bp", "public_benefit", "host_bp"),
        ),
        Step(
            title="Amounts and time",
            lead="Write 0 where nothing is paid.",
            terms=("host_fixed_fen_per_pack", "logistics_fen_per_pack", "after_sale_seconds"),
        ),
    ),
)
WITH_BASE_PAY = Model(
    name="with_base_pay",
    title="Consignment with base pay",
    waterfall={**CONSIGNMENT.waterfall, 7: Base()},
    steps=(*CONSIGNMENT.steps, Step(title="Base", lead="", terms=("base_fen",))),
)
