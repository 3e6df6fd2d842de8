"""Every endpoint answers anything that fits its schema, and much that does not, without a server error."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.api.v1 import api
from tests.factories.accounts import make_member, make_organisation
from tests.factories.trade import Sale, make_order, make_sale

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())


@pytest.fixture
def worker() -> dict[str, Any]:
    """Someone who may do nearly everything, so that requests get past the door: chief, host, carrier and officer."""
    sale = make_sale()
    make_order(sale, until="paid", by=sale.stall.chief)
    authority = make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.AUTHORITY)
    make_member(organisation=authority)
    for organisation in (authority, sale.stall.host, sale.stall.carrier):
        accounts_operations.add_member(
            person_id=sale.stall.chief.pk, organisation_id=organisation.id, role=Role.OWNER
        )
    _token, secret = accounts_operations.issue_token(by=sale.stall.chief, name="t", now=timezone.now())
    return {"secret": secret, "known": known_ids(sale)}


def known_ids(sale: Sale) -> dict[str, Any]:
    return {
        "session_id": sale.session.id,
        "offer_id": sale.offer.id,
        "lot_id": sale.offer.lot_id,
        "organisation_id": sale.stall.cooperative.id,
        "cooperative_id": sale.stall.cooperative.id,
        "version_id": sale.stall.version.id,
    }


@SCHEMA.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
def test_no_request_ends_in_a_server_error(case: Any, worker: dict[str, Any]) -> None:
    names = {name: worker["known"].get(name, value) for name, value in (case.path_parameters or {}).items()}
    case.path_parameters = names
    request = case.as_transport_kwargs(base_url="http://testserver")
    headers: dict[str, Any] = {
        f"HTTP_{name.upper().replace('-', '_')}": str(value)
        for name, value in (request.get("headers") or {}).items()
        if name.lower() not in ("content-type", "authorization")
    }
    path = request["url"].removeprefix("http://testserver")
    query = request.get("params") or {}
    body = request.get("data") or b""
    if "json" in request:
        body = json.dumps(request["json"]).encode("utf-8", "surrogatepass")
    response = Client().generic(
        request["method"],
        path,
        body if isinstance(body, bytes | str) else str(body),
        content_type="application/json",
        query_params=query,
        HTTP_AUTHORIZATION=f"Bearer {worker['secret']}",
        **headers,
    )
    assert response.status_code < 500, response.content[:500]
