"""Reads of the office, all of one county."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import Count, Q

from fieldcast.accounts.models import Membership, OfficeDeed, Organisation, Person, Village
from fieldcast.accounts.office.types import (
    ByHand,
    Deed,
    DeedView,
    Figures,
    HandChange,
    KnownPerson,
    Listed,
    Member,
    VillageView,
)
from fieldcast.accounts.queries import organisation_ref
from fieldcast.accounts.types import MembershipRef, OrganisationKind, OrganisationRef, PersonRef, Role
from fieldcast.kit import masks
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate

MOST_FOUND: Final = 6
HAND: Final = {ADDITION: ByHand.ADDED, CHANGE: ByHand.CHANGED, DELETION: ByHand.DELETED}


def figures(*, county_id: int) -> Figures:
    """How much of everything there is."""
    people = Person.objects.filter(county_id=county_id).aggregate(
        people=Count("id"),
        blocked=Count("id", filter=Q(is_active=False)),
        administrators=Count("id", filter=Q(is_active=True, is_staff=True)),
    )
    return Figures(
        **people,
        villages=Village.objects.filter(county_id=county_id).count(),
        organisations=Organisation.objects.filter(county_id=county_id).count(),
    )


def villages(*, county_id: int) -> tuple[VillageView, ...]:
    """Villages by name."""
    rows = Village.objects.filter(county_id=county_id).annotate(held=Count("organisation"))
    return tuple(
        VillageView(id=row.pk, name=row.name, name_en=row.name_en, organisations=row.held)
        for row in rows.order_by("name")
    )


def people(
    *, county_id: int, search: str, staff_only: bool, blocked_only: bool, page: int, per_page: int
) -> Page[KnownPerson]:
    """People by a part of their public name, the newest first."""
    rows = Person.objects.filter(county_id=county_id).order_by("-id")
    if search:
        rows = rows.filter(display_name__icontains=search)
    if staff_only:
        rows = rows.filter(is_staff=True)
    if blocked_only:
        rows = rows.filter(is_active=False)
    return paginate(rows, _known, page, per_page)


def person(*, county_id: int, person_id: int) -> KnownPerson:
    """One of the county, blocked or not. Raises `NotFound`."""
    rows = Person.objects.filter(county_id=county_id, id=person_id)
    for one in _known(rows):
        return one
    raise NotFound("person")


def organisations(
    *, county_id: int, kind: OrganisationKind | None, search: str, page: int, per_page: int
) -> Page[Listed]:
    """Organisations by kind and code, those whose name or code has the words."""
    rows = Organisation.objects.filter(county_id=county_id).select_related("village")
    rows = rows.annotate(held=Count("memberships")).order_by("kind", "code")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(name_en__icontains=search) | Q(code__iexact=search))
    return paginate(
        rows, lambda found: [Listed(organisation_ref(row), row.held) for row in found], page, per_page
    )


def organisation(*, county_id: int, organisation_id: int) -> OrganisationRef:
    """One of the county. Raises `NotFound`."""
    row = (
        Organisation.objects.select_related("village").filter(county_id=county_id, id=organisation_id).first()
    )
    if row is None:
        raise NotFound("organisation")
    return organisation_ref(row)


def named(*, county_id: int, words: str) -> tuple[OrganisationRef, ...]:
    """Organisations that are meant by what was typed: the one with that code or very name, else what is like it."""
    rows = Organisation.objects.select_related("village").filter(county_id=county_id).order_by("kind", "code")
    exact = rows.filter(Q(code__iexact=words) | Q(name=words))[:MOST_FOUND]
    found = list(exact) or list(rows.filter(name__icontains=words)[:MOST_FOUND])
    return tuple(organisation_ref(row) for row in found)


def members(*, organisation_id: int) -> tuple[Member, ...]:
    """Who works there, blocked people too."""
    rows = Membership.objects.select_related("person").filter(organisation_id=organisation_id).order_by("id")
    return tuple(
        Member(
            person=PersonRef(id=row.person_id, display_name=row.person.display_name),
            role=Role(row.role),
            is_active=row.person.is_active,
        )
        for row in rows
    )


def deeds(
    *,
    county_id: int,
    page: int,
    per_page: int,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> Page[DeedView]:
    """What administrators did, the latest first: all of it, or what was done to a person or an organisation."""
    rows = OfficeDeed.objects.filter(county_id=county_id).order_by("-at", "-id")
    rows = rows.select_related("by", "person", "organisation__village")
    rows = rows.defer("by__phone", "by__name", "person__phone", "person__name")  # encrypted, and not shown
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return paginate(rows, lambda found: [_deed(row) for row in found], page, per_page)


def changed_by_hand(*, county_id: int, limit: int) -> tuple[HandChange, ...]:
    """What administrators of the county changed in Django's admin, the latest first."""
    rows = LogEntry.objects.filter(user__county_id=county_id).select_related("content_type", "user")
    rows = rows.defer("user__phone", "user__name").order_by("-action_time", "-id")
    return tuple(
        HandChange(
            did=HAND[row.action_flag],
            table=str(row.content_type.name) if row.content_type else "",
            row=row.object_repr,
            by=row.user.display_name,
            at=row.action_time,
        )
        for row in rows[:limit]
    )


def _deed(row: OfficeDeed) -> DeedView:
    return DeedView(
        kind=Deed(row.kind),
        by=row.by.display_name if row.by else "",
        person=PersonRef(id=row.person.pk, display_name=row.person.display_name) if row.person else None,
        organisation=organisation_ref(row.organisation) if row.organisation else None,
        before=row.before,
        after=row.after,
        reason=row.reason,
        at=row.at,
    )


def _known(rows: Iterable[Person]) -> Sequence[KnownPerson]:
    """With where each works, in one statement more whatever their number."""
    found = list(rows)
    places: dict[int, list[MembershipRef]] = {}
    held = Membership.objects.select_related("organisation__village").filter(person__in=found)
    for one in held.order_by("organisation_id"):
        at = MembershipRef(organisation=organisation_ref(one.organisation), role=Role(one.role))
        places.setdefault(one.person_id, []).append(at)
    return [
        KnownPerson(
            id=row.pk,
            display_name=row.display_name,
            phone=masks.masked_phone(row.phone),
            is_active=row.is_active,
            is_staff=row.is_staff,
            is_superuser=row.is_superuser,
            created_at=row.created_at,
            last_login=row.last_login,
            workplaces=tuple(places.get(row.pk, ())),
        )
        for row in found
    ]
