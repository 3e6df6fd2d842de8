"""Where the paper contradicts itself: thirteen places, numbered, the first six as they are commonly referred to."""

from fractions import Fraction

from fieldcast.science.games.paper import errata_claims, errata_model, errata_tables, scenarios
from fieldcast.science.games.paper.erratum import Erratum, Setting

__all__ = ["Erratum", "errata"]

IN_ORDER = (
    errata_model.payoff_matrix,
    errata_tables.formula_of_the_tables,
    errata_tables.baseline,
    errata_tables.combined_policy,
    errata_model.income_difference,
    errata_claims.references,
    errata_model.swapped_labels,
    errata_claims.cost_and_supervision,
    errata_tables.supervision_in_table_2,
    errata_claims.policies_lower_printed_honesty,
    errata_tables.grid,
    errata_tables.highest_fine,
    errata_claims.cost_difference_and_honesty,
)


def errata(*, loss_share: float | Fraction = scenarios.LOSS_SHARE) -> tuple[Erratum, ...]:
    """Every contradiction that can be shown, computed now. `loss_share` is the L assumed, 0 ≤ L < 20.

    Raises `BadParameter`.
    """
    setting = Setting(
        poverty=scenarios.poverty(loss_share=loss_share),
        ordinary=scenarios.ordinary(loss_share=loss_share),
        combined=scenarios.combined(loss_share=loss_share),
        loss_share=loss_share,
        assumed=scenarios.assumed(loss_share),
    )
    return tuple(make(number, setting) for number, make in enumerate(IN_ORDER, start=1))
