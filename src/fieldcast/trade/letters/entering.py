"""The way into a conversation, for whatever is written there: locked, by somebody who may, as often as anybody may."""

from datetime import datetime

from fieldcast.accounts import limits
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.kept import keep_no_more
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.said import said
from fieldcast.trade.letters import queries
from fieldcast.trade.letters.problems import AccountEnded, NoReason, NothingWritten
from fieldcast.trade.letters.types import MOST_CHARACTERS, MOST_REASON, ConversationView, Side
from fieldcast.trade.models import Conversation


def locked(conversation_id: int) -> tuple[Conversation, ConversationView]:
    """A conversation, locked, and as it stands. Raises `NotFound`."""
    row = Conversation.objects.select_for_update(of=("self",)).filter(id=conversation_id).first()
    if row is None:
        raise NotFound("conversation")
    return row, queries.conversation(conversation_id=conversation_id)


def side_of(by: SignedIn, view: ConversationView, now: datetime) -> Side:
    """As whom `by` writes who is not the buyer: the seller's people always, the county while it may read. Read anew."""
    keep_no_more()
    if allowed(by, "trade.answer_letters", view):
        return Side.SELLER
    require(by, "trade.read_late_letters", view)
    if not view.open_to_county(now):
        raise NotFound("conversation")
    return Side.COUNTY


def check_active(by: SignedIn) -> None:
    """Raises `AccountEnded`."""
    if not accounts.is_active(person_id=by.pk):
        raise AccountEnded


def spend(rate: limits.Rate, by: SignedIn, now: datetime, problem: type[Problem]) -> None:
    """Count one, within the transaction that it is for: what is refused otherwise is not counted."""
    spent = limits.spend(rate=rate, who=f"person {by.pk}", now=now)
    if not spent.granted:
        raise problem(most=rate.most, minutes=-(-spent.wait(now) // 60))


def plain_words(words: str) -> str:
    """What is written. Raises `NothingWritten`."""
    plain = said(words)
    if not plain or len(plain) > MOST_CHARACTERS:
        raise NothingWritten(most=MOST_CHARACTERS)
    return plain


def plain_reason(words: str, problem: type[Problem] = NoReason) -> str:
    """Why something is done. Raises `problem`."""
    plain = said(words)
    if not plain or len(plain) > MOST_REASON:
        raise problem(most=MOST_REASON)
    return plain


def about(row: Conversation) -> str:
    """The number or code of what it is about."""
    if row.order is not None:
        return row.order.number
    assert row.lot_id is not None
    return catalog.lot(lot_id=row.lot_id).code
