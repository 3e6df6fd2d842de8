"""What a provider does with money, played for practice: open, pay, fail, refund, and say where a payment
stands.

A reference means one payment of one amount for ever. Paying twice pays once; refunding under one number
refunds once; what is refunded never passes what was paid. Each change writes the notices it owes in the same
transaction.
"""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fieldcast.trade.providers.interface import Event, PaymentRequest, PaymentState, RefundState
from fieldcast.trade.providers.sandbox import past
from fieldcast.trade.providers.sandbox.faults import Mischief, Plan
from fieldcast.trade.providers.sandbox.store import Store
from fieldcast.trade.providers.sandbox.words import Refused

SETTLE_SECONDS = 0.1  # a refund is on its way this long before it has arrived


@dataclass(frozen=True)
class Paid:
    """A payment after the buyer's choice.

    `told_by` is the delivery to wait for before the browser goes back.
    """

    state: PaymentState
    told_by: int | None


class Book:
    """The operations of the provider on its books. `history` is the file of payments that are older than they."""

    def __init__(self, store: Store, mischief: Mischief, history: Path) -> None:
        self.store = store
        self.mischief = mischief
        self.history = history

    def open(self, request: PaymentRequest, now: datetime) -> PaymentState:
        """Know a payment from its signed checkout.

        Raises `Refused` when it is another payment, or too late.
        """
        with self.store.change() as db:
            return _state(_opened(db, request, now), now)

    def confirm(self, request: PaymentRequest, now: datetime, *, succeed: bool) -> Paid:
        """Pay (or fail to). A payment that is paid stays as it is. Raises `Refused` as `open` does."""
        with self.store.change() as db:
            payment = _opened(db, request, now)
            if payment["state"] == PaymentState.PAID:
                return Paid(PaymentState.PAID, None)
            state = PaymentState.PAID if succeed else PaymentState.FAILED
            db.execute(
                "UPDATE payments SET state = ?, paid_at = ? WHERE reference = ?",
                [state, now.timestamp() if succeed else None, request.reference],
            )
            plan = self.mischief.next_plan("payment")
            event = Event.PAYMENT_SUCCEEDED if succeed else Event.PAYMENT_FAILED
            notice_id = _note(db, payment, event, amount_fen=payment["amount_fen"], at=now)
            first = _owe(db, notice_id, plan, now.timestamp())
            if first and plan.out_of_order:
                older = _note(db, payment, Event.PAYMENT_PROCESSING, amount_fen=payment["amount_fen"], at=now)
                _owe_behind(db, older, first)
            return Paid(state, first if plan.before_return else None)

    def refund(
        self, *, reference: str, refund_reference: str, amount_fen: int, reason: str, now: datetime
    ) -> dict[str, Any]:
        """Give money back once per `refund_reference`. Raises `Refused` when it cannot be."""
        with self.store.change() as db:
            payment = self._payment(db, reference)
            known = db.execute(
                "SELECT * FROM refunds WHERE refund_reference = ?", [refund_reference]
            ).fetchone()
            if known:
                if (known["reference"], known["amount_fen"]) != (reference, amount_fen):
                    raise Refused("refund_reference_reused", 409, refund_reference=refund_reference)
                return _refund_facts(known, now)
            if payment["state"] != PaymentState.PAID:
                raise Refused("not_paid", 409, reference=reference)
            left_fen = payment["amount_fen"] - _refunded_fen(db, reference)
            if amount_fen > left_fen:
                raise Refused("refund_too_large", 409, left_fen=left_fen, amount_fen=amount_fen)
            settles_at = now.timestamp() + SETTLE_SECONDS
            row = db.execute(
                "INSERT INTO refunds (refund_reference, reference, reason, amount_fen, settles_at)"
                " VALUES (?, ?, ?, ?, ?) RETURNING *",
                [refund_reference, reference, reason, amount_fen, settles_at],
            ).fetchone()
            self._tell_refund(db, payment, row)
            return _refund_facts(row, now)

    def _payment(self, db: sqlite3.Connection, reference: str) -> sqlite3.Row:
        if not db.execute("SELECT 1 FROM payments WHERE reference = ?", [reference]).fetchone():
            past.bring(db, path=self.history, reference=reference)
        return _payment(db, reference)

    def _tell_refund(self, db: sqlite3.Connection, payment: sqlite3.Row, refund: sqlite3.Row) -> None:
        plan = self.mischief.next_plan("refund")
        settled = datetime.fromtimestamp(refund["settles_at"], UTC)
        notice_id = _note(
            db,
            payment,
            Event.REFUND_SUCCEEDED,
            amount_fen=refund["amount_fen"],
            at=settled,
            refund_reference=refund["refund_reference"],
        )
        first = _owe(db, notice_id, plan, refund["settles_at"])
        if first and plan.out_of_order:
            _tell_payment_behind(db, payment["reference"], first)

    def status(self, reference: str, now: datetime) -> dict[str, Any]:
        """Where a payment stands. Raises `Refused` when its checkout was never opened."""
        with self.store.change() as db:
            payment = self._payment(db, reference)
        refunds = self.store.rows("SELECT * FROM refunds WHERE reference = ? ORDER BY settles_at", reference)
        return {
            "reference": reference,
            "provider_ref": payment["provider_ref"],
            "state": _state(payment, now),
            "amount_fen": payment["amount_fen"],
            "paid_at": _moment(payment["paid_at"]) if payment["paid_at"] is not None else None,
            "refunds": [_refund_facts(row, now) for row in refunds],
        }


