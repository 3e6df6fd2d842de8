"""Statements reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.settlement import queries
from fieldcast.settlement.types import StatementView


def load_statement(*, by: Actor, statement_id: int) -> StatementView:
    """The statement in the active language, for its party and the county's authority; else `NotFound`."""
    summary = queries.statement_summary(statement_id=statement_id)
    require(by, "settlement.view_statement", summary)
    return queries.statement(statement_id=statement_id)
