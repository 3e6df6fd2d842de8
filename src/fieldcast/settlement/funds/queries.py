"""Reads of payments out of funds that a person decides."""

from collections.abc import Sequence

from django.db.models import QuerySet

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import NotFound
from fieldcast.settlement.funds.types import AskCause, AskState, AskView
from fieldcast.settlement.models import FundAsk

MOST_SHOWN = 200


def ask_view(*, ask_id: int) -> AskView:
    """One question. Raises `NotFound`."""
    found = _views(FundAsk.objects.filter(id=ask_id))
    if not found:
        raise NotFound("fund payment")
    return found[0]


def asks(*, county_id: int) -> tuple[AskView, ...]:
    """A county's questions: those that wait first, the oldest of them first; then the newest answers."""
    found = _views(FundAsk.objects.filter(county_id=county_id).order_by("-id")[:MOST_SHOWN])
    waiting = [one for one in reversed(found) if one.state == AskState.ASKED]
    return (*waiting, *(one for one in found if one.state != AskState.ASKED))


def _views(rows: "QuerySet[FundAsk]") -> Sequence[AskView]:
    found = list(rows.select_related("answer", "order"))
    answers = [getattr(row, "answer", None) for row in found]
    people = {row.by_id for row in found} | {one.by_id for one in answers if one is not None}
    names = accounts.display_names(person_ids={one for one in people if one is not None})
    return [_view(row, names) for row in found]


def _view(row: FundAsk, names: dict[int, str]) -> AskView:
    answer = getattr(row, "answer", None)
    state = AskState.ASKED if answer is None else AskState.DECLINED
    return AskView(
        id=row.pk,
        county_id=row.county_id,
        seller_id=row.seller_id,
        order_id=row.order_id,
        order_number=row.order.number,
        cause=AskCause(row.cause),
        amounts={int(line_id): int(fen) for line_id, fen in row.amounts.items()},
        borne_by=row.borne_by,
        why=row.why,
        need_fen=row.need_fen,
        asked_by_id=row.by_id,
        asked_by=names.get(row.by_id or 0, ""),
        asked_at=row.at,
        state=AskState.APPROVED if answer is not None and answer.approved else state,
        answer_why=answer.why if answer is not None else "",
        answered_by=names.get(answer.by_id or 0, "") if answer is not None else "",
        answered_at=answer.at if answer is not None else None,
    )
