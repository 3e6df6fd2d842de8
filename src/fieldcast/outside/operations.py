"""Brings another platform's orders in. The command and the upload page call `import_orders`.

What always holds: all rows or none; a file seen before changes nothing; two imports of one county follow each other.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.kit.months import CHINA
from fieldcast.kit.tables import Limits, printable
from fieldcast.outside import staging
from fieldcast.outside.columns import known_map
from fieldcast.outside.models import ImportBatch
from fieldcast.outside.parse import BadCells, Parsed, find_format, parse
from fieldcast.outside.types import BadCell, ImportReport, Money, Progress, Stage


def import_orders(
    *,
    data: bytes,
    file_name: str,
    format_code: str,
    county_id: int,
    organisation_id: int | None,
    by: SignedIn | None,
    now: datetime,
    column_map: Mapping[str, str] | None = None,
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Read `data` (a file's bytes) as an export of `format_code` and store its orders for a county and organisation.

    `organisation_id` None means the county itself. `column_map` is from what is wanted to the title that
    the file gives it. With `dry_run` all is
    read and compared, and nothing written. `progress` is called with the stage and rows done. A later export updates
    what it says anew, and what it replaces is kept as a revision. Raises what `parse` raises; `BadRows` also for a
    number that is here as another order, or as another organisation's.
    """
    # as it is kept: a title no file can have (with a NUL in it) then simply is not found
    column_map = known_map(column_map or {}, format_=find_format(format_code))
    parsed = parse(
        data=data, format_code=format_code, column_map=column_map, now=now, limits=limits, progress=progress
    )
    batch = ImportBatch(
        county_id=county_id,
        organisation_id=organisation_id,
        channel=parsed.format.code,
        file_name=printable(PurePosixPath(file_name.replace("\\", "/")).name, 200),
        sha256=hashlib.sha256(data).hexdigest(),
        column_map=column_map,
        rows=parsed.rows,
        inserted=0,
        updated=0,
        unchanged=parsed.rows,
        imported_by_id=by.pk if by else None,
        created_at=now,
    )
    with transaction.atomic():
        staging.lock(county_id=county_id)
        before, others = _seen_before(batch), dict[int | None, int]()
        if before is None:
            others = _store(parsed, batch, dry_run=dry_run, progress=progress)
        else:
            batch.pk = before
    if progress is not None:
        progress(stage=Stage.SAVING, done=parsed.rows, total=parsed.rows)
    return _report(parsed, batch, others, dry_run=dry_run, seen_before=before is not None)


def _seen_before(batch: ImportBatch) -> int | None:
    """The batch that brought exactly this content, read in exactly this way, for the same seller."""
    found = ImportBatch.objects.filter(
        county_id=batch.county_id, channel=batch.channel, sha256=batch.sha256, column_map=batch.column_map
    )
    rows: dict[int | None, int] = dict(found.values_list("organisation_id", "pk"))
    return rows.get(batch.organisation_id)


def _store(
    parsed: Parsed, batch: ImportBatch, *, dry_run: bool, progress: Progress | None
) -> dict[int | None, int]:
    """Compare, count into `batch`, and unless nothing changed or it is a trial, write.

    Returns how many of the orders are other organisations', by organisation.
    """
    with staging.judged(
        orders=parsed.orders,
        county_id=batch.county_id,
        organisation_id=batch.organisation_id,
        channel=batch.channel,
        progress=progress,
    ):
        _refuse_conflicts(parsed)
        counts, others = staging.counts(), staging.of_others()
        batch.inserted = counts.get("new", 0)
        batch.updated = counts.get("changed", 0)
        batch.older = counts.get("older", 0)
        batch.unchanged = batch.rows - batch.inserted - batch.updated - batch.older
        if dry_run or not (batch.inserted or batch.updated):
            return others
        batch.save()
        staging.write(
            county_id=batch.county_id,
            organisation_id=batch.organisation_id,
            channel=batch.channel,
            batch_id=batch.pk,
            now=batch.created_at,
        )
        return others


def _refuse_conflicts(parsed: Parsed) -> None:
    bad = BadCells()
    for line, number, created_at, at_another_time in staging.conflicts():
        reason = (
            _("An order of this number is here already, placed at %(created)s. Is this another shop's file?")
            if at_another_time
            else _("This order was brought in by another seller, and only they can change it.")
        )
        facts = {"created": f"{created_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"}
        bad.add_row([BadCell(line, parsed.number_title, number, reason, facts)])
    bad.raise_if_any(rows=parsed.rows)


def _report(
    parsed: Parsed, batch: ImportBatch, others: Mapping[int | None, int], *, dry_run: bool, seen_before: bool
) -> ImportReport:
    times = [order.created_at for order in parsed.orders]
    return ImportReport(
        channel=batch.channel,
        file_name=batch.file_name,
        sha256=batch.sha256,
        encoding=parsed.encoding,
        rows=batch.rows,
        inserted=batch.inserted,
        updated=batch.updated,
        unchanged=batch.unchanged,
        older=batch.older,
        dry_run=dry_run,
        seen_before=seen_before,
        batch_id=batch.pk,
        money=_money(parsed),
        first_created_at=min(times),
        last_created_at=max(times),
        of_others=sum(others.values()),
        others=tuple(others),
        aside=parsed.aside,
    )


def _money(parsed: Parsed) -> Money:
    orders = parsed.orders
    return Money(
        orders=len(orders),
        paid_orders=sum(1 for order in orders if order.paid_at is not None),
        amount_fen=sum(order.amount_fen for order in orders),
        paid_fen=sum(order.paid_fen for order in orders),
        refund_fen=sum(order.refund_fen or 0 for order in orders),
        refunds_unknown=sum(1 for order in orders if order.refund_fen is None),
    )
