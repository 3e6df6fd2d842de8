"""Writes of invitations: sent, accepted, declined, taken back, ended.

What an inviter is told is the same whether or not the number has an account.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from fieldcast.accounts import limits
from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require_now
from fieldcast.accounts.kept import keep_no_more
from fieldcast.accounts.operations import BadPhone
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.types import OrganisationRef, Role, SignedIn, Standing
from fieldcast.desk.types import at_most
from fieldcast.joining.invitations import told
from fieldcast.joining.invitations.places import highest_role
from fieldcast.joining.invitations.problems import (
    InvitationEnded,
    InvitationWaits,
    InvitesOneself,
    MemberAlready,
    RoleTooHigh,
    TooManyInvitations,
)
from fieldcast.joining.invitations.queries import invitation
from fieldcast.joining.invitations.types import AN_HOUR, STANDS_FOR, InvitationState, InvitationView
from fieldcast.joining.models import Invitation, InvitationStep
from fieldcast.joining.requests.problems import OfOtherCounty, OrganisationSuspended
from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import blind_index

AT_ONCE = 200
WAITING = InvitationState.WAITING.value


def invite(*, by: SignedIn, organisation_id: int, phone: str, role: Role, now: datetime) -> InvitationView:
    """Invite a phone number. It waits for whoever signs in with it, for two weeks; nobody is ever made a member by it.

    Raises `NotFound` for an organisation one may not invite to, `BadPhone`, `RoleTooHigh`, `InvitesOneself`,
    `MemberAlready`, `InvitationWaits`, `OrganisationSuspended`, `TooManyInvitations`.
    """
    number = _number(phone)
    with transaction.atomic():
        keep_no_more()
        place = _place(by, organisation_id, role)
        _check_rate(by, now)
        found = accounts.person_by_phone(phone=number)
        if found is not None and found.pk == by.pk:
            raise InvitesOneself
        _check_no_member(found.pk if found is not None else None, place)
        end_due(now=now, organisation_id=place.id, phone_hash=blind_index(number))
        row = _new(by, place, number, role, now)
        sent = invitation(invitation_id=row.pk, now=now)
        if found is not None and found.county_id == row.county_id and accounts.owns_number(found):
            told.invited(found.pk, [sent], now=now)
    return sent


def accept_invitation(*, by: SignedIn, invitation_id: int, now: datetime) -> InvitationView:
    """Come to work there, with the role that was said; whoever invited stands in the trail as who gave it.

    Raises `NotFound` for another's invitation, `InvitationEnded`, `MemberAlready`, `OfOtherCounty`,
    `OrganisationSuspended`.
    """
    with transaction.atomic():
        row = _locked_of(by, invitation_id, now)
        accounts_operations.lock_organisation(row.organisation_id)
        accounts_operations.lock_person(by.pk)
        place = accounts.organisation(organisation_id=row.organisation_id)
        _check_standing(place)
        _check_no_member(by.pk, place)
        if by.county_id != place.county_id:
            raise OfOtherCounty(name=by.display_name)
        accounts_operations.add_member(
            person_id=by.pk, organisation_id=place.id, role=Role(row.role), by=_inviter(row), now=now
        )
        _end(row, InvitationState.ACCEPTED, by=by, now=now, answered_by_id=by.pk)
        found = invitation(invitation_id=row.pk, now=now)
        told.answered(found, person_id=by.pk, accepted=True, now=now)
    return found


def decline_invitation(*, by: SignedIn, invitation_id: int, now: datetime) -> InvitationView:
    """Say no. Raises `NotFound` for another's invitation, `InvitationEnded`."""
    with transaction.atomic():
        row = _locked_of(by, invitation_id, now)
        _end(row, InvitationState.DECLINED, by=by, now=now)
        found = invitation(invitation_id=row.pk, now=now)
        told.answered(found, person_id=by.pk, accepted=False, now=now)
    return found


def withdraw_invitation(*, by: SignedIn, invitation_id: int, now: datetime) -> InvitationView:
    """Take an invitation back. Raises `NotFound` for strangers, `InvitationEnded`."""
    with transaction.atomic():
        row = _locked(invitation_id)
        require_now(by, "joining.withdraw_invitation", invitation(invitation_id=row.pk, now=now))
        _check_stands(row, now)
        number = row.phone
        _end(row, InvitationState.WITHDRAWN, by=by, now=now)
        if (found := accounts.person_by_phone(phone=number)) is not None:
            told.over(row.pk, person_id=found.pk, now=now)
    return invitation(invitation_id=row.pk, now=now)


