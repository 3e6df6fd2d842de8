"""What is usual in a county: between which values the terms of its agreements lie, clause by clause.

A value is told only where at least `ENOUGH` agreements say one, so that no two parties' terms can be read from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fieldcast.agreements import queries
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.terms import Terms

ENOUGH: Final = 3
Which = tuple[str, str, str]  # the kind of a clause, the role it is about, and the field
# Where the terms of the county's model stand as clauses.
_OF_THE_MODEL: Final[Mapping[str, Which]] = {
    "commission_bp": ("share_of_sales", "platform", "rate_bp"),
    "host_bp": ("share_of_sales", "host", "rate_bp"),
    "rebate_bp": ("rebate", "farmer", "rate_bp"),
    "logistics_fen_per_pack": ("per_pack", "carrier", "fen"),
    "handling_fen_per_pack": ("per_pack", "cooperative", "fen"),
    "host_fixed_fen_per_pack": ("per_pack", "host", "fen"),
    "cold_chain_bp": ("borne", "farmer", "rate_bp"),
    "cold_chain_cap_bp": ("borne", "farmer", "cap_bp"),
}


@dataclass(frozen=True)
class Usual:
    """The least and the most that agreements say, and how many of them."""

    least: int
    most: int
    agreements: int


def usual(*, county_id: int) -> dict[Which, Usual]:
    """What the agreements in force of a county say, by clause and field; each agreement counts once."""
    found: dict[Which, list[int]] = {}
    for version in queries.current_in(county_id=county_id):
        for which, value in dict(_said(version.terms)).items():
            found.setdefault(which, []).append(value)
    return {
        which: Usual(min(values), max(values), len(values))
        for which, values in found.items()
        if len(values) >= ENOUGH
    }


def about(row: Mapping[str, Any]) -> str:
    """The role that a clause is about: who gets something of it, else who gives."""
    role = row.get("to") or row.get("from") or ""
    return role if isinstance(role, str) else ""


def _said(terms: AgreedTerms) -> Iterator[tuple[Which, int]]:
    if isinstance(terms, Terms):
        for name, which in _OF_THE_MODEL.items():
            if name in terms.model.terms and terms[name]:
                yield which, terms[name]
        return
    data = terms.to_json()
    for name in ("clauses", "period_clauses", "promise_clauses"):
        for row in data.get(name, []):
            for field, value in row.items():
                if isinstance(value, int) and not isinstance(value, bool) and field != "of":
                    yield (row["kind"], about(row), field), value
