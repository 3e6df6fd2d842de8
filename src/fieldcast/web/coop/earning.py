"""What everyone would earn under terms in a usual month, if price, volume, returns and unsold were other than planned;
and whether the penalties of the terms deter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.calculation import LineFacts, role_title, shares_of
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed import Facts, Line, what_if
from fieldcast.agreements.composed.period.base_pay import BasePay
from fieldcast.agreements.composed.shapes import FARMER, POOL, Composed
from fieldcast.agreements.composed.what_if import Axes, Cell
from fieldcast.agreements.composed.words import axis, of_role
from fieldcast.agreements.concerns import judged
from fieldcast.agreements.roles import ROLES
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.trade import queries as trade
from fieldcast.web.shared.words import yuan

HOLDERS: Final = "holders"  # whoever has shares: a usual month does not know who
SERVERS: Final = "servers"
COLOURS: Final = 6
DAY: Final = 86_400  # seconds
_OTHERS: Final[Mapping[str, Sentence]] = {
    HOLDERS: _("Holders of shares"),
    SERVERS: _("Whoever did services"),
}
PLANNED: Final = {"price_bp": BASIS, "volume_bp": BASIS, "returned_bp": 0, "unsold_bp": 0}
# One thing at a time goes otherwise than planned.
CASES: Final[tuple[tuple[Sentence, Mapping[str, int]], ...]] = (
    (_("As planned"), {}),
    (_("Price 20% lower"), {"price_bp": 8000}),
    (_("Price 20% higher"), {"price_bp": 12_000}),
    (_("Half the volume"), {"volume_bp": 5000}),
    (_("One and a half times the volume"), {"volume_bp": 15_000}),
    (_("5% of the money goes back"), {"returned_bp": 500}),
    (_("20% of the money goes back"), {"returned_bp": 2000}),
    (_("20% is not sold"), {"unsold_bp": 2000}),
)


@dataclass(frozen=True)
class Month:
    """A usual month: so many boxes of so many units at a price."""

    product_code: str
    packs: int
    units_per_pack: int
    price_fen: int

    def line(self, terms: AgreedTerms) -> Line:
        """All of it as one line, of the grade that the terms price first."""
        return Line(
            order_line_id=1,
            packs=self.packs,
            units_per_pack=self.units_per_pack,
            price_fen=self.price_fen,
            refunded_fen=0,
            product=self.product_code,
            grade=terms.usual_grade(self.product_code),
        )


@dataclass(frozen=True)
class Case:
    """A combination, what it is called, and what everyone has of it: fen by role, the version before beside it."""

    title: Sentence
    cell: Cell
    before_fen: int | None  # of the farmer under the version before

    @property
    def farmer_fen(self) -> int:
        """What the farmer has."""
        return self.cell.farmer_fen


@dataclass(frozen=True)
class Verdict:
    """Whether a penalty deters, and the sentence that says so and what would."""

    clause: int
    breach: str
    deters: bool
    sentence: str


@dataclass(frozen=True)
class Days:
    """When the money is there, counted from the day a parcel is sent. `way` None: too few parcels have arrived to say.

    `refunds` is the time for refunds in days, begun ones counted; `fast`: most of it comes the day after receipt.
    """

    way: int | None
    refunds: int
    fast: bool

    @property
    def until_all(self) -> int | None:
        """Until everything is there."""
        return None if self.way is None else self.way + self.refunds

    @property
    def until_most(self) -> int | None:
        """Until what is paid fast is there."""
        return None if self.way is None or not self.fast else self.way + 1


def days(version: VersionView, *, now: datetime) -> Days:
    """From how long this cooperative's parcels took of late, and the time for refunds of the terms."""
    return Days(
        way=trade.usual_days(seller_id=version.cooperative_id, now=now),
        refunds=-(-version.terms.after_sale_seconds // DAY),
        fast=fast_payout_of(version) is not None,
    )


def worst(terms: AgreedTerms, month: Month, before: AgreedTerms | None) -> Case:
    """The farmer's worst corner of all combinations."""
    cell = what_if.worst_for_farmer(_grid(terms, month, Axes()))
    return Case(said(cell), cell, _farmer(before, month, cell))


def cases(terms: AgreedTerms, month: Month, before: AgreedTerms | None) -> list[Case]:
    """One thing at a time otherwise than planned, what was planned first."""
    found = []
    for title, changes in CASES:
        cell = _one(terms, month, {**PLANNED, **changes})
        found.append(Case(title, cell, _farmer(before, month, cell)))
    return found


def combinations(terms: AgreedTerms, month: Month) -> list[Cell]:
    """Every combination, the farmer's worst first."""
    return sorted(_grid(terms, month, Axes()), key=lambda cell: cell.farmer_fen)


def roles_of(cells: Iterable[Cell]) -> list[str]:
    """Who has anything in any of them, in the house's order; pools that nobody shared out last."""
    named = {role for cell in cells for role, fen in cell.totals.items() if fen}
    known = [*ROLES, *_OTHERS]
    return [
        *(role for role in known if role in named),
        *sorted(role for role in named if role not in known),
    ]


def role_name(role: str) -> str:
    """What who earns is called."""
    if role in _OTHERS:
        return str(_OTHERS[role])
    return of_role(role) if role.startswith(POOL) else str(role_title(role))


def said(cell: Cell) -> str:
    """A combination in words."""
    return " · ".join(
        f"{axis(name)} {percent(getattr(cell, name))}"
        for name in ("price_bp", "volume_bp", "returned_bp", "unsold_bp")
    )


def chart(found: Sequence[Case]) -> tuple[dict[str, Any], list[list[str]]]:
    """Bars of what everyone has in each case, one on the other, and the figures beneath."""
    roles = roles_of(case.cell for case in found)
    option = {
        "unit": "yuan",
        "legend": {"type": "scroll"},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "inverse": True, "data": [str(case.title) for case in found]},
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": role_name(role),
                "data": [case.cell.totals.get(role, 0) / 100 for case in found],
                "itemStyle": {"opacity": 1 if at < COLOURS else 0.45},  # colours come again after that
            }
            for at, role in enumerate(roles)
        ],
    }
    head = [gettext("If"), *(role_name(role) for role in roles)]
    rows = [[str(case.title), *(yuan(case.cell.totals.get(role, 0)) for role in roles)] for case in found]
    return option, [head, *rows]


