"""What a rehearsal found: figures from the platform's books, times from the buyers, and the verdict."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fieldcast.kit.money import yuan
from fieldcast.rehearsal.buyers import Tally


@dataclass(frozen=True)
class Report:
    """The verdict and its figures. Money in fen, times in ms; `failures` says in words what did not hold."""

    ok: bool
    buyers: int
    packs: int
    seed: int
    sold: int
    oversold: int
    orders_placed: int
    orders_paid: int
    orders_rejected: int
    rejected_because: Mapping[str, int]
    orders_repeated: int
    payments_notified_twice: int
    payments_stale: int
    payments_returned: int
    reservations_expired: int
    orders_cancelled: int
    refunds: int
    refunded_fen: int
    ledger_imbalance_fen: int
    lot_imbalance_units: int
    broken_histories: int
    statements: int
    settled_fen: int
    payout_fen: int
    unexplained_fen: int
    forged_notices_refused: int
    strangers_refused: int
    p50_ms: float
    p95_ms: float
    orders_per_s: float
    seconds: float
    failures: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values. Programs read the packs there were as `units`: JSON keys are a contract."""
        return {"units" if name == "packs" else name: value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Found:
    """What the platform's own books say after the sale."""

    books: Mapping[str, Any]
    invariants: Mapping[str, Any]


def make_report(
    *,
    found: Found,
    tally: Tally,
    buyers: int,
    packs: int,
    seed: int,
    forged: int,
    strangers: int,
    seconds: float,
) -> Report:
    """Put the figures together and judge them."""
    sales, payments = found.books["sales"], found.books["payments"]
    settlement, rules = found.books["settlement"], found.invariants
    sold = sales["paid"]["packs"]
    failures = _failures(found, tally, buyers=buyers, packs=packs, forged=forged)
    return Report(
        ok=not failures,
        buyers=buyers,
        packs=packs,
        seed=seed,
        sold=sold,
        oversold=max(rules["oversold"], sold - packs, 0),
        orders_placed=sales["placed"]["orders"],
        orders_paid=payments["paid"],
        orders_rejected=sum(tally.rejected.values()),
        rejected_because=dict(sorted(tally.rejected.items())),
        orders_repeated=tally.repeated,
        payments_notified_twice=payments["notified_twice"],
        payments_stale=payments["stale"],
        payments_returned=payments["returned"],
        reservations_expired=sales["expired"],
        orders_cancelled=sales["cancelled"],
        refunds=payments["refunds"],
        refunded_fen=sales["refunded_fen"],
        ledger_imbalance_fen=rules["ledger_imbalance_fen"],
        lot_imbalance_units=rules["lot_imbalance_units"],
        broken_histories=rules["broken_histories"],
        statements=settlement["statements"],
        settled_fen=settlement["settled_fen"],
        payout_fen=settlement["payout_fen"],
        unexplained_fen=rules["unexplained_fen"],
        forged_notices_refused=forged,
        strangers_refused=strangers,
        p50_ms=round(percentile(tally.times_ms, 50), 1),
        p95_ms=round(percentile(tally.times_ms, 95), 1),
        orders_per_s=round(tally.orders_per_s(packs), 1),
        seconds=round(seconds, 1),
        failures=tuple(failures),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile; 0.0 of nothing."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def _failures(found: Found, tally: Tally, *, buyers: int, packs: int, forged: int) -> list[str]:
    sales, payments = found.books["sales"], found.books["payments"]
    settlement, rules = found.books["settlement"], found.invariants
    sold = sales["paid"]["packs"]
    kept_fen = sales["paid"]["amount_fen"] - sales["refunded_fen"]
    checks = {
        "the rules of the house": rules["ok"] is True and not rules["details"],
        f"no more than {packs} packs sold, not {sold}": sold <= packs,
        f"everything that could be sold was: {min(buyers, packs)} packs, not {sold}": sold
        >= min(buyers, packs),
        "no reservation left hanging": payments["held"] == 0,
        "every refund reached its buyer": payments["refunds_open"] == 0,
        "every sold order was settled": settlement["settled_lines"] == sales["paid"]["orders"],
        "statements sum to what buyers paid and kept": settlement["statements_fen"]
        == settlement["settled_fen"]
        == kept_fen,
        "a forged notice was refused": forged > 0,
    }
    found_wrong = [f"did not hold: {words}" for words, held in checks.items() if not held]
    return [*found_wrong, *rules["details"], *tally.unexpected[:20]]


def in_words(report: Report) -> str:
    """The report for a person to read."""
    rejected = ", ".join(f"{code} {count}" for code, count in report.rejected_because.items()) or "none"
    lines = [
        f"{report.buyers} buyers raced for {report.packs} packs (seed {report.seed}, {report.seconds} s).",
        "",
        f"  sold                     {report.sold} of {report.packs} packs, oversold {report.oversold}",
        f"  orders                   {report.orders_placed} placed, {report.orders_paid} paid, "
        f"{report.reservations_expired} expired, {report.orders_cancelled} cancelled",
        f"  refused                  {report.orders_rejected} ({rejected}); {report.orders_repeated} repeated",
        f"  payments                 {report.payments_notified_twice} notified twice, {report.payments_stale} too late "
        f"to matter, {report.payments_returned} returned; {report.forged_notices_refused} forged notices refused",
        f"  refunds                  {report.refunds}, ¥{yuan(report.refunded_fen)} of it after sale",
        f"  settled                  ¥{yuan(report.settled_fen)} in {report.statements} statements, "
        f"¥{yuan(report.payout_fen)} paid out",
        f"  stock out of place       {report.lot_imbalance_units} units",
        f"  money out of place       {report.ledger_imbalance_fen} fen, unexplained {report.unexplained_fen} fen",
        f"  histories broken         {report.broken_histories}",
        f"  placing an order         p50 {report.p50_ms} ms, p95 {report.p95_ms} ms, "
        f"{report.orders_per_s} orders/s in the rush",
        "",
        "Every rule held." if report.ok else "The rehearsal FAILED:",
        *(f"  - {failure}" for failure in report.failures),
    ]
    return "\n".join(lines)
