"""Finished lines with everyone's share of them, under the agreement version each was sold under."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Final

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import LineFacts, Parties, Share, shares_of
from fieldcast.agreements.roles import ROLES
from fieldcast.agreements.types import VersionView
from fieldcast.settlement.corrections.working import borne, changes
from fieldcast.trade.types import FinishedLine, UnsettledLine

PLATFORM = "platform"
COOPERATIVE: Final = "cooperative"
COVERING = frozenset(role.name for role in ROLES.values() if role.covers)
# What is said of a line and changes no share; whatever else is said of it may.
ITS_OWN: Final = frozenset({"order_line_id", "order_id", "order_number", "finished_at"})
_ALIKE: Final = attrgetter(*(one.name for one in fields(FinishedLine) if one.name not in ITS_OWN))


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
    def seller_fen(self) -> int:
        """What the line leaves its seller, who covers what a price does not carry; below zero, what it must put in."""
        return sum(share.amount_fen for share in self.shares if share.role in COVERING)


def share_out(lines: Sequence[FinishedLine]) -> list[Shared]:
    """Everyone's share of each line. Raises `ProductNotAgreed` when a version guarantees no price for what it sold."""
    return share_under(versions_of(lines), lines)


def versions_of(lines: Iterable[FinishedLine | UnsettledLine]) -> dict[int, VersionView]:
    """The agreement versions that lines were sold under, by id."""
    return agreements.versions(ids={line.agreement_version_id for line in lines})


def shares_of_line(line: FinishedLine | UnsettledLine, version: VersionView) -> tuple[Share, ...]:
    """Everyone's share of a line: as the clauses say, and who bears what of it as was decided. As `clause_shares`."""
    shares = clause_shares(line, version)
    return (*shares, *_decided(line, version)) if line.borne else shares


def bearer_of(role: str, line: FinishedLine | UnsettledLine, version: VersionView) -> tuple[str, str] | None:
    """Who takes a role in a line's sale (party and role); None where nobody does.

    Where the seller takes it too, as its seller: what a price does not carry it covers in that role.
    """
    if role == PLATFORM:
        return PLATFORM, role
    organisation_id = _parties(line, version).get(role)
    if organisation_id is None:
        return None
    return party_of(organisation_id), COOPERATIVE if organisation_id == line.seller_id else role


def _decided(line: FinishedLine | UnsettledLine, version: VersionView) -> list[Share]:
    """What makes everyone but its bearer get what they would have got without each of a line's decided losses."""
    found: list[Share] = []
    refunded_fen = line.refunded_fen - sum(one.amount_fen for one in line.borne)
    before = clause_shares(replace(line, refunded_fen=refunded_fen), version)
    for loss in line.borne:
        refunded_fen += loss.amount_fen
        after = clause_shares(replace(line, refunded_fen=refunded_fen), version)
        bearer = bearer_of(loss.role, line, version)
        if bearer is not None:
            found += borne(changes(before, after), bearer=bearer, decision=loss.decision)
        before = after
    return found


def _parties(line: FinishedLine | UnsettledLine, version: VersionView) -> dict[str, int]:
    carrier_id = line.carrier_id if line.carrier_id is not None else version.carrier_id
    sold_by = {"farmer": line.farmer_id, COOPERATIVE: line.seller_id, "carrier": carrier_id}
    return {**version.parties, **sold_by}


def clause_shares(line: FinishedLine | UnsettledLine, version: VersionView) -> tuple[Share, ...]:
    """Everyone's share of a line under the version it was sold under, clause by clause. Raises `ProductNotAgreed`.

    Who sold and who carried is the order's to say, everyone else is who was agreed on; what was not sent yet is carried
    by whom the version names.
    """
    facts = LineFacts(
        order_line_id=line.order_line_id,
        product_code=line.product_code,
        grade=line.grade,
        packs=line.packs,
        units_per_pack=line.pack_units,
        price_fen=line.price_fen,
        refunded_fen=line.refunded_fen,
        parties=Parties(
            **{role: party_of(organisation_id) for role, organisation_id in _parties(line, version).items()},
            **{pool: pool_party(version.agreement_id, pool) for pool in version.terms.pools},
            platform=PLATFORM,
        ),
    )
    return shares_of(line=facts, terms=version.terms)


def share_under(versions: Mapping[int, VersionView], lines: Iterable[FinishedLine]) -> list[Shared]:
    """`share_out` under versions that were read already. Lines alike are shared out once, and have one object."""
    known: dict[tuple[object, ...], tuple[Share, ...]] = {}
    found = []
    for line in lines:
        version, alike = versions[line.agreement_version_id], _ALIKE(line)
        if alike not in known:
            known[alike] = shares_of_line(line, version)
        found.append(Shared(line, version, known[alike]))
    return found


def party_of(organisation_id: int) -> str:
    """An organisation's name in the ledger."""
    return f"org:{organisation_id}"


def organisation_of(party: str) -> int | None:
    """The organisation that the ledger calls so; None for the platform, a pool and a fund."""
    kind, _colon, number = party.partition(":")
    return int(number) if kind == "org" else None


def pool_party(agreement_id: int, pool: str) -> str:
    """A pool's name in the ledger: `pool:service` of agreement 12 is `pool:12.service`."""
    return f"pool:{agreement_id}.{pool.removeprefix('pool:')}"


def purpose_of(party: str) -> str:
    """Where a party's money is kept in the ledger; a pool's is nobody's to spend until a sheet shares it out."""
    if party == PLATFORM:
        return "commission"
    if party.startswith("fund:"):
        return "fund"
    return "pool" if party.startswith("pool:") else "wallet"


def is_paid_out(party: str) -> bool:
    """Does what it gets leave for a bank? An organisation's does; the platform's and a pool's stay."""
    return party.startswith("org:")


def net_fen_of(shared: Iterable[Shared]) -> int:
    """What lines keep of their price together."""
    return sum(one.net_fen for one in shared)
