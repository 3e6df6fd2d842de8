"""What is asked where money goes back after a settlement."""

from collections.abc import Callable, Mapping
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from fieldcast.accounts import queries as accounts
from fieldcast.settlement import seals
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks.accounts import name_account
from fieldcast.settlement.banks.types import BatchView
from fieldcast.settlement.models import BankAccount, Payout
from fieldcast.trade.models import OrderLine
from tests.factories.accounts import NOW
from tests.factories.cover import make_fund
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _gives_back(s: Scene, _role: str) -> Ask:
    settled = OrderLine.objects.select_related("order").filter(settled_at__isnull=False)
    line = settled.filter(order__county_id=s.stall.county_id).order_by("id")[0]
    send = {"line": line.pk, "amount": "1", "why": "到货后又坏了", "borne_by": ""}

    def filled() -> None:
        make_fund(s.stall, cash_fen=100_000, limit_fen=0, by=s.person("officer"), name="先行赔付")

    return Ask({"number": line.order.number}, send, before=filled)


def _account(s: Scene, _role: str) -> Ask:
    send = {"holder": "黑石桃合作社", "bank": "农村信用社", "number": "6217001234567890"}
    return Ask({"organisation_id": s.stall.cooperative.id}, send)


def _sends(s: Scene, role: str) -> Ask:
    """Something to send in the county of whoever asks."""
    by = s.people[role]
    county_id = (by and by.county_id) or s.stall.county_id

    def filled() -> None:
        authority = accounts.authority(county_id=county_id)
        assert authority is not None
        _named(authority.id, by_id=s.person("chief").pk)
        _payout(county_id, authority.id)

    return Ask(send={"way": "file"}, before=filled)


def _answers(s: Scene, _role: str) -> Ask:
    """A batch of what the scene's sale paid out."""
    found = batches.batches(county_id=s.stall.county_id)
    batch = found[0] if found else _batch(s)
    (one, *_others) = batches.instructions(batch_id=batch.id)
    answer = f"客户流水号,金额,状态\n{one.reference},{one.amount_fen / 100:.2f},成功".encode()
    return Ask({"batch_id": batch.id}, {"file": SimpleUploadedFile("answer.csv", answer)})


def _batch(s: Scene) -> BatchView:
    name_account(
        by=s.person("chief"),
        organisation_id=s.stall.cooperative.id,
        holder="黑石桃合作社",
        bank="农村信用社",
        number="6228480012345678",
        now=NOW,
    )
    return batches.make_batch(by=s.person("officer"), county_id=s.stall.county_id, now=NOW)


def _named(organisation_id: int, *, by_id: int) -> BankAccount:
    row = BankAccount(
        organisation_id=organisation_id,
        holder="黑石桃合作社",
        bank="农村信用社",
        number="6228480012345678",
        number_end="5678",
        by_id=by_id,
        at=NOW,
    )
    row.seal = seals.of_account(row)
    row.save()
    return row


def _payout(county_id: int, organisation_id: int) -> Payout:
    return Payout.objects.create(
        county_id=county_id,
        seller_id=organisation_id,
        party=f"org:{organisation_id}",
        amount_fen=100,
        transfer_client_id=f"payout:{county_id}",
        state="sent",
        sent_at=NOW,
    )


SETTLED_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "GET /county/orders/<str:number>/settled-refund/": _gives_back,
    "POST /county/orders/<str:number>/settled-refund/": _gives_back,
    "GET /me/account/<int:organisation_id>/": _account,
    "POST /me/account/<int:organisation_id>/": _account,
    "POST /county/settlement/payouts/send/": _sends,
    "GET /county/settlement/payouts/<int:batch_id>/": _answers,
    "POST /county/settlement/payouts/<int:batch_id>/": _answers,
    "GET /county/settlement/payouts/<int:batch_id>/file/": _answers,
}
