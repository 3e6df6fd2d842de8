"""The floor of each fund, and which fund pays: the first that has the money free and stays above its floor.

Lock: the county's funds in id order, until the transaction ends.
"""

from collections.abc import Iterable
from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.agreements.cover.problems import BadSum
from fieldcast.settlement.corrections.problems import FundEmpty
from fieldcast.settlement.funds.problems import BelowFloor
from fieldcast.settlement.models import FundFloor


def floors(*, fund_ids: Iterable[int]) -> dict[int, int]:
    """The floor in force of each of these funds that has one."""
    rows = FundFloor.objects.filter(fund_id__in=list(fund_ids)).order_by("id")
    return dict(rows.values_list("fund_id", "floor_fen"))  # the newest is last, and stays


def set_floor(*, by: SignedIn, fund_id: int, floor_fen: int, now: datetime) -> int:
    """Set below what a fund pays nothing by itself; zero ends it. Raises `NotFound` for strangers, `BadSum`."""
    fund = cover.fund(fund_id=fund_id)
    require(by, "agreements.keep_cover", accounts.county(county_id=fund.county_id))
    if not 0 <= floor_fen <= MOST_FEN:
        raise BadSum(least_fen=0, most_fen=MOST_FEN)
    if floors(fund_ids=[fund_id]).get(fund_id, 0) != floor_fen:
        FundFloor.objects.create(fund_id=fund_id, floor_fen=floor_fen, by_id=by.pk, at=now)
    return floor_fen


def lock_fund(*, county_id: int, amount_fen: int, approved: bool) -> int:
    """The fund that pays so much, locked; `approved`: its floor does not count, a person has decided.

    Raises `FundEmpty` where none has it, `BelowFloor` where one has it and only a person may give it.
    """
    lowest = {} if approved else _floors_of(county_id)
    fund_id, _most = cover_operations.lock_free_fund(
        county_id=county_id, amount_fen=amount_fen, floors=lowest
    )
    if fund_id is not None:
        return fund_id
    free_fen = max((one.free_fen for one in cover.funds(county_id=county_id)), default=0)
    if free_fen >= amount_fen:
        raise BelowFloor(wanted_fen=amount_fen)
    raise FundEmpty(wanted_fen=amount_fen, free_fen=free_fen)


def lock_lender(*, county_id: int, amount_fen: int) -> tuple[int | None, int]:
    """The fund that lends so much by itself, locked, and the most that one lends: no floor is passed for it."""
    return cover_operations.lock_free_fund(
        county_id=county_id, amount_fen=amount_fen, floors=_floors_of(county_id)
    )


def _floors_of(county_id: int) -> dict[int, int]:
    return floors(fund_ids=[one.id for one in cover.funds(county_id=county_id)])
