"""Only in demo mode: a token for any person of the demo county, a cast for a rehearsal, and company for its rooms."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.api.demo.schemas import CastIn, CompanyIn, TokenOut
from fieldcast.api.fields import PathId
from fieldcast.api.problems import RESPONSES
from fieldcast.demo.cast import Cast, make_cast
from fieldcast.demo.company import Company
from fieldcast.demo.company import company as invited
from fieldcast.demo.people import may_sign_in_as
from fieldcast.kit.errors import NotFound

router = Router(tags=["demo"], auth=None)


@router.post("/tokens/{person_id}", response={201: TokenOut, **RESPONSES}, summary="A token for anyone")
def create_demo_token(request: HttpRequest, person_id: PathId) -> Any:
    """A personal token for a person of the demo county; there is no such endpoint outside demo mode."""
    county = accounts.default_county()
    if county is None or not may_sign_in_as(county_id=county.id, person_id=person_id):
        raise NotFound("person")
    person = accounts.person(person_id=person_id)
    with transaction.atomic():
        _token, secret = accounts_operations.issue_token(by=person, name="demo", now=timezone.now())
    return Status(201, TokenOut(secret=secret))


@router.post("/cast", response={201: Cast, **RESPONSES}, summary="A cast for a rehearsal")
def create_cast(request: HttpRequest, body: CastIn) -> Any:
    """A stall of its own with fresh buyers, each with a token."""
    with transaction.atomic():
        return Status(201, make_cast(buyers=body.buyers, now=timezone.now()))


@router.post("/company", response={201: Company, **RESPONSES}, summary="Invented viewers")
def create_company(request: HttpRequest, body: CompanyIn) -> Any:
    """Shoppers of the demo county who keep its rooms company, and the hosts who answer them, each with a token."""
    county = accounts.default_county()
    if county is None:
        raise NotFound("county")
    with transaction.atomic():
        return Status(201, invited(county_id=county.id, count=body.viewers, now=timezone.now()))
