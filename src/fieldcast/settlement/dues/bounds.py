"""What of a household's payouts may be kept for what it owes."""

from fieldcast.agreements.composed.promise.recovery import Recovery
from fieldcast.agreements.types import VersionView
from fieldcast.settlement.dues.types import HOUSEHOLD_MOST_BP


def household_bp(version: VersionView) -> int:
    """What the agreement lets be kept of a household's payouts."""
    composed = version.terms.composed
    said = composed.promise_clauses.values() if composed else ()
    return next((one.household_bp for one in said if isinstance(one, Recovery)), HOUSEHOLD_MOST_BP) or 1
