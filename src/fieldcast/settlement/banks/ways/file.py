"""The bank's own table: payouts as a CSV file that a person carries to the bank, and the bank's answer read back.

Sent: UTF-8 with its mark, or GBK, as the bank asks; a line for each payout and one with their sum at the end, so that
what was cut off is seen. No cell is one that a spreadsheet runs. Read: any encoding and delimiter; whole or not at all;
where a line gives a sum, it must be the sum.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import NotYuan, parse_yuan
from fieldcast.kit.spreadsheets import safe_cell
from fieldcast.kit.tables import MEGABYTE, Limits, Row, Table, clean_cell, header_key, read_table
from fieldcast.settlement.banks.problems import NotAResult, ResultDiffers
from fieldcast.settlement.banks.types import Instruction, Said

HEADER: Final = ("客户流水号", "收款户名", "收款账号", "开户行", "金额", "用途")
TOTAL: Final = "合计"
PURPOSE: Final = "田播结算款"
LIMITS: Final = Limits(file_bytes=4 * MEGABYTE, rows=10_000, columns=100)
# what the bank calls its columns, the first that stands in the file counts
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("客户流水号", "流水号", "业务编号", "reference"),
    "amount": ("金额", "交易金额", "amount"),
    "state": ("处理结果", "交易状态", "状态", "result"),
    "reason": ("失败原因", "退回原因", "备注", "reason"),
}
ARRIVED: Final = frozenset({"成功", "交易成功", "已入账", "success"})
CAME_BACK: Final = frozenset({"失败", "交易失败", "退回", "已退回", "退票", "failed", "returned"})
SAYS: Final[Mapping[str, Sentence]] = {
    "amount": _("no sum of money"),
    "state": _("neither arrived nor returned"),
    "total": _("the sum at the end is not the sum of the lines"),
}


class Encoding(StrEnum):
    """What the bank reads."""

    UTF8 = "utf-8-sig"
    GBK = "gbk"


@dataclass(frozen=True)
class ByHand:
    """A person carries the file: what became of it is known when the bank's answer is handed in."""

    by_itself: bool = False

    def send(self, orders: Sequence[Instruction]) -> tuple[Said, ...]:
        """Nothing is known yet."""
        return ()


BY_HAND: Final = ByHand()


def written(orders: Sequence[Instruction], *, encoding: Encoding) -> bytes:
    """The file of a batch. A sign that GBK does not have becomes `?`: only names have such, and the bank compares."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for one in orders:
        cells = (one.reference, one.holder, one.number, one.bank, _plain(one.amount_fen), PURPOSE)
        writer.writerow([safe_cell(cell) for cell in cells])
    total_fen = sum(one.amount_fen for one in orders)
    writer.writerow([TOTAL, len(orders), "", "", _plain(total_fen), ""])
    errors = "replace" if encoding == Encoding.GBK else "strict"
    return text.getvalue().encode(encoding.value, errors=errors)


def read(data: bytes) -> tuple[Said, ...]:
    """The bank's answer. Raises what `kit.tables` does for a file that is none, `NotAResult`, `ResultDiffers`."""
    table = read_table(data, limits=LIMITS, score=_score)
    places = _places(table)
    found: list[Said] = []
    totals: list[Row] = []
    for row in table.rows:
        if _cell(row, places["reference"]) == TOTAL:
            totals.append(row)
            continue
        found.append(_said(row, places))
    whole_fen = sum(one.amount_fen for one in found)
    for row in totals:
        if _fen(row, places) != whole_fen:
            raise ResultDiffers(line=row.line, what=SAYS["total"])
    return tuple(found)


def _said(row: Row, places: Mapping[str, int]) -> Said:
    state = _cell(row, places["state"]).casefold()
    if state not in ARRIVED | CAME_BACK:
        raise ResultDiffers(line=row.line, what=SAYS["state"])
    reason = _cell(row, places["reason"])[:100] if "reason" in places else ""
    return Said(
        reference=_cell(row, places["reference"]),
        amount_fen=_fen(row, places),
        returned=state in CAME_BACK,
        reason=reason if state in CAME_BACK else "",
        line=row.line,
    )


def _fen(row: Row, places: Mapping[str, int]) -> int:
    try:
        return parse_yuan(_cell(row, places["amount"]))
    except NotYuan:
        raise ResultDiffers(line=row.line, what=SAYS["amount"]) from None


def _places(table: Table) -> dict[str, int]:
    found = {}
    for name, titles in COLUMNS.items():
        standing = [place for title in titles for place in table.positions(title)]
        if standing:
            found[name] = standing[0]
    lacking = [COLUMNS[name][0] for name in ("reference", "amount", "state") if name not in found]
    if lacking:
        raise NotAResult(columns="、".join(lacking))
    return found


def _score(cells: Sequence[str]) -> int:
    keys = {header_key(cell) for cell in cells}
    return sum(any(header_key(title) in keys for title in titles) for titles in COLUMNS.values())


def _cell(row: Row, place: int) -> str:
    text = clean_cell(row.cells[place]) if place < len(row.cells) else ""
    return "".join(letter for letter in text if letter.isprintable())


def _plain(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
