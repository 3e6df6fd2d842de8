"""The platform's commission against the ceiling that the county published, and the farmers' share, month by month."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.roles import FARMER, PLATFORM
from fieldcast.agreements.types import CeilingView
from fieldcast.kit.money import BASIS
from fieldcast.kit.months import began, next_month
from fieldcast.settlement.reports import queries as reports
from fieldcast.web.shared.report import BLANK, Column, Kind, Linked, Report, month_code, month_name
from fieldcast.web.shared.words import local_name

MOMENT = timedelta(microseconds=1)


def by_month(*, county_id: int, whose: str) -> tuple[Report, dict[str, Any] | None]:
    """Every month of the county, and the shares drawn as lines."""
    found = reports.roles_by_month(county_id=county_id)
    ceilings = agreements.commission_ceilings(county_id=county_id)
    rows = []
    for month, by_role in found.items():
        ceiling = ceiling_of(ceilings, month)
        row = _row(by_role, ceiling)
        rows.append((Linked(month_name(month), f"?month={month_code(month)}"), *row))
    net_fen = sum(sum(by_role.values()) for by_role in found.values())
    totals = None
    if rows:
        together: dict[str, int] = {}
        for by_role in found.values():
            for role, fen in by_role.items():
                together[role] = together.get(role, 0) + fen
        assert sum(together.values()) == net_fen
        net, fee, fee_bp, _ceiling, _below, farmers, share = _row(together, None)
        totals = (_("Together"), net, fee, fee_bp, BLANK, BLANK, farmers, share)
    made = Report(
        name="fieldcast-commission",
        title=_("Commission and farmers' share"),
        whose=whose,
        period=_("All months"),
        columns=_columns(_("Month")),
        rows=tuple(reversed(rows)),
        totals=totals,
        notes=_notes(),
    )
    return made, _chart(found, ceilings) if len(found) > 1 else None


def of_month(*, county_id: int, whose: str, month: date) -> Report:
    """A month by the agreement's version under which it was sold."""
    found = reports.versions_of_month(county_id=county_id, month=month)
    versions = agreements.versions(ids={one.version_id for one in found})
    ceiling = ceiling_of(agreements.commission_ceilings(county_id=county_id), month)
    rows = tuple(
        (
            Linked(
                _("%(name)s, version %(number)s")
                % {
                    "name": local_name(versions[one.version_id]),
                    "number": versions[one.version_id].number,
                },
                reverse("coop_agreement", args=[one.version_id]),
            ),
            *_row(one.by_role, ceiling),
        )
        for one in found
    )
    together: dict[str, int] = {}
    for one in found:
        for role, fen in one.by_role.items():
            together[role] = together.get(role, 0) + fen
    return Report(
        name=f"fieldcast-commission-{month_code(month)}",
        title=_("Commission and farmers' share, by agreement"),
        whose=whose,
        period=month_name(month),
        columns=_columns(_("Agreement")),
        rows=rows,
        totals=(_("Together"), *_row(together, ceiling)) if rows else None,
        notes=(
            *_notes(),
            _("What months' sheets moved between parties is not in this table: it sums to zero."),
        ),
    )


def ceiling_of(ceilings: Sequence[CeilingView], month: date) -> int | None:
    """The ceiling that stood when the month ended; None before one was published."""
    end = began(next_month(month))
    return next((one.ceiling_bp for one in reversed(ceilings) if one.at < end), None)


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first),
        Column(_("Sales after refunds"), Kind.MONEY),
        Column(_("Commission"), Kind.MONEY),
        Column(_("Part of it"), Kind.SHARE),
        Column(_("Ceiling"), Kind.SHARE),
        Column(_("Below it"), Kind.SHARE),
        Column(_("Farmers got"), Kind.MONEY),
        Column(_("Farmers' share"), Kind.SHARE),
    )


def _row(by_role: Mapping[str, int], ceiling_bp: int | None) -> tuple[int | None, ...]:
    net_fen = sum(by_role.values())
    fee_fen, farmers_fen = by_role.get(PLATFORM.name, 0), by_role.get(FARMER.name, 0)
    fee_bp = share_bp(fee_fen, net_fen)
    below = None if ceiling_bp is None or fee_bp is None else ceiling_bp - fee_bp
    return net_fen, fee_fen, fee_bp, ceiling_bp, below, farmers_fen, share_bp(farmers_fen, net_fen)


def share_bp(part_fen: int, whole_fen: int) -> int | None:
    """What part something is, in basis points, half up; None of nothing."""
    return (2 * part_fen * BASIS + whole_fen) // (2 * whole_fen) if whole_fen > 0 else None


def _notes() -> tuple[str, ...]:
    return (
        _(
            "Sales after refunds are what all statement lines of a month come to; commission is the platform's lines, "
            "and the farmers' share the farmers' lines, each divided by them."
        ),
        _("The ceiling is the one that stood when the month ended. — : none was published."),
    )


def _chart(found: Mapping[date, Mapping[str, int]], ceilings: Sequence[CeilingView]) -> dict[str, Any]:
    months = list(found)
    rows = [_row(found[month], ceiling_of(ceilings, month)) for month in months]
    series = ((_("Farmers' share"), 6), (_("Commission"), 2), (_("Ceiling"), 3))
    return {
        "unit": "percent",
        "legend": {},
        "xAxis": {"type": "category", "data": [month_code(month) for month in months]},
        "yAxis": {"type": "value", "min": 0},
        "series": [
            {"type": "line", "name": name, "data": [_percent(row[at]) for row in rows]} for name, at in series
        ],
    }


def _percent(points: int | None) -> float | None:
    return None if points is None else points / 100
