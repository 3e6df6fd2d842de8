"""What a sheet is worked out from: the month's lines as they were settled, and what was recorded of the agreement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Sum

from fieldcast.agreements.composed import Facts, Late, Reckoned
from fieldcast.agreements.composed.shapes import FARMER
from fieldcast.agreements.composed.words import HOUSEHOLD
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.records.types import Recorded
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.kit.months import CHINA, began, next_month
from fieldcast.live import queries as live
from fieldcast.settlement.models import StatementLine
from fieldcast.settlement.shares import pool_party

ON_TIME: Final = timedelta(days=1)  # from the end of a sale until its money should be there


@dataclass(frozen=True)
class Gathered:
    """Facts of a month, what its lines came to, what pools hold, and what each household has a part in."""

    facts: Facts
    lines: Reckoned
    held: Mapping[str, int]
    farmers: Mapping[str, int]  # of the lines' amounts, fen by party
    unsold: Mapping[str, Mapping[str, int]]  # accepted and not sold: units by party and grade
    late: Mapping[str, Mapping[int, int]]  # fen by party and days late

    def to_json(self) -> dict[str, Any]:
        """As a sheet keeps it."""
        return {
            "facts": asdict(self.facts),
            "lines": {"net_fen": self.lines.net_fen, "by_role": dict(self.lines.by_role)},
            "held": dict(self.held),
            "farmers": dict(self.farmers),
            "unsold": {party: dict(grades) for party, grades in self.unsold.items()},
        }


def gather(version: VersionView, month: date, *, with_records: bool) -> Gathered:
    """Everything of a month that the clauses of the period may ask for."""
    found = _recorded(version, month) if with_records else NOTHING
    rows = StatementLine.objects.filter(
        agreement_version_id=version.id,
        order_line__isnull=False,
        statement__issued_at__gte=began(month),
        statement__issued_at__lt=began(next_month(month)),
    )
    by_role = dict(
        rows.order_by()
        .values_list("statement__role")
        .annotate(fen=Sum("amount_fen"))
        .order_by("statement__role")
    )
    of_farmers = rows.filter(statement__role=FARMER).order_by().values_list("statement__party")
    farmers = dict(of_farmers.annotate(fen=Sum("amount_fen")).order_by("statement__party"))
    sold = _sold(rows)
    late = _late(rows)
    by_grade = _by_grade(sold)
    facts = Facts(
        sessions_held=live.sessions_held(
            agreement_version_id=version.id, since=began(month), until=began(next_month(month))
        ),
        points={_key(version, org): points for org, points in found.points.items()},
        performance={_key(version, org): units for org, units in found.performance().items()},
        shares={_key(version, org): shares for org, shares in found.shares.items()},
        accepted=found.accepted_by_grade(),
        sold=by_grade,
        salvage_fen=found.salvage_fen,
        delivered=sum(found.accepted_by_grade().values()),
        force_majeure=found.force_majeure,
        late=[Late(due_fen=fen, days=days) for party in late.values() for days, fen in party.items()],
    )
    return Gathered(
        facts=facts,
        lines=Reckoned(net_fen=sum(by_role.values()), by_role=by_role),
        held=_held(version, month),
        farmers=farmers,
        unsold=_unsold(found, sold),
        late=late,
    )


NOTHING: Final = Recorded(points={}, shares={}, accepted={}, weights={}, salvage_fen=0, force_majeure=False)


def _recorded(version: VersionView, month: date) -> Recorded:
    return records.recorded(agreement_id=version.agreement_id, month=month)


def _key(version: VersionView, organisation_id: int) -> str:
    """What the facts call an organisation: its role where it is a party, else it is a household."""
    roles = {party: role for role, party in version.parties.items()}
    return roles.get(organisation_id, f"{HOUSEHOLD}{organisation_id}")


def _sold(rows: Any) -> dict[tuple[int, str], int]:
    """Lot units sent, by household and grade; each line once, whatever went back of its money."""
    lines = rows.order_by().values_list(
        "order_line_id", "order_line__lot_id", F("order_line__packs") * F("order_line__pack_units")
    )
    by_lot: dict[int, int] = {}
    for _line, lot_id, units in lines.distinct():
        by_lot[lot_id] = by_lot.get(lot_id, 0) + units
    farmers, goods = catalog.farmers_of_lots(lot_ids=by_lot), catalog.goods_of_lots(lot_ids=by_lot)
    found: dict[tuple[int, str], int] = {}
    for lot_id, units in sorted(by_lot.items()):
        key = (farmers[lot_id], goods[lot_id][1])
        found[key] = found.get(key, 0) + units
    return found


def _by_grade(sold: Mapping[tuple[int, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (_household, grade), units in sold.items():
        found[grade] = found.get(grade, 0) + units
    return found


def _unsold(found: Recorded, sold: Mapping[tuple[int, str], int]) -> dict[str, dict[str, int]]:
    left: dict[str, dict[str, int]] = {}
    for (household, grade), units in found.accepted.items():
        unsold = max(0, units - sold.get((household, grade), 0))
        if unsold:
            left.setdefault(f"org:{household}", {})[grade] = unsold
    return left


def _late(rows: Any) -> dict[str, dict[int, int]]:
    """What farmers got more than a day after their sale was over, by party and whole days late."""
    found: dict[str, dict[int, int]] = {}
    late = rows.filter(
        statement__role=FARMER, statement__issued_at__gt=F("order_line__order__closed_at") + ON_TIME
    )
    sides = late.order_by("id").values_list(
        "statement__party", "amount_fen", "statement__issued_at", "order_line__order__closed_at"
    )
    for party, fen, issued, closed in sides:
        days = (issued.astimezone(CHINA) - closed.astimezone(CHINA) - ON_TIME).days
        if days > 0:
            mine = found.setdefault(party, {})
            mine[days] = mine.get(days, 0) + fen
    kept = {party: {days: fen for days, fen in sums.items() if fen > 0} for party, sums in found.items()}
    return {party: sums for party, sums in kept.items() if sums}


def _held(version: VersionView, month: date) -> dict[str, int]:
    """What each pool holds for the month: all that came into it until the month's end, less all that left it."""
    held = {}
    for pool in version.terms.pools:
        mine = StatementLine.objects.filter(statement__party=pool_party(version.agreement_id, pool))
        came = mine.filter(order_line__isnull=False, statement__issued_at__lt=began(next_month(month)))
        left = mine.filter(order_line__isnull=True)
        sums = [int(rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0) for rows in (came, left)]
        held[pool.removeprefix("pool:")] = sum(sums)
    return held
