"""Roles and addresses leave a sealed trail, and what does not follow from it is found."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory

from fieldcast.accounts import operations, trails
from fieldcast.accounts.models import AddressChange, Membership, MembershipChange, Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coop() -> OrganisationRef:
    return make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)


def trail(person: Person) -> list[tuple[int, str]]:
    return list(
        MembershipChange.objects.filter(person=person).order_by("number").values_list("number", "role")
    )


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount


def save_address(person: Person) -> int:
    return operations.save_address(
        by=person, recipient="小满", phone="13800138000", province="上海市", line="长乐路 1 号"
    ).id


def test_a_role_given_changed_and_ended_leaves_three_entries(coop: OrganisationRef) -> None:
    person, owner = make_person(county_id=coop.county_id), make_member(organisation=coop)
    operations.add_member(person_id=person.pk, organisation_id=coop.id, role=Role.STAFF, by=owner, now=NOW)
    operations.add_member(person_id=person.pk, organisation_id=coop.id, role=Role.MANAGER, by=owner, now=NOW)
    operations.add_member(person_id=person.pk, organisation_id=coop.id, role=Role.MANAGER, by=owner, now=NOW)
    operations.remove_member(person_id=person.pk, organisation_id=coop.id, by=owner, now=NOW)
    assert trail(person) == [(1, "staff"), (2, "manager"), (3, "")]
    assert MembershipChange.objects.filter(person=person, by=owner, at=NOW).count() == 3
    assert trails.broken().figure == 0
    with pytest.raises(NotFound):
        operations.remove_member(person_id=person.pk, organisation_id=coop.id)


def test_an_address_saved_and_removed_leaves_two_entries(coop: OrganisationRef) -> None:
    person = make_person(county_id=coop.county_id)
    first = save_address(person)
    save_address(person)
    assert trails.broken().figure == 0
    operations.delete_address(by=person, address_id=first)
    digests = (
        AddressChange.objects.filter(address_id=first).order_by("number").values_list("digest", flat=True)
    )
    assert [bool(digest) for digest in digests] == [True, False]
    assert trails.broken().figure == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_membership SET role = 'staff'",
        "DELETE FROM accounts_membership",
        "UPDATE accounts_address SET line = recipient",
        "UPDATE accounts_address SET province = '北京市'",
        "DELETE FROM accounts_address",
    ],
)
def test_a_change_by_hand_is_found(statement: str, coop: OrganisationRef) -> None:
    save_address(make_member(organisation=coop))
    sql(statement)
    found = trails.broken()
    assert found.figure == 1
    assert "without its trail" in found.details[0]


def test_an_entry_written_or_copied_by_hand_is_not_ours(coop: OrganisationRef) -> None:
    make_member(organisation=coop)
    stranger = make_person(county_id=coop.county_id)
    Membership.objects.create(person=stranger, organisation_id=coop.id, role="owner")
    sql(
        "INSERT INTO accounts_membershipchange (person_id, organisation_id, number, role, at, seal)"
        f" SELECT {stranger.pk}, organisation_id, number, role, at, seal FROM accounts_membershipchange"
    )
    found = trails.broken()
    assert found.figure == 1
    assert "not ours" in found.details[0]


def test_a_role_that_has_ended_is_not_brought_back_with_its_old_entry(coop: OrganisationRef) -> None:
    person = make_member(organisation=coop)
    operations.remove_member(person_id=person.pk, organisation_id=coop.id)
    Membership.objects.create(person=person, organisation_id=coop.id, role="owner")
    copy = (
        "INSERT INTO accounts_membershipchange (person_id, organisation_id, number, role, at, seal)"
        " SELECT person_id, organisation_id, {number}, role, at, seal FROM accounts_membershipchange WHERE number = 1"
    )
    with pytest.raises(IntegrityError, match="membership_change_numbered_once"), transaction.atomic():
        sql(copy.format(number="number"))
    sql(copy.format(number="3"))
    assert "not ours" in trails.broken().details[0]


def test_the_trail_is_append_only(coop: OrganisationRef) -> None:
    make_member(organisation=coop)
    for statement in (
        "UPDATE accounts_membershipchange SET role = 'owner'",
        "DELETE FROM accounts_membershipchange",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sql(statement)


def test_nobody_becomes_all_powerful_afterwards(coop: OrganisationRef) -> None:
    make_person(county_id=coop.county_id)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Person.objects.update(is_superuser=True)


def test_roles_given_and_ended_in_the_admin_are_in_the_trail(coop: OrganisationRef, client: Client) -> None:
    boss = Person.objects.create_user(
        phone="13600000001", display_name="boss", county_id=coop.county_id, is_staff=True, is_superuser=True
    )
    person = make_person(county_id=coop.county_id)
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    form = {"person": person.pk, "organisation": coop.id, "role": "manager"}
    assert client.post("/admin/accounts/membership/add/", form).status_code == 302
    row = Membership.objects.get(person=person)
    page = f"/admin/accounts/membership/{row.pk}"
    assert client.post(f"{page}/change/", {"role": "owner"}).status_code == 302
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert trail(person) == [(1, "manager"), (2, "owner"), (3, "")]
    assert MembershipChange.objects.filter(person=person, by=boss).count() == 3
    assert trails.broken().figure == 0


def test_people_are_not_deleted_in_the_admin_and_roles_are(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = Person(is_staff=True, is_superuser=True, is_active=True)
    assert not admin.site.get_model_admin(Person).has_delete_permission(request)
    assert admin.site.get_model_admin(Membership).has_delete_permission(request)
