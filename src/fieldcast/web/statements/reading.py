"""A statement as its page shows it: groups with their sentences, orders with every share's formula and figures, and
where the money is now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.bonds.types import KeptOf
from fieldcast.agreements.calculation import Share, combine, explain, input_title, kind_title, role_title
from fieldcast.agreements.types import VersionView
from fieldcast.kit.pages import Page, paginate_read
from fieldcast.settlement.types import StatementLineView, StatementView
from fieldcast.trade import queries as trade
from fieldcast.web.shared.clauses import ClauseShown, cited
from fieldcast.web.shared.words import local_name, percent_bp, yuan

ORDERS_A_PAGE = 50
Cited = Mapping[tuple[int, int], ClauseShown]


@dataclass(frozen=True)
class OrderShare:
    """What one order gave this party: its lines, each with the figures of its formula and the clause it cites."""

    number: str
    product: str
    total_fen: int
    lines: tuple[tuple[StatementLineView, tuple[tuple[str, str], ...], ClauseShown | None], ...]


@dataclass(frozen=True)
class Money:
    """Where the money of a statement is. `kept_fen` went against what the party still owed, other than penalties;
    `bond_fen` filled its performance bond, `penalties_fen` paid penalties. `early_fen` was paid before the statement
    was issued; `returned_fen` came back from the bank and has not gone out again.
    """

    paid_out_fen: int
    kept_fen: int
    owed_fen: int
    bond_fen: int = 0
    penalties_fen: int = 0
    early_fen: int = 0
    returned_fen: int = 0


def clauses_cited(view: StatementView) -> Cited:
    """Every clause that the statement's lines cite, by version and number, with the prices of its products alone."""
    versions = agreements.versions(ids={line.agreement_version_id for line in view.lines})
    products = {str(line.inputs["product"]) for line in view.lines if "product" in line.inputs}
    return cited(versions.values(), products=products)


def orders_of(view: StatementView, clauses: Cited, *, page: int) -> Page[OrderShare]:
    """The statement's orders with their lines, a page of them."""
    found: dict[str, list[StatementLineView]] = {}
    for line in view.lines:
        found.setdefault(line.order_number, []).append(line)
    return paginate_read(
        list(found.values()), lambda lines: _order_share(lines, clauses), page, ORDERS_A_PAGE
    )


def _order_share(lines: Sequence[StatementLineView], clauses: Cited) -> OrderShare:
    return OrderShare(
        number=lines[0].order_number,
        product=local_name(lines[0], "product"),
        total_fen=sum(line.amount_fen for line in lines),
        lines=tuple(
            (line, figures(line.inputs), clauses.get((line.agreement_version_id, line.clause)))
            for line in lines
        ),
    )


def figures(inputs: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The figures of a formula, each by its name and in its unit; one that is nobody's word is not shown."""
    return tuple(
        (title, _figure(name, value)) for name, value in inputs.items() if (title := input_title(name))
    )


def _figure(name: str, value: Any) -> str:
    if not isinstance(value, int):
        return str(value)
    if name.endswith("_fen"):
        return yuan(value)
    return percent_bp(value) if name.endswith("_bp") else f"{value:,}"


def money_of(view: StatementView) -> Money:
    """What was paid out, kept back, or is owed because the statement is below zero."""
    total, kept = view.summary.total_fen, KeptOf(0, 0)
    if total > view.paid_out_fen:
        kept = bonds.kept_of(reference=view.summary.number)
    elsewhere_fen = kept.filled_fen + kept.penalties_fen + view.early_fen + view.returned_fen
    return Money(
        paid_out_fen=view.paid_out_fen,
        kept_fen=max(0, total - view.paid_out_fen - elsewhere_fen),
        early_fen=view.early_fen,
        returned_fen=view.returned_fen,
        owed_fen=max(0, -total),
        bond_fen=kept.filled_fen,
        penalties_fen=kept.penalties_fen,
    )


def group_lines(view: StatementView, clauses: Cited) -> list[dict[str, Any]]:
    """Lines of one version, clause, product and rate added up, as the component `lines` takes them.

    Where the statement is about several products each sum names its own. Each opens the clause it cites.
    """
    names = {line.inputs.get("product"): local_name(line, "product") for line in view.lines}
    by_version: dict[int, list[Share]] = {}
    for line in view.lines:
        by_version.setdefault(line.agreement_version_id, []).append(_share(view, line))
    lines = []
    for version_id, shares in by_version.items():
        for one in combine(shares):
            name = f"{names[one.inputs.get('product')]} · " if len(names) > 1 else ""
            lines.append(
                {
                    "title": kind_title(one.kind),
                    "why": name + explain(one),
                    "fen": one.amount_fen,
                    "clause": clauses.get((version_id, one.clause)),
                }
            )
    return lines


def _share(view: StatementView, line: StatementLineView) -> Share:
    return Share(
        party=view.summary.party,
        role=view.summary.role,
        clause=line.clause,
        kind=line.kind,
        formula=line.formula,
        inputs=line.inputs,
        amount_fen=line.amount_fen,
    )


def versions_shown(view: StatementView, by: SignedIn) -> list[dict[str, Any]]:
    """The agreement versions the lines were sold under, how many agreed to each, and where `by` may read them whole."""
    found = agreements.versions(ids={line.agreement_version_id for line in view.lines})
    consents = agreements.consents_of_versions(version_ids=found)
    pages = _pages(found, by)
    return [
        {"version": found[version_id], "agreed": len(consents[version_id]), "url": pages.get(version_id, "")}
        for version_id in sorted(found)
    ]


def _pages(found: Mapping[int, VersionView], by: SignedIn) -> dict[int, str]:
    """Each version's page: for its parties and the authority, or for the household whose goods were sold under it."""
    pages = {
        version_id: reverse("coop_agreement", args=[version_id])
        for version_id, version in found.items()
        if by.has_perm("agreements.view", version)
    }
    if others := found.keys() - pages.keys():
        for version_id, terms in trade.terms_of_goods(version_ids=others).items():
            if by.has_perm("trade.read_terms_of_goods", terms):
                pages[version_id] = reverse("farm_agreement", args=[version_id])
    return pages


def role_of(view: StatementView) -> str:
    """What the party was paid as."""
    return role_title(view.summary.role)
