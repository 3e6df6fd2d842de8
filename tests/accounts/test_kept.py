"""Who works where is read once for a request, and never kept past a change or past the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fieldcast.accounts import operations, queries
from fieldcast.accounts.access import allowed, has_role, works_for_authority
from fieldcast.accounts.kept import once_a_request
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, Standing
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.trade import make_sale, sale_with_paid
from tests.web.shared.desk import browser, make_officer

pytestmark = pytest.mark.django_db


@contextmanager
def reads(count: int) -> Iterator[None]:
    """Memberships are asked for so many times inside."""
    with CaptureQueriesContext(connection) as asked:
        yield
    found = [one["sql"] for one in asked if 'FROM "accounts_membership"' in one["sql"]]
    assert len(found) == count, found


def in_a_request(view: Callable[[], object]) -> None:
    """Let `view` answer a request."""

    def answer(_request: HttpRequest) -> HttpResponse:
        view()
        return HttpResponse()

    once_a_request(answer)(RequestFactory().get("/"))


@pytest.fixture
def organisation() -> OrganisationRef:
    return make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)


@pytest.fixture
def person(organisation: OrganisationRef) -> Person:
    return make_member(organisation=organisation)


def test_every_rule_of_a_request_asks_the_same_reading(person: Person, organisation: OrganisationRef) -> None:
    def ask() -> None:
        assert has_role(person, organisation.id, Role.OWNER)
        assert not has_role(person, organisation.id, Role.STAFF)
        assert not works_for_authority(person, organisation.county_id)
        assert allowed(person, "accounts.manage_organisation", organisation)
        assert [one.organisation for one in queries.memberships_of(person_id=person.pk)] == [organisation]

    with reads(1):
        in_a_request(ask)
    with reads(5):
        ask()


def test_each_person_is_read_by_themselves(person: Person, organisation: OrganisationRef) -> None:
    stranger = make_person(county_id=organisation.county_id)

    def ask() -> None:
        for _again in range(2):
            assert has_role(person, organisation.id)
            assert not has_role(stranger, organisation.id)

    with reads(2):
        in_a_request(ask)


def test_a_request_sees_the_role_it_gave_and_the_one_it_took(
    person: Person, organisation: OrganisationRef
) -> None:
    def change() -> None:
        assert has_role(person, organisation.id, Role.OWNER)
        operations.add_member(person_id=person.pk, organisation_id=organisation.id, role=Role.STAFF)
        assert not has_role(person, organisation.id, Role.OWNER)
        operations.remove_member(person_id=person.pk, organisation_id=organisation.id)
        assert not has_role(person, organisation.id)

    in_a_request(change)


def test_a_role_that_was_given_and_undone_is_not_kept(person: Person, organisation: OrganisationRef) -> None:
    other = make_organisation(county_id=organisation.county_id, kind=OrganisationKind.HOST)

    def change() -> None:
        with transaction.atomic():
            operations.add_member(person_id=person.pk, organisation_id=other.id, role=Role.OWNER)
            assert has_role(person, other.id)
            transaction.set_rollback(True)
        assert not has_role(person, other.id)

    in_a_request(change)


def test_a_request_sees_the_standing_it_set(person: Person, organisation: OrganisationRef) -> None:
    def change() -> None:
        (before,) = queries.memberships_of(person_id=person.pk)
        operations.set_standing(
            by=None, organisation_id=organisation.id, standing=Standing.SUSPENDED, reason="", now=NOW
        )
        (after,) = queries.memberships_of(person_id=person.pk)
        assert [one.organisation.standing for one in (before, after)] == [Standing.GOOD, Standing.SUSPENDED]

    in_a_request(change)


def test_the_next_request_reads_again(person: Person, organisation: OrganisationRef) -> None:
    def ask() -> None:
        queries.memberships_of(person_id=person.pk)

    with reads(2):
        in_a_request(ask)
        in_a_request(ask)
    page = browser(person)
    assert page.get("/coop/").status_code == 200
    operations.remove_member(person_id=person.pk, organisation_id=organisation.id)
    assert page.get("/coop/").status_code == 403


def test_a_request_that_fails_leaves_nothing_behind(person: Person) -> None:
    def fail() -> None:
        queries.memberships_of(person_id=person.pk)
        raise NotFound("nothing")

    with pytest.raises(NotFound):
        in_a_request(fail)
    with reads(2):
        queries.memberships_of(person_id=person.pk)
        queries.memberships_of(person_id=person.pk)


def test_a_request_that_is_answered_by_a_coroutine_keeps_them_too(person: Person) -> None:
    async def answer(_request: HttpRequest) -> HttpResponse:
        for _again in range(2):
            await sync_to_async(queries.memberships_of)(person_id=person.pk)
        return HttpResponse()

    view: Any = once_a_request(answer)
    with reads(1):
        async_to_sync(view)(RequestFactory().get("/"))


def test_the_page_of_an_order_asks_once_whoever_opens_it() -> None:
    sale, order = sale_with_paid()
    client = browser(sale.stall.chief)
    with reads(1):
        assert client.get(f"/coop/orders/{order.number}/").status_code == 200


def test_the_api_asks_once_too() -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    _token, secret = operations.issue_token(by=officer, name="t", now=timezone.now())
    client = Client(headers={"authorization": f"Bearer {secret}"})
    with reads(1):  # to whom it may be shown: none of its three parties, but the authority
        assert client.get(f"/api/v1/agreement-versions/{sale.stall.version.id}").status_code == 200
