"""A county with those who answer requests to join, and requests and invitations there."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.joining import operations as joining_operations
from fieldcast.joining.types import InvitationView, JoinKind, JoinRequestView
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.prepared import scene
from tests.files.pictures import orchard, saved

FACTS: dict[JoinKind, dict[str, str]] = {
    JoinKind.FARMER: {"grows": "黄桃和柿子", "area_mu": "3.5亩"},
    JoinKind.SELLER: {"licence": "93330824MA2DK7XX0P", "sells": "高山土豆"},
    JoinKind.HOST: {"about": "会讲种桃的事"},
    JoinKind.CARRIER: {"vehicles": "两辆面包车", "cold": "yes", "townships": "河湾、青石"},
}
NAMES = {
    JoinKind.FARMER: "梁金凤家",
    JoinKind.SELLER: "高山土豆合作社",
    JoinKind.HOST: "小满说桃",
    JoinKind.CARRIER: "小满快运",
}
VILLAGE = "河湾村"


@dataclass(frozen=True)
class Place:
    """A county with a cooperative, a service centre and an authority, each with people; and a newcomer."""

    county_id: int
    cooperative: OrganisationRef
    centre: OrganisationRef
    authority: OrganisationRef
    chief: Person
    packer: Person
    clerk: Person
    officer: Person
    newcomer: Person


@scene(on=None)
def joining_place(_nothing: None) -> Place:
    """The ordinary one."""
    county_id = make_county()
    accounts_operations.add_village(county_id=county_id, name=VILLAGE)
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    centre = make_organisation(county_id=county_id, kind=OrganisationKind.SERVICE_CENTRE, name="服务中心")
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="农业农村局")
    return Place(
        county_id=county_id,
        cooperative=cooperative,
        centre=centre,
        authority=authority,
        chief=make_member(organisation=cooperative),
        packer=make_member(organisation=cooperative, role=Role.STAFF, name="小工"),
        clerk=make_member(organisation=centre, name="方慧", role=Role.STAFF),
        officer=make_member(organisation=authority, name="科长"),
        newcomer=make_person(county_id=county_id, name="小满"),
    )


def licence(by: Person, content: bytes | None = None) -> tuple[DrawnPhoto, ...]:
    """A photo of a licence as a phone sends it, drawn."""
    sent = content or saved(orchard((96, 64)))
    photo = Photo(name="执照.jpg", size=len(sent), stream=io.BytesIO(sent))
    return joining_operations.draw_photos(by=by, photos=[photo])


@transaction.atomic
def make_join_request(
    by: Person,
    kind: JoinKind = JoinKind.FARMER,
    *,
    cooperative_id: int | None = None,
    now: datetime = NOW,
    **other: Any,
) -> JoinRequestView:
    """Somebody asks, with all that is needed."""
    asked: dict[str, Any] = {
        "name": NAMES[kind],
        "village": VILLAGE,
        "facts": FACTS[kind],
        "consent": True,
        "photos": licence(by) if kind == JoinKind.SELLER and "photos" not in other else (),
    }
    return joining_operations.ask_to_join(
        by=by, kind=kind, cooperative_id=cooperative_id, now=now, **{**asked, **other}
    )


@transaction.atomic
def make_invitation(
    by: Person, place: OrganisationRef, phone: str, *, role: Role = Role.STAFF, now: datetime = NOW
) -> InvitationView:
    """A number is invited."""
    return joining_operations.invite(by=by, organisation_id=place.id, phone=phone, role=role, now=now)
