"""The command prints for people or for programs, says by its status whether the file is in, and asks who imports."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from rich.console import Console

from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.commands import _import_orders as command
from fieldcast.outside.models import OutsideOrder
from tests.factories import accounts
from tests.outside.files import NOW, export
from tests.outside.test_import import Shop

pytestmark = pytest.mark.django_db


class Terminal:
    """Runs the command and keeps what it printed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "订单.csv"

    def __call__(self, data: bytes | None = None, kind: str = "tmall", **options: Any) -> int:
        if data is not None:
            self.path.write_bytes(data)
        out, err = io.StringIO(), io.StringIO()
        chosen: dict[str, Any] = {
            "path": self.path, "format_code": kind, "maps": [], "dry_run": False, "as_json": False, "phone": None,
            "organisation_code": None, "now": NOW, **options,
        }  # fmt: skip
        status = command.run(
            console=Console(file=out, width=200), errors=Console(file=err, width=200), **chosen
        )
        self.out, self.err = out.getvalue(), err.getvalue()
        return status


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_good_file_ends_with_a_table_and_status_zero(terminal: Terminal, shop: Shop) -> None:
    with translation.override("zh-hans"):
        assert terminal(export("tmall")) == 0
    assert "订单已经导入" in terminal.out
    assert "¥178.80" in terminal.out
    assert OutsideOrder.objects.get().county_id == shop.county_id


def test_bad_rows_end_with_a_table_of_reasons_and_status_one(terminal: Terminal, shop: Shop) -> None:
    data = export("tmall", {}, {"订单编号": "2", "总金额": "[red]x[/red]"})
    with translation.override("en"):
        assert terminal(data) == 1
    assert "1 of 2 rows cannot be read" in terminal.err
    assert "[red]x[/red]" in terminal.err
    assert terminal.out == ""
    assert not OutsideOrder.objects.exists()


def test_json_is_one_object_with_the_counts(terminal: Terminal, shop: Shop) -> None:
    assert terminal(export("tmall", {}, {}), as_json=True) == 0
    report = json.loads(terminal.out)
    assert report["ok"] is True
    assert (report["rows"], report["inserted"], report["unchanged"]) == (2, 1, 1)
    assert (report["amount_fen"], report["paid_fen"], report["refund_fen"], report["kept_fen"]) == (
        17880, 17880, 7880, 10000,
    )  # fmt: skip
    assert report["first_created_at"] == "2026-09-01T08:00:00+08:00"
    assert terminal.err == ""


def test_json_of_a_refusal_names_every_bad_row(terminal: Terminal, shop: Shop) -> None:
    assert terminal(export("tmall", {"总金额": "x"}), as_json=True) == 1
    refusal = json.loads(terminal.out)
    assert (refusal["ok"], refusal["code"]) == (False, "bad_rows")
    (bad,) = refusal["facts"]["bad"]
    assert (bad["line"], bad["column"], bad["value"]) == (2, "总金额", "x")


def test_a_map_and_a_trial_are_passed_on(terminal: Terminal, shop: Shop) -> None:
    data = export("generic").replace("订单号".encode(), "单号".encode())
    assert terminal(data, "generic") == 1
    assert "--map number=单号" in terminal.err
    assert terminal(None, "generic", maps=["number=单号"], dry_run=True) == 0
    assert not OutsideOrder.objects.exists()
    assert terminal(None, "generic", maps=["单号=number"]) == 0
    assert OutsideOrder.objects.exists()


def test_no_file_is_a_sentence(terminal: Terminal, shop: Shop) -> None:
    assert terminal() == 1
    assert "订单.csv" in terminal.err
    assert terminal(path=Path("a\0b")) == 1
    assert terminal(path=terminal.path.parent) == 1


def test_no_county_is_a_sentence(terminal: Terminal) -> None:
    assert terminal(export("tmall")) == 1
    assert "fieldcast demo" in terminal.err


def test_a_manager_imports_for_the_only_organisation_they_manage(shop: Shop) -> None:
    seller = command.find_seller(phone=shop.manager.phone, organisation_code=None)
    assert (seller.county_id, seller.organisation_id) == (shop.county_id, shop.organisation.id)
    assert seller.by == shop.manager


def test_a_manager_of_two_says_which(shop: Shop, terminal: Terminal) -> None:
    second = Shop(shop.county_id).organisation
    from fieldcast.accounts import operations as accounts_operations

    accounts_operations.add_member(person_id=shop.manager.pk, organisation_id=second.id, role=Role.MANAGER)
    assert terminal(export("tmall"), phone=shop.manager.phone) == 1
    assert second.code in terminal.err
    assert terminal(export("tmall"), phone=shop.manager.phone, organisation_code=second.code) == 0
    assert OutsideOrder.objects.get().organisation_id == second.id


def test_who_manages_nothing_imports_nothing(shop: Shop, terminal: Terminal) -> None:
    packer = accounts.make_member(organisation=shop.organisation, role=Role.STAFF)
    stranger = accounts.make_person(county_id=shop.county_id)
    for person in (packer, stranger):
        assert terminal(export("tmall"), phone=person.phone) == 1
        assert terminal(export("tmall"), phone=person.phone, organisation_code=shop.organisation.code) == 1
    assert not OutsideOrder.objects.exists()


def test_the_authority_imports_for_the_county(shop: Shop) -> None:
    authority = accounts.make_organisation(
        county_id=shop.county_id, kind=OrganisationKind.AUTHORITY, name="农业农村局"
    )
    officer = accounts.make_member(organisation=authority)
    assert command.find_seller(phone=officer.phone, organisation_code=None).organisation_id is None


def test_an_organisation_is_named_by_its_code(shop: Shop, terminal: Terminal) -> None:
    assert command.find_seller(phone=None, organisation_code=shop.organisation.code).organisation_id == (
        shop.organisation.id
    )
    assert terminal(export("tmall"), organisation_code="nobody") == 1
    assert terminal(export("tmall"), phone="13900000000") == 1
