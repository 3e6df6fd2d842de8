"""Finished lines with everyone's share of them, under the agreement version each was sold under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import LineFacts, Parties, Share, shares_of
from fieldcast.agreements.types import VersionView
from fieldcast.trade.types import FinishedLine

PLATFORM = "platform"
COOPERATIVE = "cooperative"


@dataclass(frozen=True)
class Shared:
    """A line with the version it was sold under and everyone's share of it."""

    line: FinishedLine
    version: VersionView
    shares: tuple[Share, ...]

    @property
    def net_fen(self) -> int:
        """What was paid less what was refunded."""
        return sum(share.amount_fen for share in self.shares)

    @property
    def cooperative_fen(self) -> int:
        """What the line leaves its cooperative; below zero, what the cooperative must put in."""
        return sum(share.amount_fen for share in self.shares if share.role == COOPERATIVE)


def share_out(lines: Sequence[FinishedLine]) -> list[Shared]:
    """Everyone's share of each line. Raises `ProductNotAgreed` when a version guarantees no price for what it sold."""
    versions = agreements.versions(ids={line.agreement_version_id for line in lines})
    return [_share_one(line, versions[line.agreement_version_id]) for line in lines]


def party_of(organisation_id: int) -> str:
    """An organisation's name in the ledger."""
    return f"org:{organisation_id}"


def net_fen_of(shared: Iterable[Shared]) -> int:
    """What lines keep of their price together."""
    return sum(one.net_fen for one in shared)


def _share_one(line: FinishedLine, version: VersionView) -> Shared:
    facts = LineFacts(
        order_line_id=line.order_line_id,
        product_code=line.product_code,
        packs=line.packs,
        units_per_pack=line.pack_units,
        price_fen=line.price_fen,
        refunded_fen=line.refunded_fen,
        parties=Parties(
            farmer=party_of(line.farmer_id),
            cooperative=party_of(line.seller_id),
            host=party_of(version.host_id),
            carrier=party_of(line.carrier_id),
            platform=PLATFORM,
        ),
    )
    return Shared(line=line, version=version, shares=shares_of(line=facts, terms=version.terms))