def end_due(
    *,
    now: datetime,
    organisation_id: int | None = None,
    phone_hash: str | None = None,
    limit: int = AT_ONCE,
) -> int:
    """End invitations whose two weeks are over, all or those of one number to one place; returns how many."""
    rows = Invitation.objects.filter(state=WAITING, expires_at__lte=now).order_by("id")
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id, phone_hash=phone_hash)
    with transaction.atomic():
        due = list(rows.select_for_update(skip_locked=True, no_key=True)[:limit])
        for row in due:
            _end(row, InvitationState.EXPIRED, by=None, now=now)
    return len(due)


def _number(phone: str) -> str:
    try:
        return normalise_phone(phone)
    except ValueError:
        raise BadPhone from None


def _place(by: SignedIn, organisation_id: int, role: Role) -> OrganisationRef:
    highest = highest_role(person_id=by.pk, organisation_id=organisation_id)
    if highest is None:
        raise NotFound("organisation")
    if role not in at_most(highest):
        raise RoleTooHigh
    place = accounts.organisation(organisation_id=organisation_id)
    _check_standing(place)
    return place


def _check_rate(by: SignedIn, now: datetime) -> None:
    if not limits.spend(rate=AN_HOUR, who=f"person {by.pk}", now=now).granted:
        raise TooManyInvitations(most=AN_HOUR.most)


def _check_no_member(person_id: int | None, place: OrganisationRef) -> None:
    """Who works there is known there. Of anyone else nothing is said to an inviter."""
    if person_id in {person.id for person, _role in accounts.members_of(organisation_id=place.id)}:
        raise MemberAlready


def _check_standing(place: OrganisationRef) -> None:
    if place.standing == Standing.SUSPENDED:
        raise OrganisationSuspended(name=place.name)


def _new(by: SignedIn, place: OrganisationRef, number: str, role: Role, now: datetime) -> Invitation:
    try:
        with transaction.atomic():
            row = Invitation.objects.create(
                county_id=place.county_id,
                organisation_id=place.id,
                role=role.value,
                phone=number,
                phone_hash=blind_index(number),
                tail=number[-4:],
                by_id=by.pk,
                state=WAITING,
                invited_at=now,
                expires_at=now + STANDS_FOR,
            )
    except IntegrityError as error:
        raise InvitationWaits from error
    InvitationStep.objects.create(invitation=row, state=WAITING, by_id=by.pk, at=now)
    return row


def _locked(invitation_id: int) -> Invitation:
    row = Invitation.objects.select_for_update(no_key=True).filter(id=invitation_id).first()
    if row is None:
        raise NotFound("invitation")
    return row


def _locked_of(by: SignedIn, invitation_id: int, now: datetime) -> Invitation:
    """The invitation, for the one whose number it is about. Raises `NotFound`, `InvitationEnded`."""
    row, person = _locked(invitation_id), accounts.person(person_id=by.pk)
    if row.phone_hash != person.phone_hash or not accounts.owns_number(person):
        raise NotFound("invitation")
    _check_stands(row, now)
    return row


def _check_stands(row: Invitation, now: datetime) -> None:
    if row.state != WAITING or row.expires_at <= now:
        raise InvitationEnded


def _inviter(row: Invitation) -> SignedIn:
    """Whoever invited, if they still may give that role. Raises `InvitationEnded`."""
    keep_no_more()
    highest = highest_role(person_id=row.by_id, organisation_id=row.organisation_id)
    if highest is None or Role(row.role) not in at_most(highest):
        raise InvitationEnded
    try:
        return accounts.person(person_id=row.by_id)
    except NotFound:
        raise InvitationEnded from None


def _end(
    row: Invitation,
    state: InvitationState,
    *,
    by: SignedIn | None,
    now: datetime,
    answered_by_id: int | None = None,
) -> None:
    row.state, row.ended_at, row.phone, row.answered_by_id = state.value, now, "", answered_by_id
    row.save(update_fields=["state", "ended_at", "phone", "answered_by"])
    InvitationStep.objects.create(invitation=row, state=state.value, by_id=by.pk if by else None, at=now)
