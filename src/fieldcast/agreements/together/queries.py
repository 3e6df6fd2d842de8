"""Reads of what selling alone would be like."""

from fieldcast.agreements.together.models import AloneFigure
from fieldcast.agreements.together.types import AloneFigures, AloneView


def alone(*, cooperative_id: int) -> AloneView | None:
    """What a cooperative wrote down last; None before it did."""
    row = (
        AloneFigure.objects.filter(cooperative_id=cooperative_id).select_related("by").order_by("-id").first()
    )
    if row is None:
        return None
    figures = AloneFigures(
        parcel_minutes=row.parcel_minutes,
        request_minutes=row.request_minutes,
        gain_fen=row.gain_fen,
        detection_bp=row.detection_bp,
        detection_alone_bp=row.detection_alone_bp,
        penalty_alone_fen=row.penalty_alone_fen,
        source=row.source,
    )
    return AloneView(figures=figures, by=row.by.display_name, at=row.at)
