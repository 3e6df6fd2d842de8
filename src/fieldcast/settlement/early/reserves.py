"""Each day's reserve of every seller, reckoned once and kept with what it was reckoned from."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from fieldcast.kit.months import CHINA
from fieldcast.settlement.early.formula import DAYS, FORMULA, PRIOR_LINES, Counted, share_bp
from fieldcast.settlement.early.types import ReserveView
from fieldcast.settlement.models import Reserve
from fieldcast.trade import queries as trade


def reckon_reserves(*, now: datetime) -> int:
    """Write the day's reserve down for everybody who sold something in 90 days; gives how many are new.

    The 90 days end with the day before. Repeating it, or twice at once, changes nothing.
    """
    day = timezone.localdate(now, CHINA)
    until = datetime.combine(day, time.min, tzinfo=CHINA)
    found = trade.refunded_of_received(since=until - timedelta(days=DAYS), until=until)
    done = set(Reserve.objects.filter(day=day).values_list("seller_id", flat=True))
    counties: dict[int, Counted] = {}
    for (county_id, _seller), (lines, refunded) in found.items():
        before = counties.get(county_id, Counted(0, 0))
        counties[county_id] = Counted(before.lines + lines, before.refunded + refunded)
    rows = [
        _row(county_id, seller_id, Counted(*sums), counties[county_id], now=now)
        for (county_id, seller_id), sums in sorted(found.items())
        if seller_id not in done
    ]
    Reserve.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def reserve_for(*, county_id: int, seller_id: int, now: datetime) -> Reserve:
    """The day's reserve of a seller: as the night reckoned it, or reckoned now, as for a newcomer."""
    day = timezone.localdate(now, CHINA)
    found = Reserve.objects.filter(seller_id=seller_id, day=day).first()
    if found is None:
        reckon_reserves(now=now)
        found = Reserve.objects.filter(seller_id=seller_id, day=day).first()
    if found is None:  # its first parcels have only just arrived: the county's figures, and none of its own
        of_county = Reserve.objects.filter(county_id=county_id, day=day).first()
        county = Counted(of_county.county_lines, of_county.county_refunded) if of_county else Counted(0, 0)
        row = _row(county_id, seller_id, Counted(0, 0), county, now=now)
        Reserve.objects.bulk_create([row], ignore_conflicts=True)
        found = Reserve.objects.get(seller_id=seller_id, day=day)
    return found


def latest_of(*, seller_id: int) -> ReserveView | None:
    """A seller's newest reserve."""
    row = Reserve.objects.filter(seller_id=seller_id).order_by("-day").first()
    return None if row is None else view_of(row)


def view_of(row: Reserve) -> ReserveView:
    """A row as other rooms see it."""
    return ReserveView(
        id=row.pk,
        seller_id=row.seller_id,
        day=row.day,
        own=Counted(row.lines, row.refunded),
        county=Counted(row.county_lines, row.county_refunded),
        prior_lines=row.prior_lines,
        share_bp=row.share_bp,
        formula=row.formula,
    )


def _row(county_id: int, seller_id: int, own: Counted, county: Counted, *, now: datetime) -> Reserve:
    return Reserve(
        county_id=county_id,
        seller_id=seller_id,
        day=timezone.localdate(now, CHINA),
        lines=own.lines,
        refunded=own.refunded,
        county_lines=county.lines,
        county_refunded=county.refunded,
        prior_lines=PRIOR_LINES,
        share_bp=share_bp(own, county),
        formula=FORMULA,
        at=now,
    )
