"""Composed terms as the house reads terms: what they sell, what they guarantee, who must sign, what each line gives."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import gettext

from fieldcast.agreements.agreed import AgreedTerms, ClauseWords, Price
from fieldcast.agreements.bonds.types import BondTerm, PenaltyTerm
from fieldcast.agreements.clauses.interface import InShort
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.shapes import Share as PartyShare
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.explaining import PREFIX
from fieldcast.agreements.composed.line.guarantee import Guarantee
from fieldcast.agreements.composed.line.per_pack import PerPack
from fieldcast.agreements.composed.line.rebate import Rebate
from fieldcast.agreements.composed.line.share_of_sales import ShareOfSales
from fieldcast.agreements.composed.line.split import Split
from fieldcast.agreements.composed.promise.bond import Bond
from fieldcast.agreements.composed.promise.damage import Damage
from fieldcast.agreements.composed.promise.penalty import Penalty
from fieldcast.agreements.composed.promise.validity import Validity
from fieldcast.agreements.composed.reading import read_terms
from fieldcast.agreements.composed.rounding import paired
from fieldcast.agreements.composed.shapes import FARMER, NOBODYS, POOL, Composed, Line, LineClause
from fieldcast.agreements.composed.working import line_shares
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, PLATFORM
from fieldcast.kit.errors import Sentence

ALWAYS = (COOPERATIVE.name, HOST.name, CARRIER.name)
WEIGHTS = ("weights", "bearers")
_Kind = TypeVar("_Kind", bound=LineClause)


class ComposedTerms(AgreedTerms):
    """Terms whose clauses are `composed`, and `kept` as the JSON that is stored."""

    def __init__(self, *, kept: Mapping[str, Any], composed: Composed) -> None:
        self._kept, self._composed = kept, composed

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ComposedTerms":
        """Terms from their JSON. Raises `TermMissing`, `TermUnknown` or `TermsRefused`."""
        return cls(kept=_as_kept(data), composed=read_terms(data))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ComposedTerms) and self._kept == other._kept

    def __hash__(self) -> int:
        return hash(repr(self._kept))

    @property
    def composed(self) -> Composed:
        """The clauses."""
        return self._composed

    def to_json(self) -> dict[str, Any]:
        """As they were written, with weights as pairs, because the database keeps no order of an object's names."""
        return dict(self._kept)

    @cached_property
    def roles(self) -> Mapping[str, int]:
        """Those of every sale, and every other that a clause names."""
        found = dict.fromkeys(ALWAYS, 0)
        for number, clause in self.composed.clauses.items():
            for role in clause.roles:
                if role not in NOBODYS and not role.startswith(POOL):
                    found.setdefault(role, number)
        return found

    @cached_property
    def pools(self) -> tuple[str, ...]:
        """Every `pool:NAME` that a clause of the line fills."""
        named = (role for one in self.composed.line_clauses.values() for role in one.roles)
        return tuple(dict.fromkeys(role for role in named if role.startswith(POOL)))

    @property
    def after_sale_seconds(self) -> int:
        """As it was written."""
        return self.composed.after_sale_seconds

    @property
    def public_benefit(self) -> bool:
        """As it was written."""
        return self.composed.public_benefit

    @property
    def commission_bp(self) -> int:
        """Of all clauses that give the platform a part of sales."""
        if self.public_benefit:
            return 0
        return sum(one.rate_bp for one in self._of(ShareOfSales) if one.to == PLATFORM.name)

    @property
    def pack_fees_fen(self) -> int:
        """What is paid for each pack."""
        return sum(one.fen for one in self._of(PerPack))

    @property
    def rounded_amounts(self) -> int:
        """Of every clause but the last, at most."""
        return len(self.composed.line_clauses) - 1

    def damage_bp(self, damaged: int, units: int) -> int | None:
        """By the steps, where some are agreed."""
        steps = (one for one in self.composed.promise_clauses.values() if isinstance(one, Damage))
        return next((one.refund_bp(damaged, units) for one in steps), None)

    @property
    def bonds(self) -> tuple[BondTerm, ...]:
        """One a party at most."""
        return tuple(
            BondTerm(role=one.giver, fen=one.fen, payout_bp=one.payout_bp, clause=number)
            for number, one in self.composed.promise_clauses.items()
            if isinstance(one, Bond)
        )

    @property
    def penalties(self) -> tuple[PenaltyTerm, ...]:
        """In the order in which they are written."""
        return tuple(
            PenaltyTerm(
                role=one.giver,
                to=one.to,
                breach=one.breach,
                fen=one.fen,
                clause=number,
                gain_fen=one.gain_fen,
                detection_bp=one.detection_bp,
            )
            for number, one in self.composed.promise_clauses.items()
            if isinstance(one, Penalty)
        )

    @property
    def validity(self) -> Validity | None:
        """Its clause about that."""
        found = (one for one in self.composed.promise_clauses.values() if isinstance(one, Validity))
        return next(found, None)

    def sells(self, product_code: str, grade: str | None = None) -> bool:
        """Everything where nothing is guaranteed; else what each guarantee has a price for."""
        return all(_price_of(one, product_code, grade) is not None for one in self._of(Guarantee))

    def unit_floor_fen(self, product_code: str, grade: str | None) -> int:
        """What all guarantees to the farmer come to."""
        found = [_price_of(one, product_code, grade) or 0 for one in self._of(Guarantee) if one.to == FARMER]
        return sum(found)

    def prices(self) -> tuple[tuple[int, Sentence, tuple[Price, ...]], ...]:
        """Those of the guarantees."""
        return tuple(
            (number, one.title, _prices(one))
            for number, one in self.composed.line_clauses.items()
            if isinstance(one, Guarantee)
        )

    def pays(self, role: str) -> bool:
        """Does a clause of the line or the period name it as who gets something?"""
        paid = any(one.to == role and one.fen for one in self._of(PerPack))
        paid = paid or any(one.to == role and one.rate_bp for one in self._of(ShareOfSales))
        paid = paid or any(one.weights.get(role) for one in self._of(Split))
        period = self.composed.period_clauses.values()
        return paid or any(getattr(one, "to", "") == role for one in period)

    def promises(self, role: str) -> str:
        """Parts of sales and sums for each pack."""
        parts = [
            percent(one.rate_bp)
            for one in self._of(ShareOfSales)
            if one.to == role and not self._waived(role)
        ]
        packs = [
            gettext("%(fen)s a box") % {"fen": money(one.fen)} for one in self._of(PerPack) if one.to == role
        ]
        return " + ".join([*parts, *packs])

    def in_words(self) -> tuple[ClauseWords, ...]:
        """Line clauses, period clauses, promises."""
        return tuple(
            ClauseWords(number, one.title, one.says(), _prices(one) if isinstance(one, Guarantee) else ())
            for number, one in self.composed.clauses.items()
        )

    def in_short(self) -> tuple[InShort, ...]:
        """What the farmer has of what is left, and what the platform takes."""
        found = [
            InShort(gettext("rebate %(part)s") % {"part": percent(one.rate_bp)})
            for one in self._of(Rebate)
            if one.to == FARMER
        ]
        if self.public_benefit:
            return (*found, InShort(gettext("Public benefit")))
        return (*found, InShort(gettext("platform %(part)s") % {"part": percent(self.commission_bp)}, "grey"))

    def shares(self, line: LineFacts) -> tuple[PartyShare, ...]:
        """In the order of the clauses, each with the product that it is about."""
        facts = Line(
            order_line_id=line.order_line_id,
            packs=line.packs,
            units_per_pack=line.units_per_pack,
            price_fen=line.price_fen,
            refunded_fen=line.refunded_fen,
            product=line.product_code,
            grade=line.grade,
        )
        return tuple(
            PartyShare(
                party=line.parties.of(one.role),
                role=one.role,
                clause=one.clause,
                kind=PREFIX + self.composed.line_clauses[one.clause].kind,
                formula=PREFIX + one.formula,
                inputs={"product": line.product_code, **one.inputs},
                amount_fen=one.amount_fen,
            )
            for one in line_shares(self.composed, facts)
        )

    def must_be_settled(self) -> None:
        """Every clause is: lines as they finish, the period on its own sheet."""

    def _of(self, kind: type[_Kind]) -> list[_Kind]:
        return [one for one in self.composed.line_clauses.values() if isinstance(one, kind)]

    def _waived(self, role: str) -> bool:
        return role == PLATFORM.name and self.public_benefit


def _price_of(one: Guarantee, product_code: str, grade: str | None) -> int | None:
    grades = one.price_fen.get(product_code)
    if not grades:
        return None
    if grade is None:
        return max(grades.values())
    return grades.get(grade, grades.get(""))


def _prices(one: Guarantee) -> tuple[Price, ...]:
    return tuple(
        Price(product, grade, fen)
        for product, grades in one.price_fen.items()
        for grade, fen in grades.items()
    )


def _as_kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same terms in JSON that loses nothing in the database."""

    def clause(row: Any) -> Any:
        if not isinstance(row, Mapping):
            return row
        return {
            key: paired(value) if key in WEIGHTS and isinstance(value, Mapping) else value
            for key, value in row.items()
        }

    return {
        key: [clause(row) for row in value] if isinstance(value, list) else value
        for key, value in data.items()
    }
