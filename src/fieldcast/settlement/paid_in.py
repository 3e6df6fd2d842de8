"""No payout of money that nobody paid in, recomputed from payments, refunds, draws, payouts and statements alone."""

from django.db.models import Sum

from fieldcast.agreements.cover import queries as covers
from fieldcast.settlement.models import Payout, Statement
from fieldcast.settlement.shares import PLATFORM
from fieldcast.trade import queries as sales


def payout_over_paid_in_fen() -> int:
    """Fen that left for banks, or stayed with the platform, beyond what came in: for each seller, and for all together.

    Came in: what buyers paid a seller less every refund asked for, and what was drawn for it from deposits and funds
    less what it paid back. Zero when all is well; above zero also for debts older than the funds, until they are paid.
    """
    came = sales.kept_fen_of_sellers()
    for cooperative, fen in covers.drawn_by_cooperative().items():
        came[cooperative] = came.get(cooperative, 0) + fen
    went: dict[int, int] = {}
    for seller, fen in (*_payouts(), *_commissions()):
        went[seller] = went.get(seller, 0) + fen
    over = sum(max(0, fen - came.get(seller, 0)) for seller, fen in went.items())
    return max(over, sum(went.values()) - sum(came.values()), 0)


def _payouts() -> list[tuple[int, int]]:
    rows = Payout.objects.values_list("statement__session__cooperative_id")
    return list(rows.annotate(fen=Sum("amount_fen")).order_by())


def _commissions() -> list[tuple[int, int]]:
    rows = Statement.objects.filter(party=PLATFORM).values_list("session__cooperative_id")
    return list(rows.annotate(fen=Sum("total_fen")).order_by())
