"""Payments out of a fund that wait for a person: asked for once, approved or declined once, with a reason.

Lock: the seller's cover before, as everything that moves a seller's money; a line is asked about once by constraint.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say
from fieldcast.settlement import seals
from fieldcast.settlement.funds import told
from fieldcast.settlement.funds.problems import AskAnswered, AskedYourself
from fieldcast.settlement.funds.queries import ask_view
from fieldcast.settlement.funds.types import AskCause, AskState, AskView
from fieldcast.settlement.models import FundAnswer, FundAsk
from fieldcast.trade.types import FinishedLine


def states_of_lines(*, order_line_ids: Iterable[int]) -> dict[int, AskState]:
    """How the question about each of these lines stands, where one was asked; an answer without its seal is none."""
    rows = FundAsk.objects.filter(order_line_id__in=list(order_line_ids)).select_related("answer")
    return {row.order_line_id: _state(row) for row in rows if row.order_line_id is not None}


def ask_for_line(line: FinishedLine, *, need_fen: int, now: datetime) -> None:
    """The platform asks for what the bearer of a line lacks, once, under the seller's cover."""
    row = FundAsk(
        county_id=line.county_id,
        seller_id=line.seller_id,
        order_id=line.order_id,
        order_line_id=line.order_line_id,
        cause=AskCause.BORNE.value,
        amounts={str(line.order_line_id): sum(one.amount_fen for one in line.borne)},
        borne_by=line.borne[-1].role,
        why=line.borne[-1].decision,
        need_fen=need_fen,
        by=None,
        at=now,
    )
    if FundAsk.objects.filter(order_line_id=line.order_line_id).exists():
        return
    row.save()
    told.asked(row, order_number=line.order_number, by=None, now=now)


def ask_for_refund(
    *,
    by: SignedIn,
    county_id: int,
    seller_id: int,
    order_id: int,
    order_number: str,
    amounts: Mapping[int, int],
    borne_by: str,
    why: str,
    need_fen: int,
    now: datetime,
) -> AskView:
    """An officer asks for a refund that would bring a fund below its floor; the buyer is told. As `refund_settled`.

    What somebody asks for already is not asked for again: two approvals would pay it twice.
    """
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))
    plain = must_say(why, field="why")[:200]
    said = {str(line_id): fen for line_id, fen in sorted(amounts.items())}
    with transaction.atomic():
        # what `refund_settled` locked before it refused went with what it undid
        cover_operations.lock(cooperative_id=seller_id)
        same = FundAsk.objects.filter(order_id=order_id, amounts=said, borne_by=borne_by, answer=None)
        standing = same.filter(cause=AskCause.REFUND.value).order_by("id").first()
        if standing is not None:
            return ask_view(ask_id=standing.pk)
        row = FundAsk.objects.create(
            county_id=county_id,
            seller_id=seller_id,
            order_id=order_id,
            cause=AskCause.REFUND.value,
            amounts=said,
            borne_by=borne_by,
            why=plain,
            need_fen=need_fen,
            by_id=by.pk,
            at=now,
        )
        told.asked(row, order_number=order_number, by=by, now=now)
    return ask_view(ask_id=row.pk)


def answer(*, by: SignedIn, ask_id: int, approved: bool, why: str, now: datetime) -> AskView:
    """One of the authority approves or declines, in the caller's transaction; what follows is the caller's to do.

    Raises `NotFound` for strangers, `AskAnswered`, `AskedYourself`, `SaysNothing`.
    """
    row = FundAsk.objects.filter(id=ask_id).first()
    if row is None:
        raise NotFound("fund payment")
    require(by, "agreements.keep_cover", accounts.county(county_id=row.county_id))
    plain = must_say(why, field="why")[:200]
    cover_operations.lock(cooperative_id=row.seller_id)
    if FundAnswer.objects.filter(ask=row).exists():
        raise AskAnswered
    if row.by_id == by.pk and _others(by, row.county_id):
        raise AskedYourself
    said = FundAnswer(ask=row, approved=approved, why=plain, by_id=by.pk, at=now)
    said.seal = seals.of_answer(said)
    said.save(force_insert=True)
    view = ask_view(ask_id=row.pk)
    told.answered(row, view, by=by, now=now)
    return view


def _others(by: SignedIn, county_id: int) -> bool:
    """Has the county's authority anybody else who may?"""
    authority = accounts.authority(county_id=county_id)
    people = accounts.people_of(organisation_ids={authority.id}, roles=told.KEEPERS) if authority else {}
    return any(one != by.pk for found in people.values() for one in found)


def _state(row: FundAsk) -> AskState:
    answer: FundAnswer | None = getattr(row, "answer", None)
    sealed = answer is not None and answer.seal == seals.of_answer(answer)
    return told.state_of(row) if sealed else AskState.ASKED
