"""Payouts go to the bank in batches, and what the bank returns is in the wallet again, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.desk import queries as desk
from fieldcast.inbox.models import Message
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.tables import BrokenQuotes, EmptyTable, FileTooLarge, NotPlainText
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations, queries
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks.accounts import account_of, name_account
from fieldcast.settlement.banks.operations import send, send_payouts
from fieldcast.settlement.banks.problems import (
    AccountRefused,
    BadAccount,
    NotAResult,
    NothingToSend,
    OtherBatch,
    ResultDiffers,
)
from fieldcast.settlement.banks.results import take_results
from fieldcast.settlement.banks.types import BatchView, Way
from fieldcast.settlement.banks.ways.file import Encoding, read, written
from fieldcast.settlement.checks import payout_over_paid_in_fen
from fieldcast.settlement.models import BankAccount, Payout, PayoutResult, Statement
from fieldcast.supervision.books import invariants
from tests.factories.accounts import make_member
from tests.factories.cover import make_officer
from tests.factories.trade import Sale, later, make_order, make_sale

AFTER = later(3600)
DAY = timedelta(days=1)
OPEN, CLOSED = "6228480012345678", "6228480012340000"


@pytest.fixture
def paid() -> tuple[Sale, Person]:
    """A sale that is settled and paid out, and the officer who carries money to the bank."""
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    operations.settle_due(now=AFTER)
    return sale, make_officer(sale.stall.county_id)


def account(sale: Sale, number: str = OPEN, *, holder: str = "黑石桃合作社") -> None:
    name_account(
        by=sale.stall.chief,
        organisation_id=sale.stall.cooperative.id,
        holder=holder,
        bank="农村信用社",
        number=number,
        now=AFTER,
    )


def answer(
    batch: BatchView, *, state: str = "退回", fen: int | None = None, reason: str = "账户已销户"
) -> bytes:
    """The bank's file about every payout of a batch."""
    lines = ["批次回单,,,", "客户流水号,金额,处理结果,失败原因"]
    for one in batches.instructions(batch_id=batch.id):
        lines.append(f"{one.reference},{(fen or one.amount_fen) / 100:.2f},{state},{reason}")
    return "\r\n".join(lines).encode("gbk")


def all_is_well() -> None:
    assert ledger.imbalance().ok
    assert payout_over_paid_in_fen() == 0
    assert invariants(now=AFTER + DAY).details == ()


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_payout_the_bank_returned_does_not_read_as_paid_out(paid: tuple[Sale, Person]) -> None:
    """spree PR#14622: the bank returned a payout, and the statement still read as settled."""
    sale, officer = paid
    party = sale.stall.cooperative.party
    statement = Statement.objects.get(party=party, role="cooperative")
    before_fen = queries.paid_out_to(organisation_id=sale.stall.cooperative.id)
    with pytest.raises(NothingToSend):
        batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    account(sale)
    batch = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    with pytest.raises(NothingToSend):
        batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    said = read(answer(batch))
    taken = take_results(by=officer, batch_id=batch.id, said=said, now=AFTER + DAY)
    assert (taken.returned, taken.known) == (batch.payouts, 0)
    assert ledger.balance(party=party, purpose="wallet").balance_fen == batch.total_fen
    view = queries.statement(statement_id=statement.pk)
    assert (view.paid_out_fen, view.summary.paid_at) == (0, None)
    assert queries.paid_out_to(organisation_id=sale.stall.cooperative.id) == before_fen - batch.total_fen == 0
    assert Message.objects.filter(kind="payout_returned", to=sale.stall.chief).count() == batch.payouts
    assert [one.kind for one in desk.waiting_for(person_id=sale.stall.chief.pk)].count("payout_returned") == 1
    all_is_well()

    # the same file again changes nothing; one that says that it arrived after all is refused
    again = take_results(by=officer, batch_id=batch.id, said=said, now=AFTER + DAY)
    assert (again.returned, again.known) == (0, batch.payouts)
    assert ledger.balance(party=party, purpose="wallet").balance_fen == batch.total_fen
    with pytest.raises(ResultDiffers):
        take_results(by=officer, batch_id=batch.id, said=read(answer(batch, state="成功")), now=AFTER + DAY)

    # the closed account cannot be named again; another one gets the money, once
    with pytest.raises(AccountRefused):
        account(sale)
    account(sale, "6217001234567890123")
    assert ledger.balance(party=party, purpose="wallet").balance_fen == 0
    assert queries.paid_out_to(organisation_id=sale.stall.cooperative.id) == before_fen
    assert queries.statement(statement_id=statement.pk).paid_out_fen == statement.total_fen
    assert "payout_returned" not in [one.kind for one in desk.waiting_for(person_id=sale.stall.chief.pk)]
    all_is_well()
    second = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER + DAY)
    assert second.total_fen == batch.total_fen
    taken = take_results(
        by=officer, batch_id=second.id, said=read(answer(second, state="成功")), now=AFTER + DAY
    )
    assert taken.confirmed == batch.payouts
    all_is_well()


