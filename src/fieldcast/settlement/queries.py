"""Reads of settlement."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import Share, Slice, combine, explain, kind_title, where_it_goes
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import bounds
from fieldcast.kit.pages import Page, paginate
from fieldcast.settlement import about
from fieldcast.settlement.coming import coming_to
from fieldcast.settlement.models import DuePart, Payout, SettledLine, Statement, StatementLine
from fieldcast.settlement.shares import party_of
from fieldcast.settlement.standing import standing, standings
from fieldcast.settlement.types import (
    LineGroup,
    PayoutState,
    SessionSettlement,
    StatementLineView,
    StatementSummary,
    StatementView,
)
from fieldcast.settlement.waiting import lines_waiting_for_cover, waiting
from fieldcast.trade import queries as trade

__all__ = [
    "coming_to",
    "earned_fen",
    "paid_out_fen",
    "paid_out_to",
    "session_settlement",
    "standing",
    "standings",
    "statement",
    "statement_summary",
    "statements",
    "unsettled_lines",
    "waiting",
    "where_it_went",
    "where_it_went_since",
]

# settlement runs every five seconds; what a kill left is taken up within half a minute
PATIENCE = timedelta(minutes=1)


def statements(
    *,
    county_id: int,
    organisation_id: int | None = None,
    session_id: int | None = None,
    month: date | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 20,
) -> Page[StatementSummary]:
    """Statements, newest first: a county's, one organisation's or one session's, of a month where it is said.

    `search` looks in their numbers and sessions' titles.
    """
    rows = Statement.objects.filter(county_id=county_id)
    if month is not None:
        since, until = bounds(month)
        rows = rows.filter(issued_at__gte=since, issued_at__lt=until)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    if session_id is not None:
        rows = rows.filter(session_id=session_id)
    if words := search.strip():
        rows = rows.filter(Q(number__icontains=words) | Q(session__title__icontains=words))
    return paginate(_with_names(rows).order_by("-issued_at", "-id"), _summaries, page, per_page)


def unsettled_lines(*, now: datetime, county_id: int | None) -> tuple[int, ...]:
    """Ids of order lines finished over a minute ago that have not been settled although nothing keeps them back.

    Lines that wait for cover are kept back by rule: who can put it there is told by `waiting`.
    """
    finished = trade.lines_finished_before(moment=now - PATIENCE, county_id=county_id)
    kept_back = lines_waiting_for_cover(seller_ids=set(finished.values())) if finished else frozenset()
    return tuple(line for line in finished if line not in kept_back)


def statement_summary(*, statement_id: int) -> StatementSummary:
    """One statement's heading. Raises `NotFound`."""
    row = _with_names(Statement.objects.filter(id=statement_id)).first()
    if row is None:
        raise NotFound("statement")
    return _summary(row)


def statement(*, statement_id: int) -> StatementView:
    """A whole statement in the active language. Raises `NotFound`."""
    summary = statement_summary(statement_id=statement_id)
    rows = list(
        StatementLine.objects.filter(statement_id=statement_id)
        .select_related("order_line__order")
        .order_by("id")
    )
    shares = [_share(row, summary.party, summary.role) for row in rows]
    version = agreements.version(version_id=rows[0].agreement_version_id)
    session_shares = (
        _shares_of_sheet(rows[0].statement_id)
        if summary.session_id is None
        else _shares_of_session(summary.session_id)
    )
    payout = Payout.objects.select_related("again").filter(statement_id=statement_id).first()
    gone = _standing(payout)
    return StatementView(
        summary=summary,
        groups=_groups(shares),
        lines=_lines(rows, shares),
        slices=where_it_goes(session_shares),
        gross_fen=sum(share.amount_fen for share in session_shares),
        agreement_name=version.name,
        agreement_number=version.number,
        paid_out_fen=gone.amount_fen if gone else 0,
        returned_fen=payout.amount_fen if payout and gone is None else 0,
        early_fen=_paid_early(summary.number),
    )


def where_it_went(*, session_id: int) -> tuple[Slice, ...]:
    """How the settled sales of a session were shared among the roles; empty while nothing is settled."""
    return where_it_goes(_shares_of_session(session_id))


def where_it_went_since(*, county_id: int, since: datetime) -> tuple[Slice, ...]:
    """How all sales of a county settled since then were shared among the roles."""
    return where_it_goes(
        _by_party(
            StatementLine.objects.filter(statement__county_id=county_id, statement__issued_at__gte=since)
        )
    )


def earned_fen(*, organisation_ids: Iterable[int], since: datetime, until: datetime) -> dict[int, int]:
    """What each organisation's statements issued in [since, until) add up to."""
    rows = Statement.objects.filter(
        organisation_id__in=set(organisation_ids), issued_at__gte=since, issued_at__lt=until
    )
    totals = rows.values_list("organisation_id").annotate(fen=Sum("total_fen"))
    return {organisation_id: fen for organisation_id, fen in totals if organisation_id is not None}


