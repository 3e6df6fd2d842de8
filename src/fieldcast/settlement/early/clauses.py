"""Which terms pay fast, and what they let be kept."""

from fieldcast.agreements.composed.promise.fast_payout import FastPayout
from fieldcast.agreements.types import VersionView


def fast_payout_of(version: VersionView) -> FastPayout | None:
    """The clause, where the terms have it."""
    composed = version.terms.composed
    said = composed.promise_clauses.values() if composed else ()
    return next((one for one in said if isinstance(one, FastPayout)), None)