@pytest.mark.thorough
@pytest.mark.django_db
def test_the_sandbox_refuses_a_closed_account_and_confirms_others(
    paid: tuple[Sale, Person], settings: Any
) -> None:
    settings.SANDBOX = True
    sale, officer = paid
    account(sale, CLOSED)
    batch = send_payouts(by=officer, county_id=sale.stall.county_id, way=Way.SANDBOX, now=AFTER)
    assert (batch.returned, batch.confirmed, batch.waiting) == (batch.payouts, 0, 0)
    assert PayoutResult.objects.filter(state="returned", reason="账户已销户").count() == batch.payouts
    assert send(by=officer, batch_id=batch.id, now=AFTER).known == batch.payouts  # asked again after a kill
    named = account_of(organisation_id=sale.stall.cooperative.id)
    assert named is not None
    assert (named.number_end, named.refused) == ("0000", True)
    account(sale, OPEN)
    batch = send_payouts(by=officer, county_id=sale.stall.county_id, way=Way.SANDBOX, now=AFTER)
    assert (batch.returned, batch.confirmed) == (0, batch.payouts)
    all_is_well()


@pytest.mark.thorough
@pytest.mark.django_db
def test_what_a_file_says_of_another_batch_or_sum_changes_nothing(paid: tuple[Sale, Person]) -> None:
    sale, officer = paid
    account(sale)
    batch = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    make_order(sale, until="closed")
    operations.settle_due(now=AFTER + DAY)
    other = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER + DAY)
    refused: list[tuple[bytes, type[Problem]]] = [
        (answer(other), OtherBatch),
        (answer(batch, fen=1), ResultDiffers),
        (answer(batch, state="处理中"), ResultDiffers),
        (answer(batch) + "\r\n合计,0.01,,".encode("gbk"), ResultDiffers),
        (answer(batch) + b"\r\n" + answer(batch, state="成功").split(b"\r\n", 2)[2], ResultDiffers),
        (b"a,b\r\n1,2", NotAResult),
        (b"", EmptyTable),
        (b"PK\x03\x04 a workbook", NotPlainText),
        ('客户流水号,金额,处理结果\r\n"x,1'.encode(), BrokenQuotes),
        (b"x" * (4 * 1024 * 1024 + 1), FileTooLarge),
    ]
    for data, problem in refused:
        with pytest.raises(problem):
            take_results(by=officer, batch_id=batch.id, said=read(data), now=AFTER)
    with pytest.raises(NotFound):
        take_results(by=sale.stall.chief, batch_id=batch.id, said=(), now=AFTER)
    assert not PayoutResult.objects.exists()
    assert set(Payout.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.thorough
@pytest.mark.django_db
def test_the_file_for_the_bank_runs_nothing_and_ends_with_its_sum(paid: tuple[Sale, Person]) -> None:
    sale, officer = paid
    account(sale, holder="=HYPERLINK(合作社)")
    batch = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    orders = batches.instructions(batch_id=batch.id)
    for encoding, mark in ((Encoding.UTF8, b"\xef\xbb\xbf"), (Encoding.GBK, b"")):
        data = written(orders, encoding=encoding)
        assert data.startswith(mark)
        lines = data.decode(encoding.value).splitlines()
        assert f"{orders[0].reference},'=HYPERLINK(合作社),{OPEN},农村信用社" in lines[1]
        assert lines[-1].startswith(f"合计,{batch.payouts},,,{batch.total_fen / 100:.2f}")
    stored = BankAccount.objects.extra(select={"raw": "number"}).get()
    assert OPEN not in str(stored.raw)


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("number", ["1234", "62284800x2345678", "６２２８", "٦٢٢٨٤٨٠٠١٢٣٤٥٦٧٨", "1" * 31, ""])
def test_what_is_no_account_is_refused(paid: tuple[Sale, Person], number: str) -> None:
    sale, _officer = paid
    with pytest.raises(BadAccount):
        account(sale, number)


@pytest.mark.thorough
@pytest.mark.django_db
def test_those_without_an_account_keep_nobody_out_of_the_batch(paid: tuple[Sale, Person]) -> None:
    """Households that have named none for years must not fill the batch before those who have."""
    sale, officer = paid
    newest = Payout.objects.order_by("id").last()
    assert newest is not None
    assert Payout.objects.filter(id__lt=newest.pk).count() > 1
    organisation_id = int(newest.party.removeprefix("org:"))
    name_account(
        by=make_member(organisation=accounts.organisation(organisation_id=organisation_id), name="会计"),
        organisation_id=organisation_id,
        holder="快运",
        bank="农村信用社",
        number=OPEN,
        now=AFTER,
    )
    batch = batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER, limit=1)
    assert (batch.payouts, batch.total_fen) == (1, newest.amount_fen)


@pytest.mark.thorough
@pytest.mark.django_db
def test_an_account_written_into_the_table_by_hand_gets_nothing_and_is_found(
    paid: tuple[Sale, Person],
) -> None:
    sale, officer = paid
    account(sale)
    row = BankAccount.objects.get()
    row.pk, row.number, row.number_end = None, "6217009999999999", "9999"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()  # a copied seal
    row.seal = "0" * 64
    row.save()
    with pytest.raises(NothingToSend):
        batches.make_batch(by=officer, county_id=sale.stall.county_id, now=AFTER)
    assert any("bank account" in one for one in invariants(now=AFTER + DAY).details)


def test_every_sum_at_the_end_of_a_file_is_the_sum() -> None:
    head = "客户流水号,金额,处理结果\nB-1,1.00,成功\n"
    assert len(read((head + "合计,1.00,\n合计,1.00,\n").encode())) == 1
    with pytest.raises(ResultDiffers):
        read((head + "合计,5.00,\n合计,1.00,\n").encode())
