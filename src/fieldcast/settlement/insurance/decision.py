"""A decision as it is handed to an insurer, and its hash: the same facts give the same hash for ever."""

import hashlib
import json
from datetime import UTC

from fieldcast.trade.types import DecidedRefund


def decision_of(one: DecidedRefund, *, photo_hashes: tuple[str, ...]) -> str:
    """The decision as one line of JSON, its keys in order: what of which order went back, by whom borne, and why."""
    facts = {
        "amount_fen": one.amount_fen,
        "at": one.at.astimezone(UTC).isoformat(),
        "borne_by": one.borne_by,
        "order": one.line.order_number,
        "order_line": one.line.order_line_id,
        "photos_sha256": list(photo_hashes),
        "refund": one.refund_reference,
        "units": one.units,
        "words": one.words,
        "wrong": one.wrong,
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(decision: str) -> str:
    """SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(decision.encode()).hexdigest()
