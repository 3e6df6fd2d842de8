"""What was decided of refunds, line by line, for those above who claim it of somebody else: an insurer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldcast.trade.models import BorneRefund, OrderLine, RefundRequestPhoto, RefundRequestStep


@dataclass(frozen=True)
class LineFacts:
    """A line as it was sold: its order, its lot, how many units for how much."""

    order_line_id: int
    order_number: str
    lot_id: int
    packs: int
    units: int
    total_fen: int
    paid_at: datetime | None


@dataclass(frozen=True)
class DecidedRefund:
    """What of a line went back by a decision of the county. `units`: how many were bad, where that was said."""

    line: LineFacts
    refund_reference: str
    amount_fen: int
    at: datetime
    borne_by: str
    wrong: str
    words: str
    units: int
    photos: Sequence[int]


def line_facts(*, order_line_ids: Iterable[int]) -> Mapping[int, LineFacts]:
    """Lines by id, sold or not."""
    rows = OrderLine.objects.filter(id__in=list(order_line_ids)).select_related("order")
    return {
        row.pk: LineFacts(
            order_line_id=row.pk,
            order_number=row.order.number,
            lot_id=row.lot_id,
            packs=row.packs,
            units=row.packs * row.pack_units,
            total_fen=row.total_fen,
            paid_at=row.order.paid_at,
        )
        for row in rows
    }


def decided_refunds(*, county_id: int, since: datetime, until: datetime) -> tuple[DecidedRefund, ...]:
    """What a county decided within a time and somebody bears, the oldest first."""
    rows = BorneRefund.objects.filter(
        line__order__county_id=county_id,
        refund__requested_at__gte=since,
        refund__requested_at__lt=until,
    ).select_related("refund")
    found = list(rows.order_by("id"))
    steps = {
        step.refund_id: step
        for step in RefundRequestStep.objects.filter(
            refund_id__in=[one.refund_id for one in found]
        ).select_related("request")
    }
    photos: dict[int, list[int]] = {}
    requests = {step.request_id for step in steps.values()}
    for photo in RefundRequestPhoto.objects.filter(request_id__in=requests).order_by("id"):
        photos.setdefault(photo.request_id, []).append(photo.file_id)
    facts = line_facts(order_line_ids={one.line_id for one in found})
    return tuple(
        _decided(one, steps[one.refund_id], facts[one.line_id], photos)
        for one in found
        if one.refund_id in steps
    )


def _decided(
    row: BorneRefund, step: RefundRequestStep, line: LineFacts, photos: Mapping[int, Sequence[int]]
) -> DecidedRefund:
    asked = step.request
    packs = min(asked.packs, line.packs) if asked.packs else line.packs
    said = asked.damaged_units or packs * line.units // line.packs
    return DecidedRefund(
        line=line,
        refund_reference=row.refund.reference,
        amount_fen=row.amount_fen,
        at=step.at,
        borne_by=row.role,
        wrong=asked.wrong,
        words=step.words,
        units=min(said, line.units),
        photos=tuple(photos.get(asked.pk, ())),
    )
