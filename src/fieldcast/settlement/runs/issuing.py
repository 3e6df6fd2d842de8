"""The statements of a chunk: one for each session, party and role, with a line for every share."""

from collections.abc import Sequence
from datetime import datetime

from fieldcast.kit.ids import dated_number
from fieldcast.settlement import told, writing
from fieldcast.settlement.models import Statement
from fieldcast.settlement.shares import Shared, organisation_of
from fieldcast.settlement.writing import About


def issue(shared: Sequence[Shared], *, run_key: str, now: datetime) -> list[Statement]:
    """Write the statements down and tell those they are for."""
    totals: dict[About, int] = {}
    for one in shared:
        session_id = one.line.session_id
        for share in one.shares:
            about = (session_id, share.party, share.role)
            totals[about] = totals.get(about, 0) + share.amount_fen
    county_id = shared[0].line.county_id
    statements = Statement.objects.bulk_create(
        [
            Statement(
                county_id=county_id,
                number=dated_number("J", now),
                party=party,
                role=role,
                organisation_id=organisation_of(party),
                session_id=session_id,
                run_key=run_key,
                total_fen=total_fen,
                issued_at=now,
            )
            for (session_id, party, role), total_fen in totals.items()
        ]
    )
    ids = {about: statement.pk for about, statement in zip(totals, statements, strict=True)}
    writing.statement_lines(shared, statement_ids=ids)
    told.statements_issued(statements, now=now)
    return statements
