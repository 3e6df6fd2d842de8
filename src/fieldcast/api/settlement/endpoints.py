"""Statements: who earned what, and why."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.fields import PageNumber, PathId
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.loaders import load_statement
from fieldcast.settlement.types import StatementSummary, StatementView

router = Router(tags=["settlement"])


@router.get(
    "/organisations/{organisation_id}/statements",
    response={200: PageOut[StatementSummary], **RESPONSES},
    summary="Statements",
)
def list_statements(request: HttpRequest, organisation_id: PathId, page: PageNumber = 1) -> Any:
    """The statements of an organisation, for its members and the authority."""
    organisation = load_organisation(
        by=person_of(request), organisation_id=organisation_id, perm="accounts.see_organisation_statements"
    )
    found = settlement.statements(
        county_id=organisation.county_id, organisation_id=organisation.id, page=page
    )
    return page_of(found)


@router.get("/statements/{statement_id}", response={200: StatementView, **RESPONSES}, summary="A statement")
def get_statement(request: HttpRequest, statement_id: PathId) -> Any:
    """Every line with its clause, formula and inputs, and where each yuan of the session went."""
    return load_statement(by=person_of(request), statement_id=statement_id)
