"""The clauses that move money for a whole period, a module each."""

from collections.abc import Callable, Mapping

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.period.base_pay import BasePay
from fieldcast.agreements.composed.period.dividend import Dividend
from fieldcast.agreements.composed.period.late_interest import LateInterest
from fieldcast.agreements.composed.period.points import Points
from fieldcast.agreements.composed.period.shortfall import Shortfall
from fieldcast.agreements.composed.period.tiered_bonus import TieredBonus
from fieldcast.agreements.composed.period.unsold import Unsold
from fieldcast.agreements.composed.shapes import PeriodClause
from fieldcast.kit.errors import Sentence

PERIOD: Mapping[str, tuple[Sentence, Callable[[Fields], PeriodClause]]] = {
    one.kind: (one.title, one.read)
    for one in (BasePay, TieredBonus, Points, Dividend, Unsold, Shortfall, LateInterest)
}
