"""No payout of money that nobody paid in, recomputed from payments, refunds, draws, payouts and statements alone."""

from django.db.models import BigIntegerField, Sum, Value
from django.db.models.functions import Coalesce

from fieldcast.agreements.cover import queries as cover
from fieldcast.settlement.dues.types import Cause
from fieldcast.settlement.models import Due, DuePart, Payout, Statement
from fieldcast.settlement.shares import PLATFORM, party_of
from fieldcast.settlement.types import PayoutState
from fieldcast.trade import queries as trade


def payout_over_paid_in_fen() -> int:
    """Fen that left for banks, or stayed with the platform, beyond what came in: for each seller, and for all together.

    Zero when all is well; above zero also for debts older than the funds, until they are paid.
    """
    return sum(fen for _name, fen in over_by_seller())


def over_by_seller() -> list[tuple[str, int]]:
    """The same, by the name of the seller in the book.

    Came in: what buyers paid a seller less every refund asked for, what was drawn for it from deposits and funds less
    what it paid back, and what funds put in for refunds after a settlement and for what was paid early. What is kept
    for those goes back to them.
    """
    came = trade.kept_fen_of_sellers()
    for cooperative, fen in cover.drawn_by_cooperative().items():
        came[cooperative] = came.get(cooperative, 0) + fen
    for seller, fen in _advanced():
        came[seller] = came.get(seller, 0) + fen
    went: dict[int, int] = {}
    for seller, fen in (*_payouts(), *_commissions(), *_back_to_funds()):
        went[seller] = went.get(seller, 0) + fen
    over = [(party_of(seller), fen - came.get(seller, 0)) for seller, fen in sorted(went.items())]
    found = [(name, fen) for name, fen in over if fen > 0]
    together = sum(went.values()) - sum(came.values())
    return found or ([("all sellers", together)] if together > 0 else [])


# whose sales a statement comes from, or a payout that came of dues
_SELLER = Coalesce("session__cooperative_id", "sheet__seller_id", output_field=BigIntegerField())


def _payouts() -> list[tuple[int, int]]:
    seller = Coalesce(
        "seller_id",
        "statement__session__cooperative_id",
        "statement__sheet__seller_id",
        Value(0),  # a row by hand that is nobody's sale is found, and breaks nothing
        output_field=BigIntegerField(),
    )
    rows = Payout.objects.exclude(state=PayoutState.RETURNED.value).annotate(of=seller).values_list("of")
    return list(rows.annotate(fen=Sum("amount_fen")).order_by())


def _commissions() -> list[tuple[int, int]]:
    rows = Statement.objects.filter(party=PLATFORM).annotate(of=_SELLER).values_list("of")
    return list(rows.annotate(fen=Sum("total_fen")).order_by())


def _advanced() -> list[tuple[int, int]]:
    rows = Due.objects.filter(cause__in=(Cause.REFUND.value, Cause.EARLY.value)).values_list("seller_id")
    return list(rows.annotate(fen=Sum("amount_fen")).order_by())


def _back_to_funds() -> list[tuple[int, int]]:
    rows = DuePart.objects.filter(due__creditor__startswith="fund:").values_list("seller_id")
    return list(rows.annotate(fen=Sum("amount_fen")).order_by())
