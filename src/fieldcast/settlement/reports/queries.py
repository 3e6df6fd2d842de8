"""Reads of reports: each a fixed number of statements, however many lines there are."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from fieldcast.agreements.calculation import Share, combine, explain, kind_title, rates_of, repeated
from fieldcast.catalog import queries as catalog
from fieldcast.kit.months import CHINA, bounds
from fieldcast.kit.pages import Page, paginate
from fieldcast.settlement import about
from fieldcast.settlement.models import Statement, StatementLine
from fieldcast.settlement.reports.types import LineOf, MonthOf, VersionMonth, Whose
from fieldcast.settlement.reports.types import Sum as SumOf
from fieldcast.settlement.shares import organisation_of

KEY: Final = 12  # letters of a key
_MONTH: Final = TruncMonth("issued_at", tzinfo=CHINA)
_MONTH_OF_LINE: Final = TruncMonth("statement__issued_at", tzinfo=CHINA)


def months_of(*, whose: Whose) -> tuple[MonthOf, ...]:
    """The months in which statements were issued, the newest first."""
    rows = Statement.objects.filter(_mine(whose)).order_by()
    sums = (
        rows.annotate(month=_MONTH)
        .values_list("month")
        .annotate(count=Count("id"), fen=Sum("total_fen"), paid=Sum("payout__amount_fen", default=0))
    )
    found = [MonthOf(_day(month), count, fen, paid) for month, count, fen, paid in sums]
    return tuple(sorted(found, key=lambda one: one.month, reverse=True))


def kinds_by_month(*, whose: Whose) -> dict[date, dict[str, int]]:
    """What each kind of share came to in each month, the newest first."""
    rows = _lines(whose).annotate(month=_MONTH_OF_LINE).order_by()
    sums = rows.values_list("month", "kind").annotate(fen=Sum("amount_fen"))
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for month, kind, fen in sorted(sums, key=lambda one: one[0], reverse=True):
        found[_day(month)][kind] = fen
    return dict(found)


def roles_by_month(*, county_id: int) -> dict[date, dict[str, int]]:
    """What each role got in each month of a county, the oldest month first."""
    rows = StatementLine.objects.filter(statement__county_id=county_id).annotate(month=_MONTH_OF_LINE)
    sums = rows.order_by().values_list("month", "statement__role").annotate(fen=Sum("amount_fen"))
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for month, role, fen in sorted(sums, key=lambda one: one[0]):
        found[_day(month)][role] = fen
    return dict(found)


def versions_of_month(*, county_id: int, month: date) -> tuple[VersionMonth, ...]:
    """What each role got of the sales under each version, in the order of versions; sheets of months are left out."""
    rows = _within(StatementLine.objects.filter(statement__county_id=county_id), month)
    rows = rows.filter(order_line__isnull=False).order_by()
    sums = rows.values_list("agreement_version_id", "statement__role").annotate(fen=Sum("amount_fen"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for version, role, fen in sorted(sums):
        found[version][role] = fen
    return tuple(VersionMonth(version, by_role) for version, by_role in found.items())


def sums_of(*, whose: Whose, month: date) -> tuple[SumOf, ...]:
    """A month's lines added up as a statement shows them, in words of the active language."""
    rows = _within(_lines(whose), month).order_by()
    alike = rows.values_list(
        "agreement_version_id", "statement__role", "clause", "kind", "formula", "inputs", "amount_fen"
    ).annotate(times=Count("id"))
    by_version: dict[int, list[Share]] = defaultdict(list)
    for version, role, clause, kind, formula, inputs, fen, times in alike:
        share = Share(
            party=whose.party,
            role=role,
            clause=clause,
            kind=kind,
            formula=formula,
            inputs=inputs,
            amount_fen=fen,
        )
        by_version[version].append(repeated(share, times))
    found = [
        SumOf(_key(version, one), version, one, kind_title(one.kind), explain(one))
        for version, shares in by_version.items()
        for one in combine(shares)
    ]
    return tuple(sorted(found, key=lambda one: (-one.fen, one.version_id, one.key)))


def lines_of(
    *, whose: Whose, month: date | None, only: SumOf | None = None, search: str = "", page: int, per_page: int
) -> Page[LineOf]:
    """The rows behind a month, or behind one of its sums, the newest first; `search` looks in the numbers."""
    rows = _within(_lines(whose), month) if month else _lines(whose)
    if only is not None:
        share = only.share
        rows = rows.filter(
            agreement_version_id=only.version_id,
            statement__role=share.role,
            clause=share.clause,
            kind=share.kind,
            formula=share.formula,
            inputs__contains=dict(rates_of(share)),
        )
    if words := search.strip():
        rows = rows.filter(
            Q(order_line__order__number__icontains=words)
            | Q(statement__number__icontains=words)
            | Q(statement__session__title__icontains=words)
        )
    return paginate(with_what_they_say(rows), line_views, page, per_page)


def with_what_they_say(rows: "QuerySet[StatementLine]") -> "QuerySet[StatementLine]":
    """Lines with what they are about, the newest first."""
    rows = rows.select_related(
        "statement__session__host", "statement__sheet__agreement_version__agreement", "order_line__order"
    )
    return rows.order_by("-statement__issued_at", "-id")


def _mine(whose: Whose, at: str = "") -> Q:
    """By what has an index: an organisation, or the county's own."""
    organisation_id = organisation_of(whose.party)
    if organisation_id is not None:
        return Q(**{f"{at}organisation_id": organisation_id, f"{at}party": whose.party})
    return Q(**{f"{at}county_id": whose.county_id, f"{at}party": whose.party})


def _lines(whose: Whose) -> "QuerySet[StatementLine]":
    return StatementLine.objects.filter(_mine(whose, "statement__"))


def _within(rows: "QuerySet[StatementLine]", month: date) -> "QuerySet[StatementLine]":
    since, until = bounds(month)
    return rows.filter(statement__issued_at__gte=since, statement__issued_at__lt=until)


def _day(month: datetime) -> date:
    return month.astimezone(CHINA).date()


def _key(version: int, share: Share) -> str:
    """The same for the same sum, whatever is added to it later."""
    said = [version, share.role, share.clause, share.kind, share.formula, dict(rates_of(share))]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:KEY]


def line_views(rows: Iterable[StatementLine]) -> list[LineOf]:
    """Lines, read with `with_what_they_say`, as a report shows them."""
    found = list(rows)
    lots = catalog.lots_by_ids(ids={row.order_line.lot_id for row in found if row.order_line})
    views = []
    for row in found:
        lot = lots[row.order_line.lot_id] if row.order_line else None
        views.append(
            LineOf(
                statement_id=row.statement_id,
                statement_number=row.statement.number,
                issued_at=row.statement.issued_at,
                about=about.title(row.statement),
                about_en=about.title_en(row.statement),
                order_number=row.order_line.order.number if row.order_line else "",
                product=lot.product.name if lot else "",
                product_en=lot.product.name_en if lot else "",
                title=kind_title(row.kind),
                sentence=explain(_share(row)),
                fen=row.amount_fen,
            )
        )
    return views


def _share(row: StatementLine) -> Share:
    return Share(
        party=row.statement.party,
        role=row.statement.role,
        clause=row.clause,
        kind=row.kind,
        formula=row.formula,
        inputs=row.inputs,
        amount_fen=row.amount_fen,
    )
