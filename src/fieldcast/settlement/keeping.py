"""What is kept of a run's payouts for bonds and penalties: which agreement each was earned under."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from fieldcast.agreements.bonds import keeping
from fieldcast.agreements.bonds.types import BondKey, Earned, Kept
from fieldcast.settlement.models import Statement
from fieldcast.settlement.shares import Shared


def kept_of_payouts(
    statements: Sequence[Statement], left_fen: Mapping[str, int], *, shared: Sequence[Shared], now: datetime
) -> Kept:
    """Keep for bonds and penalties of what is left of each statement, by its number; where none is named, nothing."""
    versions = {one.version.id: one.version for one in shared}
    concerned = {one for one, version in versions.items() if keeping.concerns(version)}
    if not concerned:
        return keeping.NOTHING
    sums: dict[tuple[int | None, str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in shared:
        if one.version.id in concerned:
            for share in one.shares:
                sums[one.line.session_id, share.party, share.role][one.version.agreement_id] += (
                    share.amount_fen
                )
    earned = [
        Earned(statement.number, statement.role, BondKey(agreement_id, statement.organisation_id), fen)
        for statement in statements
        if statement.organisation_id is not None and statement.number in left_fen
        for agreement_id, fen in sorted(sums[statement.session_id, statement.party, statement.role].items())
    ]
    return keeping.keep_from_payouts(
        left_fen=left_fen, earned=earned, versions=[versions[one] for one in concerned], now=now
    )
