"""Matters for the desk, one answered in words and one elsewhere, and a cooperative that they wait for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.desk import operations
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import ItemView, Owner
from tests.factories.accounts import NOW, make_county, make_member, make_organisation

SPOKEN = register(Kind(code="test_spoken", asks="%(name)s?", hint="", way="", working_days=3, in_words=True))
ELSEWHERE = register(
    Kind(code="test_elsewhere", asks="%(name)s?", hint="", way="", working_days=3, in_words=False)
)


@dataclass(frozen=True)
class Office:
    """A cooperative with an owner, a manager and someone who packs, and the authority of its county."""

    coop: OrganisationRef
    authority: OrganisationRef
    chief: Person
    manager: Person
    packer: Person
    officer: Person


def make_office() -> Office:
    """Everyone an item may meet."""
    county_id = make_county()
    coop = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY)
    return Office(
        coop=coop,
        authority=authority,
        chief=make_member(organisation=coop, name="社长"),
        manager=make_member(organisation=coop, role=Role.MANAGER, name="经理"),
        packer=make_member(organisation=coop, role=Role.STAFF, name="小工"),
        officer=make_member(organisation=authority, name="科长"),
    )


def make_item(
    office: Office,
    *,
    kind: Kind = SPOKEN,
    subject: str = "1",
    owner: Owner | None = None,
    now: datetime = NOW,
    **more: Any,
) -> ItemView:
    """An item of the cooperative's managers, which escalates to the authority's."""
    return operations.open_item(
        kind=kind,
        subject=subject,
        county_id=office.coop.county_id,
        owner=owner or Owner(office.coop.id, Role.MANAGER),
        escalates_to=Owner(office.authority.id, Role.MANAGER),
        facts={"name": "黄桃"},
        by=None,
        now=now,
        **more,
    )