def paid_out_fen(*, session_id: int) -> int:
    """What left the ledger for the parties of a session."""
    of_session = Q(statement__session_id=session_id) | Q(again_of__statement__session_id=session_id)
    rows = _gone().filter(of_session)
    return int(rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def paid_out_to(*, organisation_id: int, since: datetime | None = None) -> int:
    """What went to an organisation's bank and was not returned, since then where it is said."""
    rows = _gone().filter(party=party_of(organisation_id))
    if since is not None:
        rows = rows.filter(sent_at__gte=since)
    return int(rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def session_settlement(*, session_id: int) -> SessionSettlement:
    """How far a session is settled."""
    issued = Statement.objects.filter(session_id=session_id)
    settled = SettledLine.objects.filter(order_line__order__session_id=session_id)
    return SessionSettlement(
        statements=issued.count(),
        statements_fen=int(issued.aggregate(fen=Sum("total_fen"))["fen"] or 0),
        settled_lines=settled.count(),
        settled_fen=int(settled.aggregate(fen=Sum("net_fen"))["fen"] or 0),
        payout_fen=paid_out_fen(session_id=session_id),
    )


def _gone() -> "QuerySet[Payout]":
    return Payout.objects.exclude(state=PayoutState.RETURNED.value)


def _paid_early(number: str) -> int:
    """What of a statement was paid before it was issued: given back to its fund when it was."""
    parts = DuePart.objects.filter(transfer_client_id=f"due:early:{number}")
    return int(parts.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def _with_names(rows: "QuerySet[Statement]") -> "QuerySet[Statement]":
    return rows.select_related(
        "organisation", "session__host", "payout__again", "sheet__agreement_version__agreement"
    )


def _summaries(rows: Sequence[Statement]) -> list[StatementSummary]:
    return [_summary(row) for row in rows]


def _summary(row: Statement) -> StatementSummary:
    payout = _standing(getattr(row, "payout", None))
    return StatementSummary(
        id=row.pk,
        county_id=row.county_id,
        organisation_id=row.organisation_id,
        number=row.number,
        party=row.party,
        party_name=row.organisation.name if row.organisation else "",
        party_name_en=row.organisation.name_en if row.organisation else "",
        role=row.role,
        session_id=row.session_id,
        session_title=about.title(row),
        session_title_en=about.title_en(row),
        total_fen=row.total_fen,
        issued_at=row.issued_at,
        paid_at=payout.sent_at if payout else None,
    )


def _standing(row: Payout | None) -> Payout | None:
    """The payout that left for the bank and did not come back: the first, or what went once more."""
    while row is not None and row.state == PayoutState.RETURNED.value:
        row = getattr(row, "again", None)
    return row


def _share(row: StatementLine, party: str, role: str) -> Share:
    return Share(
        party=party,
        role=role,
        clause=row.clause,
        kind=row.kind,
        formula=row.formula,
        inputs=row.inputs,
        amount_fen=row.amount_fen,
    )


def _shares_of_session(session_id: int) -> list[Share]:
    return _by_party(StatementLine.objects.filter(statement__session_id=session_id))


def _shares_of_sheet(statement_id: int) -> list[Share]:
    """What a month's sheet moved: what was given is no part of a picture, what was got is."""
    sheet_id = Statement.objects.values_list("sheet_id", flat=True).get(id=statement_id)
    found = _by_party(StatementLine.objects.filter(statement__sheet_id=sheet_id))
    return [share for share in found if share.amount_fen > 0]


def _by_party(rows: "QuerySet[StatementLine]") -> list[Share]:
    """What each party got in each role, summed by the database."""
    totals = rows.values_list("statement__party", "statement__role").annotate(fen=Sum("amount_fen"))
    return [
        Share(party=party, role=role, clause=0, kind="", formula="", inputs={}, amount_fen=fen)
        for party, role, fen in totals.order_by()
    ]


def _groups(shares: Iterable[Share]) -> tuple[LineGroup, ...]:
    shares = list(shares)
    return tuple(
        LineGroup(
            kind=group.kind,
            clause=group.clause,
            title=kind_title(group.kind),
            sentence=explain(group),
            amount_fen=group.amount_fen,
        )
        for group in combine(shares)
    )


def _lines(rows: Sequence[StatementLine], shares: Sequence[Share]) -> tuple[StatementLineView, ...]:
    lots = catalog.lots_by_ids(ids={row.order_line.lot_id for row in rows if row.order_line})
    return tuple(
        StatementLineView(
            id=row.pk,
            order_line_id=row.order_line_id,
            order_number=row.order_line.order.number if row.order_line else "",
            product=lots[row.order_line.lot_id].product.name if row.order_line else "",
            product_en=lots[row.order_line.lot_id].product.name_en if row.order_line else "",
            agreement_version_id=row.agreement_version_id,
            clause=row.clause,
            kind=row.kind,
            title=kind_title(row.kind),
            sentence=explain(share),
            formula=row.formula,
            inputs=row.inputs,
            amount_fen=row.amount_fen,
        )
        for row, share in zip(rows, shares, strict=True)
    )
