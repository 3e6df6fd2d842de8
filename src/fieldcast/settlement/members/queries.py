"""Reads of member accounts, for all members of a cooperative at once: a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.composed.explaining import FARMERS, PREFIX
from fieldcast.agreements.roles import FARMER
from fieldcast.catalog import queries as catalog
from fieldcast.kit.pages import Page, paginate
from fieldcast.settlement.members.types import (
    EntryKind,
    EntryView,
    Gained,
    Goods,
    Heading,
    Member,
    MemberOf,
)
from fieldcast.settlement.models import MemberEntry, SettledLine, StatementLine
from fieldcast.settlement.reports.queries import line_views, with_what_they_say
from fieldcast.settlement.reports.types import LineOf

REBATES: Final = ("rebate", PREFIX + "rebate")
BY_DELIVERY, BY_SHARES = "by_performance", "by_shares"
# Under what a line stands: what is handed to farmers together says in its inputs by which formula.
_HEADING: Final = Case(
    When(kind__in=REBATES, then=Value(Heading.REBATE.value)),
    When(
        Q(formula=PREFIX + BY_DELIVERY) | Q(formula=FARMERS, inputs__of=BY_DELIVERY),
        then=Value(Heading.BY_DELIVERY.value),
    ),
    When(
        Q(formula=PREFIX + BY_SHARES) | Q(formula=FARMERS, inputs__of=BY_SHARES),
        then=Value(Heading.BY_SHARES.value),
    ),
    When(order_line__isnull=True, then=Value(Heading.OTHER.value)),
    default=Value(Heading.SALES.value),
    output_field=CharField(),
)


def member_ids(*, cooperative_id: int) -> frozenset[int]:
    """Households with a plot in the cooperative, with an entry in its accounts, or with goods that it sold."""
    plots = catalog.plots_of_cooperative(cooperative_id=cooperative_id)
    entries = MemberEntry.objects.filter(cooperative_id=cooperative_id).order_by()
    written = entries.values_list("member_id", flat=True).distinct()
    return frozenset({plot.household_id for plot in plots} | set(written) | _sold_for(cooperative_id))


def cooperatives_of(*, household_id: int) -> tuple[int, ...]:
    """The cooperatives that a household is a member of."""
    plots = catalog.plots_of_household(household_id=household_id)
    entries = MemberEntry.objects.filter(member_id=household_id).order_by()
    written = set(entries.values_list("cooperative_id", flat=True).distinct())
    lines = StatementLine.objects.filter(statement__organisation_id=household_id, statement__role=FARMER.name)
    sellers = lines.order_by().values_list("order_line__order__seller_id", "statement__sheet__seller_id")
    sold = {one for pair in sellers.distinct() for one in pair if one is not None}
    return tuple(sorted({plot.cooperative_id for plot in plots if plot.cooperative_id} | written | sold))


def members(
    *,
    cooperative_id: int,
    since: datetime | None = None,
    until: datetime | None = None,
    only: Collection[int] | None = None,
) -> tuple[Member, ...]:
    """Every member's account, or of some alone: what stands in it now, and what was traded in [since, until).

    What a month's sheet gives to members together, of whom none has a part in it, stands under the cooperative's name.
    """
    gained = _gained(cooperative_id, since, until, only)
    goods = _goods(cooperative_id, since, until, only)
    written = written_down(cooperative_id=cooperative_id)
    everyone = member_ids(cooperative_id=cooperative_id) | gained.keys() | goods.keys()
    known = accounts.organisations_by_ids(ids={one for one in everyone if only is None or one in only})
    return tuple(
        Member(
            household_id=one.id,
            name=one.name,
            name_en=one.name_en,
            code=one.code,
            contribution_fen=written.get((one.id, EntryKind.CONTRIBUTION)),
            reserve_fen=written.get((one.id, EntryKind.RESERVE)),
            goods=goods.get(one.id, ()),
            gained=gained.get(one.id, Gained({})),
        )
        for one in sorted(known.values(), key=lambda one: one.code)
    )


def written_down(*, cooperative_id: int) -> dict[tuple[int, EntryKind], int]:
    """What stands in members' accounts; a member of whom nothing was written down is not there."""
    rows = MemberEntry.objects.filter(cooperative_id=cooperative_id).order_by()
    sums = rows.values_list("member_id", "kind").annotate(fen=Sum("amount_fen"))
    return {(member, EntryKind(kind)): fen for member, kind, fen in sums}


