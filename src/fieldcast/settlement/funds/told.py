"""What people are told of payments that a person decides, and what then waits on the authority's desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.kit.money import yuan
from fieldcast.settlement.funds.types import AskCause, AskState, AskView
from fieldcast.settlement.models import FundAsk
from fieldcast.trade import queries as trade

KEEPERS: Final = ANSWERABLE  # of the authority: who may let a fund go below its floor
FUND_ASKED: Final = register_asked(
    Asked(
        code="fund_asked",
        asks=gettext_lazy("¥%(amount)s out of a fund for order %(order)s: a person decides"),
        hint=gettext_lazy("No fund has it above its floor. Approve or decline, and say why."),
        way=gettext_lazy("Look and decide"),
        working_days=3,
        in_words=False,
    )
)
_APPROVED: Final = gettext_noop("It was approved.")
_DECLINED: Final = gettext_noop("It was declined.")


@dataclass(frozen=True)
class _OfOrder(Kind):
    """Something about money that may go back after a settlement; `fen` what was asked for."""

    order: str
    fen: int

    @property
    def places(self) -> dict[str, str]:
        """What fills the sentence."""
        return {"order": self.order, "amount": yuan(self.fen)}


@register
@dataclass(frozen=True)
class FundLookedAt(_OfOrder):
    """The buyer hears that somebody is looking at it."""

    name: ClassVar[str] = "fund_looked_at"

    @property
    def sentence(self) -> str:
        """Which order, and that it takes a person."""
        words = _("Whether ¥%(amount)s of order %(order)s can go back is being looked at by the county.")
        return words % self.places


@register
@dataclass(frozen=True)
class FundDecided(_OfOrder):
    """The buyer hears what was decided."""

    name: ClassVar[str] = "fund_decided"
    approved: bool

    @property
    def sentence(self) -> str:
        """What goes back, or that nothing does."""
        if self.approved:
            return _("¥%(amount)s of order %(order)s are on their way back to you.") % self.places
        return _("The county looked at order %(order)s again: nothing more goes back.") % self.places


def state_of(row: FundAsk) -> AskState:
    """How a question stands; its answer was read with it."""
    answer = getattr(row, "answer", None)
    if answer is None:
        return AskState.ASKED
    return AskState.APPROVED if answer.approved else AskState.DECLINED


def asked(row: FundAsk, *, order_number: str, by: SignedIn | None, now: datetime) -> None:
    """It stands on the authority's desk; the buyer of a refund hears of it."""
    authority = accounts.authority(county_id=row.county_id)
    if authority is not None:
        desk_operations.open_item(
            kind=FUND_ASKED,
            subject=str(row.pk),
            county_id=row.county_id,
            owner=Owner(authority.id, Role.MANAGER),
            escalates_to=Owner(authority.id, Role.OWNER),
            facts={"order": order_number, "amount": yuan(row.need_fen)},
            by=by,
            now=now,
        )
    _tell(row, FundLookedAt(order=order_number, fen=_back_fen(row)), now=now)


def answered(row: FundAsk, view: AskView, *, by: SignedIn, now: datetime) -> None:
    """Nobody is asked any more; the buyer of a refund hears what was decided."""
    approved = view.state == AskState.APPROVED
    words = _APPROVED if approved else _DECLINED
    desk_operations.finish(kind=FUND_ASKED, subject=str(row.pk), by=by, words=words, now=now)
    _tell(row, FundDecided(order=view.order_number, fen=_back_fen(row), approved=approved), now=now)


def _back_fen(row: FundAsk) -> int:
    return sum(int(fen) for fen in row.amounts.values())


def _tell(row: FundAsk, what: Kind, *, now: datetime) -> None:
    if row.cause != AskCause.REFUND:
        return  # the buyer has it already
    order = trade.order(order_id=row.order_id)
    letter = Letter(
        to=(order.buyer_id,),
        county_id=row.county_id,
        what=what,
        link=f"/me/orders/{order.number}/",
        once_key=f"{what.name}:{row.pk}",
    )
    inbox_operations.send(letters=[letter], now=now)
