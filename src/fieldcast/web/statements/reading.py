"""A statement as its page shows it: groups with their sentences, orders with every share's formula and figures, and
where the money is now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import Share, combine, explain, kind_title, role_title
from fieldcast.kit.errors import Sentence
from fieldcast.kit.pages import Page
from fieldcast.settlement.types import StatementLineView, StatementView
from fieldcast.web.shared.words import local_name, percent_bp, yuan

ORDERS_A_PAGE = 50
# What the figures in a formula are called; a figure that is nobody's word is not shown.
INPUTS: Mapping[str, Sentence] = {
    "packs": _("Boxes"),
    "units_per_pack": _("In a box"),
    "guarantee_unit_fen": _("Guaranteed for one unit"),
    "net_fen": _("Sales after refunds"),
    "price_fen": _("Price of a box"),
    "pack_fen": _("For each box"),
    "part_bp": _("Part"),
    "rebate_bp": _("Rebate"),
    "cold_chain_bp": _("Share of the cold chain"),
    "cold_chain_cap_bp": _("Cap"),
    "commission_fen": _("Platform"),
    "host_fen": _("Host"),
    "carriage_fen": _("Delivery borne by the cooperative"),
    "handling_fen": _("Sorting and packing"),
    "guarantee_fen": _("Guaranteed"),
    "delivery_fen": _("Delivery"),
    "rebate_fen": _("Rebate"),
}


@dataclass(frozen=True)
class OrderShare:
    """What one order gave this party: its lines, each with the figures of its formula."""

    number: str
    product: str
    total_fen: int
    lines: tuple[tuple[StatementLineView, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Money:
    """Where the money of a statement is. `kept_fen` went against what the party still owed."""

    paid_out_fen: int
    kept_fen: int
    owed_fen: int


def orders_of(view: StatementView, *, page: int) -> Page[OrderShare]:
    """The statement's orders with their lines, a page of them."""
    found: dict[str, list[StatementLineView]] = {}
    for line in view.lines:
        found.setdefault(line.order_number, []).append(line)
    last = max(1, -(-len(found) // ORDERS_A_PAGE))
    number = min(max(1, page), last)
    shown = list(found.items())[(number - 1) * ORDERS_A_PAGE : number * ORDERS_A_PAGE]
    items = tuple(
        OrderShare(
            number=order,
            product=local_name(lines[0], "product"),
            total_fen=sum(line.amount_fen for line in lines),
            lines=tuple((line, figures(line.inputs)) for line in lines),
        )
        for order, lines in shown
    )
    return Page(items=items, total=len(found), number=number, per_page=ORDERS_A_PAGE)


def figures(inputs: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The figures of a formula, each by its name and in its unit."""
    return tuple(
        (str(INPUTS[name]), _figure(name, value)) for name, value in inputs.items() if name in INPUTS
    )


def _figure(name: str, value: Any) -> str:
    if not isinstance(value, int):
        return str(value)
    if name.endswith("_fen"):
        return yuan(value)
    return percent_bp(value) if name.endswith("_bp") else f"{value:,}"


def money_of(view: StatementView) -> Money:
    """What was paid out, kept back, or is owed because the statement is below zero."""
    total = view.summary.total_fen
    return Money(
        paid_out_fen=view.paid_out_fen,
        kept_fen=max(0, total - view.paid_out_fen),
        owed_fen=max(0, -total),
    )


def group_lines(view: StatementView) -> list[dict[str, Any]]:
    """Lines of one clause, product and rate added up, as the component `lines` takes them.

    Where the statement is about several products each sum names its own.
    """
    names = {line.inputs.get("product"): local_name(line, "product") for line in view.lines}
    shares = [
        Share(
            party=view.summary.party,
            role=view.summary.role,
            clause=line.clause,
            kind=line.kind,
            formula=line.formula,
            inputs=line.inputs,
            amount_fen=line.amount_fen,
        )
        for line in view.lines
    ]
    lines = []
    for one in combine(shares):
        name = f"{names[one.inputs.get('product')]} · " if len(names) > 1 else ""
        lines.append({"title": kind_title(one.kind), "why": name + explain(one), "fen": one.amount_fen})
    return lines


def versions_shown(view: StatementView, by: SignedIn) -> list[dict[str, Any]]:
    """The agreement versions the lines were sold under, how many agreed to each, and whether `by` may read them."""
    ids = sorted({line.agreement_version_id for line in view.lines})
    found = agreements.versions(ids=ids)
    return [
        {
            "version": found[version_id],
            "agreed": len(agreements.consents_of(version_id=version_id)),
            "readable": by.has_perm("agreements.view", found[version_id]),
        }
        for version_id in ids
        if version_id in found
    ]


def role_of(view: StatementView) -> str:
    """What the party was paid as."""
    return role_title(view.summary.role)