def entries(*, cooperative_id: int, household_id: int) -> tuple[EntryView, ...]:
    """The entries of a member's account, the newest first."""
    rows = MemberEntry.objects.filter(cooperative_id=cooperative_id, member_id=household_id)
    return tuple(
        EntryView(
            id=row.pk,
            kind=EntryKind(row.kind),
            amount_fen=row.amount_fen,
            day=row.day,
            why=row.why,
            by=row.by.display_name,
            at=row.at,
        )
        for row in rows.select_related("by").order_by("-day", "-id")
    )


def lines_of(
    *,
    member: MemberOf,
    heading: Heading | None,
    since: datetime | None,
    until: datetime | None,
    page: int,
    per_page: int,
) -> Page[LineOf]:
    """The statement lines behind a heading of a member's account, or behind all of them, the newest first."""
    rows = StatementLine.objects.filter(
        Q(order_line__order__seller_id=member.cooperative_id)
        | Q(statement__sheet__seller_id=member.cooperative_id),
        _span("statement__issued_at", since, until),
        statement__organisation_id=member.household_id,
        statement__role=FARMER.name,
    )
    if heading is not None:
        rows = rows.annotate(heading=_HEADING).filter(heading=heading.value)
    return paginate(with_what_they_say(rows), line_views, page, per_page)


def _farmers_lines(cooperative_id: int) -> "tuple[QuerySet[StatementLine], QuerySet[StatementLine]]":
    """What farmers got of a cooperative's sales, and of its months."""
    lines = StatementLine.objects.filter(statement__role=FARMER.name).order_by()
    return (
        lines.filter(order_line__order__seller_id=cooperative_id),
        lines.filter(statement__sheet__seller_id=cooperative_id),
    )


def _sold_for(cooperative_id: int) -> set[int]:
    of_sales, _of_months = _farmers_lines(cooperative_id)
    found = of_sales.values_list("statement__organisation_id", flat=True).distinct()
    return {one for one in found if one is not None}


def _gained(
    cooperative_id: int, since: datetime | None, until: datetime | None, households: Collection[int] | None
) -> dict[int, Gained]:
    found: dict[int, dict[Heading, int]] = defaultdict(lambda: defaultdict(int))
    wanted = _span("statement__issued_at", since, until)
    if households is not None:
        wanted &= Q(statement__organisation_id__in=households)
    for rows in _farmers_lines(cooperative_id):
        sums = (
            rows.filter(wanted)
            .annotate(heading=_HEADING)
            .values_list("statement__organisation_id", "heading")
            .annotate(fen=Sum("amount_fen"))
        )
        for member, heading, fen in sums:
            if member is not None:
                found[member][Heading(heading)] += fen
    return {member: Gained(dict(by_heading)) for member, by_heading in found.items()}


def _goods(
    cooperative_id: int, since: datetime | None, until: datetime | None, households: Collection[int] | None
) -> dict[int, tuple[Goods, ...]]:
    """What was sold for each household, by product."""
    rows = SettledLine.objects.filter(order_line__order__seller_id=cooperative_id)
    if households is not None:
        rows = rows.filter(order_line__lot__plot__farm__household_id__in=households)
    sums = (
        rows.filter(_span("settled_at", since, until))
        .order_by()
        .values_list("order_line__lot_id")
        .annotate(
            packs=Sum("order_line__packs"),
            units=Sum(F("order_line__packs") * F("order_line__pack_units")),
        )
    )
    by_lot = {lot_id: (packs, units) for lot_id, packs, units in sums}
    lots = catalog.lots_by_ids(ids=by_lot)
    found: dict[int, dict[int, Goods]] = {}
    for lot_id, (packs, units) in sorted(by_lot.items()):
        product = lots[lot_id].product
        mine = found.setdefault(lots[lot_id].plot.household_id, {})
        before = mine.get(product.id) or Goods(product.name, product.name_en, product.unit.value, 0, 0)
        mine[product.id] = replace(before, packs=before.packs + packs, units=before.units + units)
    return {household: tuple(goods.values()) for household, goods in found.items()}


def _span(name: str, since: datetime | None, until: datetime | None) -> Q:
    span = Q()
    if since is not None:
        span &= Q(**{f"{name}__gte": since})
    if until is not None:
        span &= Q(**{f"{name}__lt": until})
    return span
