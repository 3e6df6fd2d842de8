"""The person behind the request: roles, addresses, tokens."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import AddressBook
from fieldcast.api.accounts.schemas import AddressIn, MembershipOut, MeOut, TokenIn, TokenOut
from fieldcast.api.auth import SIGNED_IN_WITH_A_BROWSER
from fieldcast.api.fields import PathId
from fieldcast.api.once import once
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of

router = Router(tags=["account"])


@router.get("/me", response={200: MeOut, **RESPONSES}, summary="Who am I?")
def me(request: HttpRequest) -> MeOut:
    """The signed-in person and their roles."""
    person = person_of(request)
    return MeOut(
        id=person.pk,
        display_name=person.display_name,
        county_id=person.county_id,
        memberships=[
            MembershipOut(
                organisation_id=membership.organisation.id,
                organisation=membership.organisation.name,
                kind=membership.organisation.kind.value,
                role=membership.role.value,
            )
            for membership in accounts.memberships_of(person_id=person.pk)
        ],
    )


@router.get("/me/addresses", response={200: list[AddressBook], **RESPONSES}, summary="My addresses")
def list_addresses(request: HttpRequest) -> Any:
    """Delivery addresses, the default first."""
    return list(accounts.addresses_of(person_id=person_of(request).pk))


@router.post("/me/addresses", response={201: AddressBook, **RESPONSES}, summary="Keep an address")
@once
def add_address(request: HttpRequest, body: AddressIn) -> Any:
    """Keep a delivery address; the first one becomes the default."""
    with transaction.atomic():
        return Status(201, accounts_operations.save_address(by=person_of(request), **body.dict()))


@router.delete("/me/addresses/{address_id}", response={204: None, **RESPONSES}, summary="Remove an address")
def remove_address(request: HttpRequest, address_id: PathId) -> Any:
    """Remove an address; orders keep the copy they were placed with."""
    accounts_operations.delete_address(by=person_of(request), address_id=address_id)
    return Status(204, None)


@router.get("/me/tokens", response={200: list[TokenOut], **RESPONSES}, summary="My tokens")
def list_tokens(request: HttpRequest) -> Any:
    """Personal tokens, without their secrets."""
    return [TokenOut(**_token(token)) for token in accounts.tokens_of(person_id=person_of(request).pk)]


@router.post(
    "/me/tokens",
    response={201: TokenOut, **RESPONSES},
    summary="Make a token",
    auth=SIGNED_IN_WITH_A_BROWSER,
)
def add_token(request: HttpRequest, body: TokenIn) -> Any:
    """Make a personal token, signed in with a browser; its secret is in this answer and nowhere else."""
    with transaction.atomic():
        token, secret = accounts_operations.issue_token(
            by=person_of(request), name=body.name, now=timezone.now(), expires_at=body.expires_at
        )
    return Status(201, TokenOut(**_token(token), secret=secret))


@router.delete("/me/tokens/{token_id}", response={204: None, **RESPONSES}, summary="Revoke a token")
def remove_token(request: HttpRequest, token_id: PathId) -> Any:
    """Make a token useless at once."""
    accounts_operations.revoke_token(by=person_of(request), token_id=token_id, now=timezone.now())
    return Status(204, None)


def _token(token: Any) -> dict[str, Any]:
    values = asdict(token)
    values.pop("last_used_at")
    return values
