"""The way from a payment notice that does not fit to the desk, where it is answered."""

from collections.abc import Iterable, Mapping

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import SignedIn
from fieldcast.desk.types import ItemView
from fieldcast.trade import queries as trade
from fieldcast.trade.types import NoticeOutcome, NoticeView


def asked_about(notices: Iterable[NoticeView], *, by: SignedIn) -> Mapping[int, ItemView]:
    """The desk's item about each notice that does not fit, by notice, as far as the reader may open it."""
    misfits = {one.id for one in notices if one.outcome == NoticeOutcome.MISMATCHED}
    if not misfits:
        return {}
    mine = {one.organisation.id for one in accounts.memberships_of(person_id=by.pk)}
    items = trade.items_of_notices(notice_ids=misfits)
    return {notice: item for notice, item in items.items() if item.owner.organisation_id in mine}