def _payment(db: sqlite3.Connection, reference: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM payments WHERE reference = ?", [reference]).fetchone()
    if row is None:
        raise Refused("unknown_payment", 404, reference=reference)
    return row


def _opened(db: sqlite3.Connection, request: PaymentRequest, now: datetime) -> sqlite3.Row:
    """The payment a checkout means, written at its first opening; a later checkout may only move its time."""
    expires_at = request.expires_at.timestamp()
    db.execute(
        "INSERT INTO payments (reference, provider_ref, amount_fen, notify_url, expires_at)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (reference) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)",
        [
            request.reference,
            f"SBX{secrets.token_hex(10)}",
            request.amount_fen,
            request.notify_url,
            expires_at,
        ],
    )
    payment = _payment(db, request.reference)
    if (payment["amount_fen"], payment["notify_url"]) != (request.amount_fen, request.notify_url):
        raise Refused("other_terms", 409, reference=request.reference)
    if payment["state"] != PaymentState.PAID and now >= request.expires_at:
        raise Refused("expired_link", 410, reference=request.reference)
    return payment


def _state(payment: sqlite3.Row, now: datetime) -> PaymentState:
    state = PaymentState(payment["state"])
    over = state is not PaymentState.PAID and now.timestamp() >= payment["expires_at"]
    return PaymentState.CLOSED if over else state


def _refunded_fen(db: sqlite3.Connection, reference: str) -> int:
    total = db.execute("SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE reference = ?", [reference])
    return int(total.fetchone()[0])


def _refund_facts(row: sqlite3.Row, now: datetime) -> dict[str, Any]:
    arrived = now.timestamp() >= row["settles_at"]
    return {
        "refund_reference": row["refund_reference"],
        "amount_fen": row["amount_fen"],
        "state": RefundState.SUCCEEDED if arrived else RefundState.PROCESSING,
    }


def _note(
    db: sqlite3.Connection,
    payment: sqlite3.Row,
    event: Event,
    *,
    amount_fen: int,
    at: datetime,
    refund_reference: str = "",
) -> str:
    """Write a notice as it will be sent, every time alike."""
    notice_id = f"N{secrets.token_hex(12)}"
    body = {
        "notice_id": notice_id,
        "event": event,
        "provider_ref": payment["provider_ref"],
        "reference": payment["reference"],
        "amount_fen": amount_fen,
        "occurred_at": at.isoformat(timespec="milliseconds"),
        "refund_reference": refund_reference,
    }
    db.execute(
        "INSERT INTO notices (notice_id, reference, event, body) VALUES (?, ?, ?, ?)",
        [notice_id, payment["reference"], event, json.dumps(body, separators=(",", ":")).encode()],
    )
    return notice_id


def _owe(db: sqlite3.Connection, notice_id: str, plan: Plan, start: float) -> int | None:
    """Write the deliveries of a notice as planned; the id of the first, or None when it is to be lost."""
    if plan.lost:
        return None
    insert = "INSERT INTO deliveries (notice_id, due_at, state) VALUES (?, ?, 'waiting')"
    first = db.execute(insert, [notice_id, start + plan.wait]).lastrowid
    if plan.again is not None:
        db.execute(insert, [notice_id, start + plan.wait + plan.again])
    return first


def _owe_behind(db: sqlite3.Connection, notice_id: str, delivery: int) -> None:
    """Owe a notice that leaves only after `delivery` has arrived."""
    db.execute(
        "INSERT INTO deliveries (notice_id, due_at, state, held_behind) VALUES (?, 0, 'held', ?)",
        [notice_id, delivery],
    )


def _tell_payment_behind(db: sqlite3.Connection, reference: str, delivery: int) -> None:
    """Let the platform hear of the payment after its refund: what was not sent yet is held back, else sent
    again.
    """
    notice = db.execute(
        "SELECT notice_id FROM notices WHERE reference = ? AND event = ?",
        [reference, Event.PAYMENT_SUCCEEDED],
    ).fetchone()
    if notice is None:  # a payment of the past: nobody was to be told of it
        return
    held = db.execute(
        "UPDATE deliveries SET state = 'held', held_behind = ? WHERE notice_id = ? AND state = 'waiting'",
        [delivery, notice["notice_id"]],
    )
    sent = db.execute("SELECT 1 FROM deliveries WHERE notice_id = ?", [notice["notice_id"]]).fetchone()
    if sent and not held.rowcount:  # a lost notice stays lost
        _owe_behind(db, notice["notice_id"], delivery)


def _moment(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, UTC).isoformat(timespec="milliseconds")
