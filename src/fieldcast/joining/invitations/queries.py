"""Reads of invitations."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.joining.invitations.places import places_of
from fieldcast.joining.invitations.types import InvitationState, InvitationView
from fieldcast.joining.models import Invitation
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate
from fieldcast.kit.said import plain_digits

WAITS = Q(state=InvitationState.WAITING.value)


def invitation(*, invitation_id: int, now: datetime) -> InvitationView:
    """One invitation, ended or not. Raises `NotFound`."""
    found = _views(list(Invitation.objects.filter(id=invitation_id)), now)
    if not found:
        raise NotFound("invitation")
    return found[0]


def invitations_sent(
    *,
    person_id: int,
    now: datetime,
    state: InvitationState | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 20,
) -> Page[InvitationView]:
    """Invitations to where a person may invite, and those they sent: waiting first, then the newest.

    `search` looks in the last digits of numbers and in the names of organisations.
    """
    places = {place.id for place in places_of(person_id=person_id)}
    rows = Invitation.objects.filter(Q(organisation_id__in=places) | Q(by_id=person_id))
    if words := search.strip().replace("\x00", ""):
        rows = rows.filter(
            Q(tail__endswith=plain_digits(words)[-4:]) | Q(organisation__name__icontains=words)
        )
    if state is not None:
        rows = rows.filter(_stands(state, now))
    first = Case(
        When(WAITS & Q(expires_at__gt=now), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return paginate(rows.order_by(first, "-id"), lambda found: _views(found, now), page, per_page)


def invitations_to(*, person_id: int, now: datetime) -> tuple[InvitationView, ...]:
    """Invitations that wait for a person, in their own county, where the number is theirs as far as is known."""
    found = accounts.person(person_id=person_id)
    if not accounts.owns_number(found):
        return ()
    return tuple(_views(list(_to(found.phone_hash, found.county_id, now)), now))


def _to(phone_hash: str, county_id: int | None, now: datetime) -> "QuerySet[Invitation]":
    rows = Invitation.objects.filter(WAITS, phone_hash=phone_hash, expires_at__gt=now)
    return rows.filter(county=county_id).order_by("id")


def _stands(state: InvitationState, now: datetime) -> Q:
    """An invitation is over when its time is, whether or not a worker has been by."""
    if state == InvitationState.WAITING:
        return WAITS & Q(expires_at__gt=now)
    if state == InvitationState.EXPIRED:
        return Q(state=state.value) | (WAITS & Q(expires_at__lte=now))
    return Q(state=state.value)


def _views(rows: Sequence[Invitation], now: datetime) -> list[InvitationView]:
    """Invitations with their names, read for all of them at once."""
    people = {row.by_id for row in rows} | {row.answered_by_id for row in rows if row.answered_by_id}
    names = accounts.display_names(person_ids=people)
    places = accounts.organisations_by_ids(ids={row.organisation_id for row in rows})
    return [
        InvitationView(
            id=row.pk,
            county_id=row.county_id,
            organisation_id=row.organisation_id,
            organisation_name=places[row.organisation_id].name,
            organisation_name_en=places[row.organisation_id].name_en,
            organisation_kind=OrganisationKind(places[row.organisation_id].kind),
            role=Role(row.role),
            tail=row.tail,
            by_id=row.by_id,
            by_name=names.get(row.by_id, ""),
            state=_state(row, now),
            invited_at=row.invited_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
            answered_by=names.get(row.answered_by_id or 0, ""),
        )
        for row in rows
    ]


def _state(row: Invitation, now: datetime) -> InvitationState:
    over = row.state == InvitationState.WAITING.value and row.expires_at <= now
    return InvitationState.EXPIRED if over else InvitationState(row.state)