def verdicts(terms: AgreedTerms, *, gain_fen: int, detection_bp: int, collection_bp: int) -> list[Verdict]:
    """Does each penalty deter? The bond of who pays it is held, and so collected for certain."""
    bonds = {one.role: one.fen for one in terms.bonds}
    found = []
    for one in terms.penalties:
        check = judged(
            one.fen,
            bond_fen=bonds.get(one.role, 0),
            gain_fen=gain_fen,
            detection_bp=detection_bp,
            collection_bp=collection_bp,
        )
        sentence = check.sentence.in_(get_language() or "")
        found.append(Verdict(one.clause, one.breach, check.deters, sentence))
    return found


def _grid(terms: AgreedTerms, month: Month, axes: Axes) -> tuple[Cell, ...]:
    """Every combination under terms of either kind."""
    lines = [month.line(terms)]
    if terms.composed is not None:
        return what_if.grid(terms.composed, lines, _facts(terms.composed), axes)
    return tuple(
        _shared(terms, lines, price_bp=price, volume_bp=volume, returned_bp=returned, unsold_bp=unsold)
        for price in axes.price_bp
        for volume in axes.volume_bp
        for returned in axes.returned_bp
        for unsold in axes.unsold_bp
    )


def _one(terms: AgreedTerms, month: Month, at: Mapping[str, int]) -> Cell:
    (cell,) = _grid(terms, month, Axes(**{name: (value,) for name, value in at.items()}))
    return cell


def _farmer(before: AgreedTerms | None, month: Month, cell: Cell) -> int | None:
    if before is None or not before.sells(month.product_code):
        return None
    return _one(before, month, {name: getattr(cell, name) for name in PLANNED}).farmer_fen


def _facts(terms: Composed) -> Facts:
    """Of a usual month: all sessions are held; who delivered, served or holds shares is not told apart."""
    held = [one.agreed_sessions for one in terms.period_clauses.values() if isinstance(one, BasePay)]
    return replace(
        Facts(),
        sessions_held=max(held, default=0),
        performance={FARMER: 1},
        shares={HOLDERS: 1},
        points={SERVERS: 1},
    )


def _shared(terms: AgreedTerms, lines: Sequence[Line], **at: int) -> Cell:
    """A combination under terms of a model, which settle line by line."""
    _picked, sold = what_if.sold_lines(lines, **at)
    totals: dict[str, int] = {}
    for line in sold:
        facts = LineFacts(
            order_line_id=line.order_line_id,
            product_code=line.product,
            grade=line.grade,
            packs=line.packs,
            units_per_pack=line.units_per_pack,
            price_fen=line.price_fen,
            refunded_fen=line.refunded_fen,
            parties=ANYONE,
        )
        for share in shares_of(line=facts, terms=terms):
            totals[share.role] = totals.get(share.role, 0) + share.amount_fen
    return Cell(**at, net_fen=sum(line.net_fen for line in sold), totals=totals)
