"""What becomes of goods that came back: put back on hand by whoever looked at them, or written off; once, and why.

Until then they stay counted as sold. What is written off is told to the lot's history, as any loss.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from fieldcast.accounts.access import require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.lost import WrittenOff
from fieldcast.trace.operations import NewEvent
from fieldcast.trade.aftersales.goods import taken
from fieldcast.trade.aftersales.operations import locked_request, plain_words
from fieldcast.trade.aftersales.problems import BadReturned, NothingCameBack
from fieldcast.trade.aftersales.queries import request_view
from fieldcast.trade.aftersales.types import RequestView
from fieldcast.trade.models import OrderLine, RefundRequest, Replacement, ReturnedGoods, WriteOff
from fieldcast.trade.stock import units


def settle_returned(*, by: SignedIn, request_id: int, put_back: int, why: str, now: datetime) -> RequestView:
    """Put so many units that came back on hand again and write off the rest, once, with a reason.

    Raises `NotFound` for strangers, `NothingCameBack`, `BadReturned` for more than came back, `NothingSaid`.
    """
    plain = plain_words(why)[:200]
    with transaction.atomic():
        row, _order, locked = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require_now(by, "trade.answer_refund", view)
        if not view.came_back or view.settled_goods:
            raise NothingCameBack
        parts = list(_came(row))
        every = sum(count for _line, count in parts)
        if not every:
            raise NothingCameBack
        if not 0 <= put_back <= every:
            raise BadReturned(units=every)
        for line, count in parts:
            back = min(put_back, count)
            put_back -= back
            _settle(row, line, back, count - back, locked, why=plain, by=by, now=now)
    return request_view(request_id=row.pk)


def _came(row: RefundRequest) -> Iterator[tuple[OrderLine, int]]:
    """Units of each line that a request is about: of its packs, or of all where a sum was named.

    Never more than were sent of the line, in exchange too, and did not come back by an earlier request.
    """
    lines = list(row.order.lines.order_by("-price_fen", "id"))
    packs = row.packs or sum(line.packs for line in lines)
    for line, count in taken(lines, packs):
        units_there = _still_there(line)
        if units_there:
            yield line, min(count * line.pack_units, units_there)


def _still_there(line: OrderLine) -> int:
    sent = Replacement.objects.filter(line=line).aggregate(units=Sum("units", default=0))["units"]
    gone = ReturnedGoods.objects.filter(line=line).aggregate(
        units=Sum(F("put_back") + F("written_off"), default=0)
    )["units"]
    return max(0, line.packs * line.pack_units + int(sent) - int(gone))


def _settle(
    row: RefundRequest,
    line: OrderLine,
    back: int,
    lost: int,
    locked: units.Locked,
    *,
    why: str,
    by: SignedIn,
    now: datetime,
) -> None:
    stock = locked.stocks[line.lot_id]
    stock.sold -= back + lost
    stock.on_hand += back
    stock.written_off += lost
    stock.save(update_fields=["sold", "on_hand", "written_off"])
    ReturnedGoods.objects.create(
        request=row,
        line=line,
        lot_id=line.lot_id,
        put_back=back,
        written_off=lost,
        why=why,
        by_id=by.pk,
        at=now,
    )
    if lost:
        WriteOff.objects.create(lot_id=line.lot_id, units=lost, reason=why, by_id=by.pk, at=now)
        cooperative_id = catalog.lot(lot_id=line.lot_id).cooperative_id
        event = NewEvent(fact=WrittenOff(units=lost, reason=why), at=now, actor_id=cooperative_id)
        trace_operations.note(lot_id=line.lot_id, events=[event], by=by, now=now)
