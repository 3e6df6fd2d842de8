"""Which months of which versions are to be settled."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import TruncMonth

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.records.months import settled_from
from fieldcast.agreements.types import VersionView
from fieldcast.kit.months import CHINA, began, next_month
from fieldcast.live import queries as live
from fieldcast.settlement.models import PeriodSheet, StatementLine


@dataclass(frozen=True)
class Month:
    """A month of a version. `with_records`: what was recorded of the agreement counts on its sheet."""

    version_id: int
    seller_id: int
    month: date
    with_records: bool


def months_to_settle(*, now: datetime) -> tuple[Month, ...]:
    """Months that are over and have no sheet yet, the oldest first, of versions that have clauses of the period."""
    versions = agreements.versions_with_period_clauses()
    if not versions:
        return ()
    by_agreement: dict[int, list[VersionView]] = {}
    for one in sorted(versions.values(), key=lambda one: one.number):
        by_agreement.setdefault(one.agreement_id, []).append(one)
    wanted = {(version, month, False) for version, month in _worked(versions)}
    for agreement_id, month in records.months_with_records(agreement_ids=by_agreement):
        standing = _standing(by_agreement[agreement_id], month)
        if standing is not None:
            wanted.add((standing.id, month, True))
    done = set(PeriodSheet.objects.values_list("agreement_version_id", "month"))
    found = {
        (version, month): with_records
        for version, month, with_records in sorted(wanted)
        if (version, month) not in done and settled_from(month) <= now
    }
    return tuple(
        Month(
            version, versions[version].cooperative_id, month, _counts(by_agreement, versions[version], month)
        )
        for version, month in sorted(found, key=lambda one: (one[1], one[0]))
    )


def _worked(versions: dict[int, VersionView]) -> set[tuple[int, date]]:
    """Versions and months in which lines were settled or sessions held under them."""
    lines = StatementLine.objects.filter(agreement_version_id__in=versions, order_line__isnull=False)
    months = lines.annotate(month=TruncMonth("statement__issued_at", tzinfo=CHINA)).order_by()
    found = {
        (version, month.astimezone(CHINA).date())
        for version, month in months.values_list("agreement_version_id", "month").distinct()
    }
    return found | live.months_held(agreement_version_ids=versions)


def _standing(versions: list[VersionView], month: date) -> VersionView | None:
    """The version that stood at the month's end."""
    end = began(next_month(month))
    return next((one for one in reversed(versions) if one.created_at < end), None)


def _counts(by_agreement: dict[int, list[VersionView]], version: VersionView, month: date) -> bool:
    standing = _standing(by_agreement[version.agreement_id], month)
    return standing is not None and standing.id == version.id
