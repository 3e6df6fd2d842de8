"""Payment notices that do not fit: the way from one to the desk, where it is answered; said once on a first page."""

from collections.abc import Iterable, Mapping

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import SignedIn
from fieldcast.desk.types import ItemView
from fieldcast.supervision.types import AttentionItem
from fieldcast.trade import queries as trade
from fieldcast.trade.payments.misfits import MISFIT, UNREAD
from fieldcast.trade.types import NoticeOutcome, NoticeView


def asked_about(notices: Iterable[NoticeView], *, by: SignedIn) -> Mapping[int, ItemView]:
    """The desk's item about each notice that does not fit, by notice, as far as the reader may open it."""
    misfits = {one.id for one in notices if one.outcome == NoticeOutcome.MISMATCHED}
    if not misfits:
        return {}
    mine = {one.organisation.id for one in accounts.memberships_of(person_id=by.pk)}
    items = trade.items_of_notices(notice_ids=misfits)
    return {notice: item for notice, item in items.items() if item.owner.organisation_id in mine}


def not_asked_above(found: Iterable[AttentionItem], waits: Iterable[ItemView]) -> list[AttentionItem]:
    """What needs attention, without the notices that all stand among what `waits` for the reader on the same page."""
    asked = sum(item.kind in (MISFIT.code, UNREAD.code) for item in waits)
    return [one for one in found if one.kind != "unusable_notice" or one.figure > asked]
