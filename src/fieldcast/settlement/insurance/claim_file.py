"""A claim as one file for its insurer: a table, the photos as they are kept, the decision and its hash, in a zip."""

import csv
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fieldcast.files import queries as files
from fieldcast.files.problems import FileEnded
from fieldcast.kit.spreadsheets import safe_cell
from fieldcast.settlement.insurance import queries
from fieldcast.settlement.insurance.operations import decision
from fieldcast.settlement.insurance.types import ClaimView

BEGINNING = (1980, 1, 1, 0, 0, 0)  # every file of it: the same claim gives the same bytes


def claim_file(one: ClaimView) -> bytes:
    """The zip. What the decision says now is in it beside the hash that was kept, so that both can be compared."""
    policy = queries.policy(policy_id=one.policy_id)
    found = queries.covered(policy)[one.order_line_id, one.refund_reference]
    said = decision(found.decided)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as into:
        _put(into, "claim.csv", _table(_facts(one, found, policy.number)).encode())
        _put(into, "decision.json", said.encode())
        _put(into, "decision.sha256", f"{one.decision_hash}  decision.json\n".encode())
        for number, file_id in enumerate(found.decided.photos, start=1):
            try:
                content = files.content(file_id=file_id)
            except FileEnded:
                continue  # its time is over; its hash stands in the decision
            _put(into, f"photo-{number}.jpg", content.data)
    return zipped.getvalue()


def _facts(one: ClaimView, found: queries.Covered, policy: str) -> Sequence[tuple[str, Any]]:
    decided = found.decided
    return (
        ("policy", policy),
        ("order", one.order_number),
        ("refund", one.refund_reference),
        ("lot", found.lot_code),
        ("product", found.product_code),
        ("sold_yuan", Decimal(decided.line.total_fen).scaleb(-2)),
        ("units_sold", decided.line.units),
        ("units_damaged", decided.units),
        ("refunded_yuan", Decimal(decided.amount_fen).scaleb(-2)),
        ("claimed_yuan", Decimal(one.amount_fen).scaleb(-2)),
        ("wrong", decided.wrong),
        ("borne_by", decided.borne_by),
        ("reason", decided.words),
        ("decided_at", decided.at.isoformat()),
        ("photos", len(decided.photos)),
        ("decision_sha256", one.decision_hash),
    )


def _table(facts: Sequence[tuple[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in zip(*facts, strict=True):
        writer.writerow([safe_cell(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def _put(into: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, date_time=BEGINNING)
    info.compress_type = zipfile.ZIP_DEFLATED
    into.writestr(info, data)
