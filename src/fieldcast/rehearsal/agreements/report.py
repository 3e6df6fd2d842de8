"""What the books say of the play, with the same keys as any rehearsal, and what is the agreements' own."""

from collections.abc import Sequence
from typing import Any

from fieldcast.kit.money import yuan
from fieldcast.rehearsal.agreements.play import Played
from fieldcast.rehearsal.agreements.terms import MODELS
from fieldcast.rehearsal.report import percentile
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.types import Invariants, SessionBooks


def make_report(
    played: Played, *, buyers: int, packs: int, seed: int, rules: Invariants, seconds: float
) -> dict[str, Any]:
    """The figures and the verdict; `failures` says in words what did not hold."""
    books = [supervision.session_books(session_id=session_id) for session_id in played.sessions]
    figures = _figures(books)
    failures = [*_failures(books, played), *rules.details]
    return {
        "ok": rules.ok and not failures,
        "buyers": buyers,
        "units": packs,
        "seed": seed,
        **figures,
        "oversold": rules.oversold,
        "ledger_imbalance_fen": rules.ledger_imbalance_fen,
        "lot_imbalance_units": rules.lot_imbalance_units,
        "broken_histories": rules.broken_histories,
        "unexplained_fen": rules.unexplained_fen,
        "forged_notices_refused": played.forged_refused,
        "strangers_refused": played.strangers_refused,
        "p50_ms": round(percentile(played.times_ms, 50), 1),
        "p95_ms": round(percentile(played.times_ms, 95), 1),
        "orders_per_s": round(1000 * len(played.times_ms) / max(1.0, sum(played.times_ms)), 1),
        "models": list(MODELS),
        "claims": played.claims,
        "refunds_after_payout": played.refunds_after_payout,
        "penalties": played.penalties,
        "kills": played.kills,
        "period_sheets": played.period_sheets,
        "seconds": round(seconds, 1),
        "failures": failures,
    }


def _figures(books: Sequence[SessionBooks]) -> dict[str, Any]:
    sales, payments = [one.sales for one in books], [one.payments for one in books]
    settled = [one.settlement for one in books]
    return {
        "sold": sum(one.paid.packs for one in sales),
        "orders_placed": sum(one.placed.orders for one in sales),
        "orders_paid": sum(one.paid for one in payments),
        "orders_rejected": 0,
        "rejected_because": {},
        "orders_repeated": 0,
        "payments_notified_twice": sum(one.notified_twice for one in payments),
        "payments_stale": sum(one.stale for one in payments),
        "payments_returned": sum(one.returned for one in payments),
        "reservations_expired": sum(one.expired for one in sales),
        "orders_cancelled": sum(one.cancelled for one in sales),
        "refunds": sum(one.refunds for one in payments),
        "refunded_fen": sum(one.refunded_fen for one in sales),
        "statements": sum(one.statements for one in settled),
        "settled_fen": sum(one.settled_fen for one in settled),
        "payout_fen": sum(one.payout_fen for one in settled),
    }


def _failures(books: Sequence[SessionBooks], played: Played) -> list[str]:
    kept_fen = sum(one.sales.paid.amount_fen - one.sales.refunded_fen for one in books)
    checks = {
        "every sold order was settled": all(
            one.settlement.settled_lines == one.sales.paid.orders for one in books
        ),
        "statements sum to what buyers paid and kept": sum(one.settlement.statements_fen for one in books)
        == kept_fen,
        "no reservation left hanging": not any(one.payments.held for one in books),
        "every refund reached its buyer": not any(one.payments.refunds_open for one in books),
        "forged notices and strangers were refused": min(played.forged_refused, played.strangers_refused) > 0,
        "both months have their sheet": played.period_sheets == 2,
        "a settlement was killed while it ran": played.kills > 0,
        "there was a claim, a refund after payout and a penalty": min(
            played.claims, played.refunds_after_payout, played.penalties
        )
        > 0,
    }
    return [f"did not hold: {words}" for words, held in checks.items() if not held]


def in_words(report: dict[str, Any]) -> str:
    """The report for a person to read."""
    lines = [
        f"Two months under {len(report['models'])} models at once, {report['buyers']} buyers "
        f"(seed {report['seed']}, {report['seconds']} s).",
        "",
        f"  sold                     {report['sold']} packs in {report['orders_paid']} orders",
        f"  settled                  ¥{yuan(report['settled_fen'])} in {report['statements']} statements and "
        f"{report['period_sheets']} period sheets, ¥{yuan(report['payout_fen'])} paid out",
        f"  claims                   {report['claims']}, refunds {report['refunds']}, "
        f"{report['refunds_after_payout']} of them after the payout",
        f"  penalties                {report['penalties']}; settlement runs killed {report['kills']}",
        f"  money out of place       {report['ledger_imbalance_fen']} fen, unexplained {report['unexplained_fen']} fen",
        "",
        "Every rule held." if report["ok"] else "The rehearsal FAILED:",
        *(f"  - {failure}" for failure in report["failures"]),
    ]
    return "\n".join(lines)
