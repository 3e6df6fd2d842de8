"""A phone number is invited: it waits for whoever signs in with it, who says yes or no; nobody else learns of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts import trails
from fieldcast.accounts.models import Membership, MembershipChange, Person
from fieldcast.accounts.operations import BadPhone
from fieldcast.accounts.types import OrganisationKind, Role, Standing
from fieldcast.inbox import queries as inbox
from fieldcast.joining import operations, problems, queries
from fieldcast.joining.invitations.types import AN_HOUR
from fieldcast.joining.models import Invitation, InvitationStep
from fieldcast.joining.types import InvitationState
from fieldcast.kit.errors import NotFound, Problem
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person, phone
from tests.factories.joining import Place, joining_place, make_invitation

pytestmark = pytest.mark.django_db
TWO_WEEKS = timedelta(days=14)


@pytest.fixture
def place() -> Place:
    return joining_place()


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    return raised.value


def told(person: Person) -> list[str]:
    return [one.kind for one in inbox.messages(person_id=person.pk).items]


def test_whoever_has_the_number_is_told_and_accepts_and_the_inviter_stands_in_the_trail(place: Place) -> None:
    by, guest = place.chief, place.newcomer
    sent = make_invitation(by, place.cooperative, f"+86 {guest.phone}", role=Role.MANAGER)
    assert told(guest) == ["invited"]
    (one,) = queries.invitations_to(person_id=guest.pk, now=NOW)
    assert (one.id, one.role, one.tail, one.by_name) == (sent.id, Role.MANAGER, guest.phone[-4:], "社长")
    assert not accounts.memberships_of(person_id=guest.pk)  # nothing is accepted for anybody
    operations.accept_invitation(by=guest, invitation_id=sent.id, now=NOW)
    (mine,) = accounts.memberships_of(person_id=guest.pk)
    assert (mine.organisation.id, mine.role) == (place.cooperative.id, Role.MANAGER)
    change = MembershipChange.objects.get(person=guest)
    assert (change.by_id, trails.broken().details) == (by.pk, ())
    assert (told(by), inbox.unread_count(person_id=guest.pk)) == (["invitation_answered"], 0)
    refused(
        problems.InvitationEnded,
        lambda: operations.accept_invitation(by=guest, invitation_id=sent.id, now=NOW),
    )


def test_a_number_without_an_account_waits_and_is_told_once_when_it_signs_in(place: Place) -> None:
    number, now = phone(), timezone.now()
    make_invitation(place.chief, place.cooperative, number, now=now)
    guest = accounts_operations.register_person(
        phone=number, display_name="新来的", password=None, county_id=place.county_id
    )
    for _again in range(2):
        user_logged_in.send(sender=Person, request=None, user=guest)
    assert told(guest) == ["invited"]
    assert len(queries.invitations_to(person_id=guest.pk, now=now)) == 1


def test_an_inviter_is_told_the_same_whether_or_not_the_number_has_an_account(place: Place) -> None:
    far = make_person(county_id=make_county("远县"))
    sent = [
        make_invitation(place.chief, place.cooperative, number)
        for number in (place.newcomer.phone, phone(), far.phone)
    ]
    shown = [
        (one.state, one.answered_by, one.ended_at, one.expires_at)
        for one in queries.invitations_sent(person_id=place.chief.pk, now=NOW).items
    ]
    assert shown == [(InvitationState.WAITING, "", None, NOW + TWO_WEEKS)] * len(sent)
    assert told(far) == []
    assert queries.invitations_to(person_id=far.pk, now=NOW) == ()
    refused(
        problems.OfOtherCounty,
        lambda: operations.accept_invitation(by=far, invitation_id=sent[2].id, now=NOW),
    )


def test_who_may_not_invite_there_and_whom_nobody_invites(place: Place) -> None:
    coop, manager = place.cooperative, make_member(organisation=place.cooperative, role=Role.MANAGER)
    wrong: list[tuple[type[Problem], Callable[[], Any]]] = [
        (NotFound, lambda: make_invitation(place.packer, coop, phone())),
        (NotFound, lambda: make_invitation(place.newcomer, coop, phone())),
        (NotFound, lambda: make_invitation(place.chief, place.centre, phone())),
        (problems.RoleTooHigh, lambda: make_invitation(manager, coop, phone(), role=Role.OWNER)),
        (problems.InvitesOneself, lambda: make_invitation(place.chief, coop, place.chief.phone)),
        (problems.MemberAlready, lambda: make_invitation(place.chief, coop, place.packer.phone)),
        (BadPhone, lambda: make_invitation(place.chief, coop, "12345")),
    ]
    for problem, call in wrong:
        refused(problem, call)
    assert not Invitation.objects.exists()
    make_invitation(manager, coop, place.newcomer.phone, role=Role.MANAGER)
    refused(problems.InvitationWaits, lambda: make_invitation(place.chief, coop, place.newcomer.phone))


def test_a_centre_brings_the_first_person_to_an_organisation_of_its_county(place: Place) -> None:
    head = make_member(organisation=place.centre, role=Role.MANAGER, name="主任")
    empty = make_organisation(county_id=place.county_id, kind=OrganisationKind.HOUSEHOLD, name="空户")
    far = make_organisation(county_id=make_county(), kind=OrganisationKind.HOUSEHOLD)
    assert empty.id in {one.id for one in queries.places_of(person_id=head.pk)}
    refused(NotFound, lambda: make_invitation(head, place.cooperative, phone(), role=Role.OWNER))
    refused(NotFound, lambda: make_invitation(head, far, phone()))
    refused(NotFound, lambda: make_invitation(place.clerk, empty, phone()))
    sent = make_invitation(head, empty, place.newcomer.phone, role=Role.OWNER)
    operations.accept_invitation(by=place.newcomer, invitation_id=sent.id, now=NOW)
    refused(NotFound, lambda: make_invitation(head, empty, phone(), role=Role.OWNER))


def test_it_is_declined_taken_back_or_over_and_the_number_goes(place: Place) -> None:
    guest, coop = place.newcomer, place.cooperative
    first = make_invitation(place.chief, coop, guest.phone)
    refused(NotFound, lambda: operations.decline_invitation(by=place.packer, invitation_id=first.id, now=NOW))
    operations.decline_invitation(by=guest, invitation_id=first.id, now=NOW)
    second = make_invitation(place.chief, coop, guest.phone)
    refused(NotFound, lambda: operations.withdraw_invitation(by=guest, invitation_id=second.id, now=NOW))
    operations.withdraw_invitation(by=place.chief, invitation_id=second.id, now=NOW)
    third = make_invitation(place.chief, coop, guest.phone)
    over = NOW + TWO_WEEKS
    assert queries.invitations_to(person_id=guest.pk, now=over) == ()
    assert queries.invitation(invitation_id=third.id, now=over).state == InvitationState.EXPIRED
    for late in (operations.accept_invitation, operations.decline_invitation):
        refused(problems.InvitationEnded, partial(late, by=guest, invitation_id=third.id, now=over))
    assert (operations.end_due(now=NOW), operations.end_due(now=over), operations.end_due(now=over)) == (
        0,
        1,
        0,
    )
    assert set(Invitation.objects.values_list("phone", flat=True)) == {""}
    assert inbox.unread_count(person_id=guest.pk) == 1  # the one that is over says so where it leads
    states = [one.state.value for one in queries.invitations_sent(person_id=place.chief.pk, now=over).items]
    assert states == ["expired", "withdrawn", "declined"]
    make_invitation(place.chief, coop, guest.phone, now=over)  # and again


def test_an_invitation_ends_with_the_inviters_own_role(place: Place) -> None:
    sent = make_invitation(place.chief, place.cooperative, place.newcomer.phone, role=Role.OWNER)
    accounts_operations.add_member(
        person_id=place.chief.pk, organisation_id=place.cooperative.id, role=Role.MANAGER
    )
    refused(
        problems.InvitationEnded,
        lambda: operations.accept_invitation(by=place.newcomer, invitation_id=sent.id, now=NOW),
    )
    assert not Membership.objects.filter(person=place.newcomer).exists()


def test_a_role_somebody_has_is_not_changed_by_an_older_invitation(place: Place) -> None:
    sent = make_invitation(place.chief, place.cooperative, place.newcomer.phone)
    accounts_operations.add_member(
        person_id=place.newcomer.pk, organisation_id=place.cooperative.id, role=Role.MANAGER
    )
    refused(
        problems.MemberAlready,
        lambda: operations.accept_invitation(by=place.newcomer, invitation_id=sent.id, now=NOW),
    )


def test_a_suspended_organisation_invites_and_takes_nobody(place: Place) -> None:
    sent = make_invitation(place.chief, place.cooperative, place.newcomer.phone)
    accounts_operations.set_standing(
        by=None, organisation_id=place.cooperative.id, standing=Standing.SUSPENDED, reason="查", now=NOW
    )
    refused(problems.OrganisationSuspended, lambda: make_invitation(place.chief, place.cooperative, phone()))
    refused(
        problems.OrganisationSuspended,
        lambda: operations.accept_invitation(by=place.newcomer, invitation_id=sent.id, now=NOW),
    )


def test_nobody_invites_more_than_twenty_numbers_an_hour(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from fieldcast.joining.invitations import operations as invitations

    assert AN_HOUR.most == 20
    monkeypatch.setattr(invitations, "AN_HOUR", replace(AN_HOUR, most=2))
    for _number in range(2):
        make_invitation(place.chief, place.cooperative, phone())
    refused(problems.TooManyInvitations, lambda: make_invitation(place.chief, place.cooperative, phone()))
    make_invitation(place.chief, place.cooperative, phone(), now=NOW + timedelta(hours=1, seconds=1))


def test_a_number_that_is_not_verified_is_shown_nothing_where_numbers_are_verified(
    place: Place, settings: Any
) -> None:
    settings.ACCOUNT_PHONE_VERIFICATION_ENABLED = True
    sent = make_invitation(place.chief, place.cooperative, place.newcomer.phone)
    assert told(place.newcomer) == []
    assert queries.invitations_to(person_id=place.newcomer.pk, now=NOW) == ()
    refused(
        NotFound,
        lambda: operations.accept_invitation(by=place.newcomer, invitation_id=sent.id, now=NOW),
    )


def test_the_number_is_unreadable_and_what_was_sent_does_not_change(place: Place) -> None:
    number = phone()
    sent = make_invitation(place.chief, place.cooperative, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM joining_invitation i WHERE id = %s", [sent.id])
        assert number not in cursor.fetchone()[0]
    row = Invitation.objects.filter(id=sent.id)
    for change in (
        lambda: row.update(role="owner"),
        lambda: row.update(state="accepted"),
        lambda: row.delete(),
        lambda: InvitationStep.objects.filter(invitation_id=sent.id).update(at=NOW),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
