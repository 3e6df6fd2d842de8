"""Whoever has the platform's database password changes nothing that is not refused or found."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from fieldcast.config import privileges
from fieldcast.rehearsal.tamperings import TAMPERINGS, Tampering, TamperingResult, try_all
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.books import GROUPS

# a house of its own: what is tampered with is looked for in every table, a hundred and more times
pytestmark = [pytest.mark.django_db, pytest.mark.scene("bare"), pytest.mark.thorough]
BY_NAME = {one.name: one for one in TAMPERINGS}
CHANGED_BY_A_USER_WHO_OWNS = ("drop trigger", "session_replication_role=replica then edit")


@pytest.fixture
def check(now: datetime) -> Callable[[], tuple[str, ...]]:
    return lambda: supervision.invariants(now=now).details


@pytest.fixture(scope="module")
def result(now: datetime, role: str) -> TamperingResult:
    return try_all(check=lambda: supervision.invariants(now=now).details, role=role)


def sql(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def test_every_tampering_is_refused_or_found(result: TamperingResult) -> None:
    assert result.unseen == ()
    assert result.tried == len(TAMPERINGS) == result.refused + result.found
    assert result.tried >= 120
    assert result.ok


def test_a_sale_with_something_in_every_state_keeps_every_rule(now: datetime) -> None:
    found = supervision.invariants(now=now)
    assert found.details == ()
    assert found.ok
    assert found.guards_can_be_switched_off  # the tests' user owns the tables


@pytest.mark.parametrize("name", CHANGED_BY_A_USER_WHO_OWNS)
def test_who_does_not_own_the_tables_cannot_switch_a_guard_off(
    name: str, role: str, check: Callable[[], tuple[str, ...]]
) -> None:
    found = try_all(check=check, role=role, tamperings=[BY_NAME[name]])
    assert (found.refused, found.found) == (1, 0)


@pytest.mark.parametrize("name", CHANGED_BY_A_USER_WHO_OWNS)
def test_who_owns_them_can_and_is_found(name: str, check: Callable[[], tuple[str, ...]]) -> None:
    found = try_all(check=check, tamperings=[BY_NAME[name]])
    assert (found.refused, found.found) == (0, 1)


def test_the_harness_tells_what_is_neither_refused_nor_found(role: str, now: datetime) -> None:
    """The control: with its guard dropped, its privilege given and no check, a tampering is unseen."""
    sql("DROP TRIGGER trace_lotevent_immutable ON trace_lotevent")
    sql(f"GRANT UPDATE ON trace_lotevent TO {role}")
    found = try_all(check=lambda: (), role=role, tamperings=[BY_NAME["lot event updated"]])
    assert found == TamperingResult(tried=1, refused=0, found=0, unseen=("lot event updated",))
    assert not found.ok


def test_the_harness_tells_that_there_was_nothing_to_tamper_with(role: str, now: datetime) -> None:
    nobody = Tampering("nobody's order", "update trade_order set expires_at = now() where id = 0")
    found = try_all(check=lambda: (), role=role, tamperings=[nobody])
    assert found.unseen == ("nobody's order (nothing there to tamper with)",)


def test_the_harness_begins_with_books_that_hold(role: str, now: datetime) -> None:
    with pytest.raises(ValueError, match="do not hold"):
        try_all(check=lambda: ("something",), role=role)


CHANGES = {
    "orders_wrong": "UPDATE trade_order SET state = 'closed', closed_at = received_at WHERE state = 'received'",
    "refunds_fen": "UPDATE trade_orderline SET refunded_fen = 7 WHERE refunded_fen = 0",
    "holds_wrong": "UPDATE ledger_hold SET released_at = now() WHERE released_at IS NULL",
    "unbacked_fen": "UPDATE ledger_transfer SET client_id = client_id || 'x' WHERE kind = 'payment'",
    "escrow_fen": "UPDATE ledger_account SET balance_fen = balance_fen + 5 WHERE purpose = 'escrow'",
    "payouts_fen": "UPDATE settlement_payout SET amount_fen = amount_fen * 10",
    "payout_over_paid_in_fen": "UPDATE settlement_payout SET amount_fen = amount_fen * 10",
    "trails_broken": "UPDATE accounts_membershipchange SET role = 'owner' WHERE role <> 'owner'",
}


@pytest.mark.parametrize("figure", CHANGES)
def test_each_check_sees_what_it_is_there_for_with_every_guard_asleep(figure: str, now: datetime) -> None:
    sql("SET LOCAL session_replication_role = replica")
    assert sql(CHANGES[figure]) > 0
    sql("SET LOCAL session_replication_role = origin")
    found = supervision.invariants(now=now)
    assert getattr(found, figure) > 0
    assert not found.ok
    assert found.details


def test_every_group_of_checks_is_a_figure_of_the_answer(now: datetime) -> None:
    found = supervision.invariants(now=now)
    assert {name: getattr(found, name) for name in GROUPS} == dict.fromkeys(GROUPS, 0)


def test_what_is_append_only_may_not_be_changed_by_the_platforms_user(role: str, now: datetime) -> None:
    wanted = privileges.wanted_privileges()
    for table in ("ledger_posting", "trace_lotevent", "settlement_statement", "accounts_membershipchange"):
        assert wanted[table] == {"SELECT", "INSERT"}
    assert wanted["ledger_account"] == {"SELECT", "INSERT", "UPDATE (county_id)"}
    assert not any("TRUNCATE" in may for may in wanted.values())


def test_laying_down_privileges_again_changes_nothing_and_mends_what_was_given(
    role: str, now: datetime
) -> None:
    assert privileges.lay(role=role) == ()
    sql(f"GRANT DELETE ON trade_order TO {role}")
    sql("GRANT UPDATE ON ledger_posting TO PUBLIC")
    assert set(privileges.lay(role=role)) == {"trade_order", "ledger_posting"}
    assert privileges.lay(role=role) == ()


def test_what_may_be_deleted_is_there(now: datetime) -> None:
    assert set(privileges.DELETABLE) <= set(privileges.wanted_privileges())


def test_the_administrators_pages_offer_to_delete_only_what_the_platform_may_delete(now: datetime) -> None:
    from django.contrib import admin
    from django.test import RequestFactory

    from fieldcast.accounts.models import Person

    request = RequestFactory().get("/admin/")
    request.user = Person(is_superuser=True, is_staff=True, is_active=True)
    offered = {
        model._meta.db_table
        for model, page in admin.site._registry.items()
        if page.has_delete_permission(request)
    }
    assert offered <= set(privileges.DELETABLE)


def test_the_platforms_user_places_no_table_of_its_own_in_the_way(role: str, now: datetime) -> None:
    sql(f"SET LOCAL ROLE {role}")
    with pytest.raises(DatabaseError, match="permission denied for schema public"), transaction.atomic():
        sql("CREATE TABLE public.mine (id int)")
