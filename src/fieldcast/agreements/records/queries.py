"""Reads of what is recorded under an agreement."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet, Sum

from fieldcast.agreements.records.models import (
    Acceptance,
    ForceMajeure,
    GradeWeight,
    Holding,
    Salvage,
    ServiceAct,
)
from fieldcast.agreements.records.types import (
    AcceptanceView,
    Asset,
    ForceMajeureView,
    HoldingView,
    Recorded,
    SalvageView,
    ServiceView,
)
from fieldcast.catalog import queries as catalog
from fieldcast.kit.months import next_month


def recorded(*, agreement_id: int, month: date) -> Recorded:
    """What counts in a month of an agreement."""
    span = {"day__gte": month, "day__lt": next_month(month)}
    services = ServiceAct.objects.filter(agreement_id=agreement_id, confirmation__isnull=False, **span)
    points = services.order_by().values_list("server_id").annotate(all=Sum("points"))
    salvage = Salvage.objects.filter(agreement_id=agreement_id, **span).aggregate(fen=Sum("amount_fen"))
    return Recorded(
        points=dict(points),
        shares=_shares(agreement_id, month),
        accepted=_accepted(Acceptance.objects.filter(agreement_id=agreement_id, **span)),
        weights=_weights(agreement_id, month),
        salvage_fen=int(salvage["fen"] or 0),
        force_majeure=ForceMajeure.objects.filter(agreement_id=agreement_id, month=month).exists(),
    )


def holdings(*, agreement_id: int, month: date) -> tuple[HoldingView, ...]:
    """Who holds what in a month."""
    return holdings_of(agreement_ids=[agreement_id], month=month).get(agreement_id, ())


def holdings_of(*, agreement_ids: Iterable[int], month: date) -> dict[int, tuple[HoldingView, ...]]:
    """Who holds what in a month under each of several agreements, in one statement."""
    newest: dict[tuple[int, int, str], Holding] = {}
    rows = Holding.objects.filter(agreement_id__in=set(agreement_ids), since__lte=month)
    for row in rows.select_related("holder").order_by("since", "id"):
        newest[row.agreement_id, row.holder_id, row.asset] = row
    found: dict[int, list[Holding]] = {}
    for row in newest.values():
        found.setdefault(row.agreement_id, []).append(row)
    return {agreement_id: _holdings(held) for agreement_id, held in found.items()}


def _holdings(rows: Iterable[Holding]) -> tuple[HoldingView, ...]:
    return tuple(
        HoldingView(
            holder_id=row.holder_id,
            holder=row.holder.name,
            holder_en=row.holder.name_en,
            asset=Asset(row.asset),
            shares=row.shares,
            since=row.since,
        )
        for row in rows
        if row.shares
    )


def services(*, agreement_ids: Iterable[int], limit: int = 200) -> tuple[ServiceView, ...]:
    """What was done under agreements, newest first."""
    rows = ServiceAct.objects.filter(agreement_id__in=set(agreement_ids))
    rows = rows.select_related("server", "served", "confirmation").order_by("-day", "-id")[:limit]
    return tuple(service_view(row) for row in rows)


def served(*, organisation_id: int, limit: int = 200) -> tuple[ServiceView, ...]:
    """What others did for an organisation, under any agreement, newest first."""
    rows = ServiceAct.objects.filter(served_id=organisation_id)
    rows = rows.select_related("server", "served", "confirmation").order_by("-day", "-id")[:limit]
    return tuple(service_view(row) for row in rows)


def salvages(*, agreement_id: int, limit: int = 200) -> tuple[SalvageView, ...]:
    """What unsold goods still brought, newest first."""
    rows = Salvage.objects.filter(agreement_id=agreement_id).order_by("-day", "-id")[:limit]
    return tuple(SalvageView(row.amount_fen, row.day, row.what) for row in rows)


def grade_weights(*, agreement_id: int, month: date) -> dict[str, int]:
    """What an accepted unit of each grade counts in a month, where anything was said."""
    return _weights(agreement_id, month)


def force_majeure(*, agreement_ids: Iterable[int], limit: int = 200) -> tuple[ForceMajeureView, ...]:
    """What was accepted of agreements as beyond anybody's power, newest month first."""
    rows = ForceMajeure.objects.filter(agreement_id__in=set(agreement_ids)).order_by("-month", "-id")
    return tuple(ForceMajeureView(row.agreement_id, row.month, row.why, row.at) for row in rows[:limit])


def acceptances(*, agreement_id: int, limit: int = 200) -> tuple[AcceptanceView, ...]:
    """What was accepted under an agreement, newest first."""
    rows = Acceptance.objects.filter(agreement_id=agreement_id).select_related("lot").order_by("-day", "-id")
    return tuple(
        AcceptanceView(row.lot_id, row.lot.code, row.lot.grade, row.units, row.day, row.why)
        for row in rows[:limit]
    )


def accepted_units(*, lot_id: int) -> int:
    """What was accepted of a lot, under any agreement."""
    return int(Acceptance.objects.filter(lot_id=lot_id).aggregate(all=Sum("units"))["all"] or 0)


def months_with_records(*, agreement_ids: Iterable[int]) -> frozenset[tuple[int, date]]:
    """Each agreement and month in which something was accepted or done."""
    wanted = set(agreement_ids)
    found: set[tuple[int, date]] = set()
    for table in (Acceptance, ServiceAct):
        rows = table.objects.filter(agreement_id__in=wanted).order_by()
        days = rows.values_list("agreement_id", "day").distinct()
        found |= {(agreement, day.replace(day=1)) for agreement, day in days}
    return frozenset(found)


def service_view(row: ServiceAct) -> ServiceView:
    """A service as it is told."""
    confirmation = getattr(row, "confirmation", None)
    return ServiceView(
        id=row.pk,
        agreement_id=row.agreement_id,
        server_id=row.server_id,
        server=row.server.name,
        server_en=row.server.name_en,
        served_id=row.served_id,
        served=row.served.name,
        served_en=row.served.name_en,
        what=row.what,
        points=row.points,
        day=row.day,
        by_id=row.by_id,
        confirmed_at=confirmation.at if confirmation else None,
    )


def _shares(agreement_id: int, month: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in holdings(agreement_id=agreement_id, month=month):
        found[one.holder_id] = found.get(one.holder_id, 0) + one.shares
    return dict(sorted(found.items()))


def _accepted(rows: "QuerySet[Acceptance]") -> dict[tuple[int, str], int]:
    """By household and grade, the household that grew the lot."""
    sums = dict(rows.order_by().values_list("lot_id").annotate(all=Sum("units")))
    farmers, goods = catalog.farmers_of_lots(lot_ids=sums), catalog.goods_of_lots(lot_ids=sums)
    found: dict[tuple[int, str], int] = {}
    for lot_id, units in sorted(sums.items()):
        key = (farmers[lot_id], goods[lot_id][1])
        found[key] = found.get(key, 0) + units
    return {key: units for key, units in found.items() if units > 0}


def _weights(agreement_id: int, month: date) -> dict[str, int]:
    rows = GradeWeight.objects.filter(agreement_id=agreement_id, since__lte=month).order_by("since", "id")
    return {row.grade: row.weight for row in rows}
