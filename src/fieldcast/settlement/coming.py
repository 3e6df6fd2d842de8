"""What is still to come to a party of what buyers paid: each line that is not settled, shared out as settling would.

It is what would be settled if nothing more went back to buyers. Nothing is reckoned in a way of its own: the shares are
those of `shares`, of the version each line was sold under.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.calculation import Share
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import Problem
from fieldcast.settlement.early.queries import early_of
from fieldcast.settlement.shares import party_of, shares_of_line, versions_of
from fieldcast.settlement.types import Coming, ComingLine, Stage
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState, UnsettledLine

STAGES: Final = {
    OrderState.PAID: Stage.TO_SEND,
    OrderState.PACKED: Stage.TO_SEND,
    OrderState.SHIPPED: Stage.ON_ITS_WAY,
    OrderState.RECEIVED: Stage.AFTER_SALE,
    OrderState.CLOSED: Stage.SETTLING,
}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def coming_to(*, organisation_id: int, session_id: int | None = None) -> Coming:
    """What is to come to a household, a cooperative or any party of a session. Raises `NotFound`."""
    party = accounts.organisation(organisation_id=organisation_id)
    seller, lots = None, None
    if party.kind == OrganisationKind.COOPERATIVE:
        seller = party.id
    elif party.kind == OrganisationKind.HOUSEHOLD:
        lots = catalog.lot_ids(county_id=party.county_id, household_id=party.id)
    elif session_id is None:
        raise ValueError("of a host or carrier, one session at a time")
    lines = trade.unsettled_lines(
        county_id=party.county_id, seller_id=seller, session_id=session_id, lot_ids=lots
    )
    return _shared(lines, party=party_of(party.id))


def _shared(lines: Sequence[UnsettledLine], *, party: str) -> Coming:
    versions = versions_of(lines)
    found, unknown = [], 0
    # lines that differ in nothing that a share hangs on are many, and shared out once
    known: dict[UnsettledLine, tuple[int, tuple[Share, ...]] | None] = {}
    for line in lines:
        alike = replace(line, order_line_id=0, order_number="", state=OrderState.PAID, after_sale_until=None,
                        paid_at=EPOCH)  # fmt: skip
        if alike not in known:
            known[alike] = _share(alike, versions[line.agreement_version_id], party=party)
        amounts = known[alike]
        if amounts is None:
            unknown += line.packs
        else:
            found.append(_line(line, *amounts))
    return Coming(lines=_less_early(found, lines, party=party), unknown=unknown)


def _less_early(
    found: Sequence[ComingLine], lines: Sequence[UnsettledLine], *, party: str
) -> tuple[ComingLine, ...]:
    """The same lines without what was paid early of them, which is no more to come."""
    early = early_of(party=party, order_line_ids=[line.order_line_id for line in lines])
    if not early:
        return tuple(found)
    return tuple(
        replace(
            line,
            fen=line.fen - early[line.order_line_id].paid_fen,
            early_fen=early[line.order_line_id].paid_fen,
            reserve_bp=early[line.order_line_id].reserve_bp,
        )
        if line.order_line_id in early
        else line
        for line in found
    )


def _share(line: UnsettledLine, version: VersionView, *, party: str) -> tuple[int, tuple[Share, ...]] | None:
    """What the line keeps of its price, and the party's shares of it; None where its terms do not say."""
    try:
        shares = shares_of_line(line, version)
    except (Problem, ArithmeticError):
        return None
    return sum(one.amount_fen for one in shares), tuple(one for one in shares if one.party == party)


def _line(line: UnsettledLine, net_fen: int, shares: tuple[Share, ...]) -> ComingLine:
    return ComingLine(
        order_line_id=line.order_line_id,
        order_number=line.order_number,
        lot_id=line.lot_id,
        packs=line.packs,
        stage=STAGES[line.state],
        paid_at=line.paid_at,
        after_sale_until=line.after_sale_until,
        net_fen=net_fen,
        fen=sum(one.amount_fen for one in shares),
        shares=shares,
    )
