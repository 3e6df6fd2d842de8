"""Reads of supervision: reports beside records, what needs attention, and whether the books hold."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover import queries as cover
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound
from fieldcast.ledger import queries as ledger
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView, english_title
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import WhyWaiting
from fieldcast.supervision.books import invariants, invariants_since
from fieldcast.supervision.marks import last_at as everything_read_at
from fieldcast.supervision.models import SalesReport
from fieldcast.supervision.types import AttentionItem, Comparison, SessionBooks, Verification
from fieldcast.supervision.work import stuck_items
from fieldcast.trace import queries as trace
from fieldcast.trade import queries as trade
from fieldcast.trade.types import RecordedSales

__all__ = [
    "attention",
    "broken_histories",
    "differing_reports",
    "everything_read_at",
    "invariants",
    "invariants_since",
    "session_books",
    "verifications",
    "verify_session",
    "verify_sessions",
]

LOOK_BACK = timedelta(days=14)
NOTICES_OF = timedelta(days=1)
READ_WITHIN = timedelta(days=2)  # one night may fail, when somebody writes all the time
FIRST = "failed_test"
MOST_OF_A_KIND = 50  # a limit for each kind: a hundred of one must not hide the only one of another


def verify_session(*, session_id: int, now: datetime) -> Verification:
    """What the host says a session sold beside orders placed, orders paid and parcels sent. Raises `NotFound`.

    A report agrees when both its figures are those of the paid orders; without one, `agrees` is None: unknown is not
    zero.
    """
    found = verifications(session_ids={session_id}, now=now)
    if session_id not in found:
        raise NotFound("session")
    return found[session_id]


def verifications(*, session_ids: Iterable[int], now: datetime) -> dict[int, Verification]:
    """`verify_session` for many sessions at once, in three statements; sessions that are not there are left out."""
    wanted = set(session_ids)
    return verify_sessions(sessions=live.sessions_by_ids(ids=wanted).values(), now=now) if wanted else {}


def verify_sessions(*, sessions: Iterable[SessionView], now: datetime) -> dict[int, Verification]:
    """The verifications of sessions already read, in two statements, by session."""
    shown = {session.id: session for session in sessions}
    if not shown:
        return {}
    recorded = trade.sales_of_sessions(session_ids=shown)
    newest = SalesReport.objects.filter(session_id__in=shown).order_by("session_id", "-at", "-id")
    reports = {report.session_id: report for report in newest.distinct("session_id")}
    return {
        session_id: _verification(session, recorded[session_id], reports.get(session_id), now)
        for session_id, session in shown.items()
    }


def _verification(
    session: SessionView, recorded: RecordedSales, report: SalesReport | None, now: datetime
) -> Verification:
    packs = Comparison(
        what="packs",
        reported=report.packs if report else None,
        orders=recorded.placed_packs,
        paid=recorded.paid_packs,
        parcels=recorded.shipped_packs,
        difference=report.packs - recorded.paid_packs if report else None,
    )
    amount = Comparison(
        what="fen",
        reported=report.amount_fen if report else None,
        orders=recorded.placed_fen,
        paid=recorded.paid_fen,
        parcels=recorded.shipped_fen,
        difference=report.amount_fen - recorded.paid_fen if report else None,
    )
    return Verification(
        session_id=session.id,
        session_title=session.title,
        host_id=session.host_id,
        host_name=session.host_name,
        host_name_en=session.host_name_en,
        packs=packs,
        amount=amount,
        agrees=None if report is None else packs.difference == 0 and amount.difference == 0,
        reported_at=report.at if report else None,
        computed_at=now,
    )


def differing_reports(*, county_id: int, since: datetime, now: datetime) -> tuple[Verification, ...]:
    """Sessions that are over, reported on since then, whose latest report is not what the records say.

    While a session is live, what was right a minute ago is not a difference.
    """
    reported = SalesReport.objects.filter(
        session__county_id=county_id, session__state=SessionState.ENDED.value, at__gte=since
    )
    sessions = reported.order_by().values_list("session_id", flat=True).distinct()
    found = verifications(session_ids=sessions, now=now).values()
    return tuple(one for one in found if one.agrees is False)


def session_books(*, session_id: int) -> SessionBooks:
    """Sales, payments and settlement of one session side by side."""
    return SessionBooks(
        session_id=session_id,
        sales=trade.session_sales(session_id=session_id),
        payments=trade.session_payments(session_id=session_id),
        settlement=settlement.session_settlement(session_id=session_id),
    )


def attention(*, county_id: int, now: datetime, with_histories: bool = True) -> tuple[AttentionItem, ...]:
    """What a supervisor should look at first: danger before caution before information, the oldest first in each.

    Before all of them stands food that did not pass its test. A first page that shows the histories apart leaves them
    out here (`with_histories=False`).
    """
    rank = {"danger": 1, "caution": 2, "info": 3}
    found = [
        *(broken_histories(county_id=county_id, now=now) if with_histories else ()),
        *_stopped_lots(county_id, now),
        *_books_unread(now),
        *_forged_notices(now),
        *_unusable_notices(county_id),
        *_wrong_reports(county_id, now),
        *_late_parcels(county_id, now),
        *_stuck_refunds(county_id),
        *stuck_items(county_id=county_id, now=now),
        *_unsettled(county_id),
        *_uncovered_debts(county_id, now),
    ]
    return tuple(
        sorted(found, key=lambda item: (0 if item.kind == FIRST else rank[item.severity], item.since))
    )


def broken_histories(*, county_id: int, now: datetime) -> tuple[AttentionItem, ...]:
    """Lots of a county whose published history was changed afterwards, as the sweep found them (`trace.checked`)."""
    lots = catalog.lots_by_ids(ids=trace.checked(county_id=county_id).broken)
    return tuple(
        AttentionItem("broken_history", "danger", lot.code, lot.code, 1, now, f"lot:{lot.id}")
        for lot in lots.values()
    )


def _books_unread(now: datetime) -> Iterator[AttentionItem]:
    """The books are read every night: when that found nothing wrong long ago, it does not run, or finds something."""
    at = everything_read_at()
    if at is not None and now - at > READ_WITHIN:
        yield AttentionItem("books_unread", "danger", "", "", (now - at).days, at, "checks")


def _stopped_lots(county_id: int, now: datetime) -> Iterator[AttentionItem]:
    """Lots that may not be sold, each with how many orders it holds back; those that failed a test are a kind apart."""
    stopped = catalog.lots(county_id=county_id, state=LotState.STOPPED, per_page=MOST_OF_A_KIND).items
    waiting = trade.held_back_of_county(county_id=county_id) if stopped else {}
    verdicts = trace.verdicts(lot_ids=[lot.id for lot in stopped])
    for lot in stopped:
        subject, subject_en = f"{lot.product.name} {lot.code}", f"{lot.product.name_en} {lot.code}"
        test = verdicts[lot.id].test if verdicts[lot.id].failed else None
        kind, since = (FIRST, test.recorded_at) if test else ("stopped_lot", now)
        orders = waiting.get(lot.id, 0)
        yield AttentionItem(kind, "danger", subject, subject_en, orders, since, f"lot:{lot.id}")


def _forged_notices(now: datetime) -> Iterator[AttentionItem]:
    """One item for each provider whose notices were forged, however many came and however few of them are kept."""
    for run in trade.forged_notices(since=now - NOTICES_OF):
        name = run.provider
        yield AttentionItem("forged_notice", "danger", name, name, run.count, run.first_at, "notices")


def _unusable_notices(county_id: int) -> Iterator[AttentionItem]:
    """True notices that do not fit our books and wait on the desk for an answer. One item in all."""
    found = trade.misfits_waiting(county_id=county_id)
    if found:
        first = min(one.opened_at for one in found)
        yield AttentionItem("unusable_notice", "caution", "", "", len(found), first, "notices:mismatched")


def _wrong_reports(county_id: int, now: datetime) -> Iterator[AttentionItem]:
    for found in differing_reports(county_id=county_id, since=now - LOOK_BACK, now=now):
        assert found.packs.difference is not None
        yield AttentionItem(
            "reported_sales_differ",
            "caution",
            f"{found.host_name} · {found.session_title}",
            english_title(found.session_title, host_name_en=found.host_name_en)
            or f"{found.host_name_en} · {found.session_title}",
            found.packs.difference,
            found.reported_at or now,
            f"session:{found.session_id}",
        )


def _late_parcels(county_id: int, now: datetime) -> Iterator[AttentionItem]:
    late: dict[str, list[tuple[datetime, str]]] = {}
    for order in trade.late_orders(county_id=county_id, now=now, limit=500):
        late.setdefault(order.seller_name, []).append((order.paid_at or now, order.seller_name_en))
    for seller, orders in late.items():
        yield AttentionItem(
            "late_parcels", "caution", seller, orders[0][1], len(orders), min(orders)[0], "orders"
        )


def _stuck_refunds(county_id: int) -> Iterator[AttentionItem]:
    for refund in trade.refunds_in_trouble(county_id=county_id):
        number = refund.order_number
        yield AttentionItem(
            "stuck_refund",
            "caution",
            number,
            number,
            refund.amount_fen,
            refund.requested_at,
            f"order:{number}",
        )


def _unsettled(county_id: int) -> Iterator[AttentionItem]:
    """Sellers whose finished lines wait: for cover, for money in their escrow, for terms that fit."""
    kinds = {
        WhyWaiting.COVER: ("waiting_for_cover", "caution"),
        WhyWaiting.ESCROW: ("short_of_escrow", "danger"),
        WhyWaiting.TERMS: ("cannot_be_settled", "danger"),
    }
    found = settlement.waiting(county_id=county_id)
    names = accounts.organisations_by_ids(ids={one.seller_id for one in found})
    for one in found:
        kind, severity = kinds[one.reason]
        seller = names[one.seller_id]
        facts = {
            "lines": one.lines,
            "missing_fen": one.missing_fen,
            "deposit_fen": one.deposit_fen,
            "room_fen": one.room_fen,
            "owed_fen": one.owed_fen,
        }
        yield AttentionItem(
            kind, severity, seller.name, seller.name_en, one.net_fen, one.since, "cover", facts
        )


def _uncovered_debts(county_id: int, now: datetime) -> Iterator[AttentionItem]:
    """What cooperatives owe that no fund gave: paid out before settlement asked what stands behind it."""
    owing = ledger.below_zero(purpose="advance", county_id=county_id)
    if not owing:
        return
    sellers = [
        one
        for one in accounts.organisations(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
        if one.party in owing
    ]
    to_funds = cover.debts_to_funds(cooperative_ids=[seller.id for seller in sellers])
    for seller in sellers:
        owed_fen = owing[seller.party] - sum(to_funds[seller.id].values())
        if owed_fen > 0:
            yield AttentionItem(
                "uncovered_debt", "caution", seller.name, seller.name_en, owed_fen, now, "cover"
            )
