"""What whoever it hurts must accept in so many words before signing: a penalty that does not deter, a line on which a
farmer goes below zero.

A penalty is judged once the parties have said what its breach would bring. Where nobody has said how many are found it
is judged as if all were: one that does not deter even then deters nobody. The bond of who pays is held, so collected
for certain; what it does not cover is taken from payouts.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, gettext

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.bonds.types import PenaltyTerm
from fieldcast.agreements.clauses.words import money
from fieldcast.agreements.composed.line.borne import Borne
from fieldcast.agreements.composed.line.guarantee import Guarantee
from fieldcast.agreements.composed.shapes import FARMER, Composed, Line
from fieldcast.agreements.composed.working import line_shares
from fieldcast.agreements.roles import COOPERATIVE
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS

if TYPE_CHECKING:
    from fieldcast.science.games.design import ContractCheck

TRIED_FEN: Final = (100, 1_000, 10_000, 100_000)  # prices of a box


class Why(StrEnum):
    """Why something has to be accepted."""

    NO_DETERRENCE = "no_deterrence"
    BELOW_ZERO = "below_zero"


@dataclass(frozen=True)
class Concern:
    """A clause, what is wrong with it, and whom it hurts. `sentence` says that and what would do, in words."""

    clause: int
    title: Sentence
    why: Why
    hurt: str
    value: str
    sentence: str

    @property
    def key(self) -> str:
        """Its name in a form and in the API."""
        return f"{self.clause}.{self.why.value}"


def concerns(terms: AgreedTerms) -> tuple[Concern, ...]:
    """Every concern of terms, in the order of their clauses."""
    composed = terms.composed
    if composed is None:
        return ()
    found = [*_below_zero(composed), *_not_deterring(terms, composed)]
    return tuple(sorted(found, key=lambda one: one.clause))


def concerns_of(version: VersionView, *, organisation_id: int) -> tuple[Concern, ...]:
    """Those that hurt a party; what hurts farmers hurts a household that signs, and the cooperative they belong to."""
    mine = {role for role, party in version.parties.items() if party == organisation_id}
    if not mine or COOPERATIVE.name in mine:  # a household that is no party stands where the goods come from
        mine = mine | {FARMER}
    return tuple(one for one in concerns(version.terms) if one.hurt in mine)


def judged(
    penalty_fen: int, *, bond_fen: int, gain_fen: int, detection_bp: int = BASIS, collection_bp: int = BASIS
) -> "ContractCheck":
    """Does a penalty deter?"""
    from fieldcast.science.games.design import Terms as Promise  # noqa: PLC0415 — scipy, for those who judge alone
    from fieldcast.science.games.design import contract_check  # noqa: PLC0415

    return contract_check(
        Promise(
            gain=gain_fen / 100,
            penalty=penalty_fen / 100,
            deposit=bond_fen / 100,
            collection=collection_bp / BASIS,
            detection=detection_bp / BASIS,
        ),
        currency="¥",
    )


def judgement(terms: AgreedTerms, term: PenaltyTerm) -> "ContractCheck | None":
    """The judgement of a penalty by what its parties have said; None where they have not said what a breach brings."""
    if term.gain_fen is None:
        return None
    bonds = {one.role: one.fen for one in terms.bonds}
    found_bp = BASIS if term.detection_bp is None else term.detection_bp
    return judged(term.fen, bond_fen=bonds.get(term.role, 0), gain_fen=term.gain_fen, detection_bp=found_bp)


def deterrence(terms: AgreedTerms) -> tuple[tuple[PenaltyTerm, "ContractCheck | None", str], ...]:
    """Each penalty with its judgement and the sentence that says it in the active language."""
    found = []
    for term in terms.penalties:
        check = judgement(terms, term)
        said = (
            check.sentence.in_(get_language() or "")
            if check
            else gettext("Nobody has said what a breach would bring, so whether this deters is not known.")
        )
        found.append((term, check, said))
    return tuple(found)


def _not_deterring(terms: AgreedTerms, composed: Composed) -> list[Concern]:
    return [
        Concern(
            clause=term.clause,
            title=composed.promise_clauses[term.clause].title,
            why=Why.NO_DETERRENCE,
            hurt=term.to,
            value=money(term.fen),
            sentence=said,
        )
        for term, check, said in deterrence(terms)
        if check is not None and not check.deters
    ]


def _below_zero(composed: Composed) -> list[Concern]:
    """A farmer bears something and nothing is guaranteed: then a box may cost them money."""
    lines = composed.line_clauses
    if any(isinstance(one, Guarantee) and one.to == FARMER for one in lines.values()):
        return []
    bears = [number for number, one in lines.items() if isinstance(one, Borne) and one.giver == FARMER]
    worst = _worst_box(composed) if bears else None
    if worst is None:
        return []
    price_fen, farmer_fen = worst
    words = gettext(
        "Of a box sold at %(price)s the farmer has %(left)s: less than nothing. "
        "A guaranteed price would do, or taking the clause out."
    )
    said = words % {"price": money(price_fen), "left": money(farmer_fen)}
    return [
        Concern(
            clause=number,
            title=lines[number].title,
            why=Why.BELOW_ZERO,
            hurt=FARMER,
            value=money(farmer_fen),
            sentence=said,
        )
        for number in bears
    ]


def _worst_box(composed: Composed) -> tuple[int, int] | None:
    """The price of a box, paid or given back, at which the farmer has least, where that is below zero."""
    product, grade = _some_goods(composed)
    box = Line(
        order_line_id=1, packs=1, units_per_pack=1, price_fen=1, refunded_fen=0, product=product, grade=grade
    )
    found = []
    for price_fen in TRIED_FEN:
        for refunded_fen in (0, price_fen // 2, price_fen):
            line = replace(box, price_fen=price_fen, refunded_fen=refunded_fen)
            shares = line_shares(composed, line)
            found.append((sum(one.amount_fen for one in shares if one.role == FARMER), price_fen))
    least_fen, price_fen = min(found)
    return (price_fen, least_fen) if least_fen < 0 else None


def _some_goods(composed: Composed) -> tuple[str, str]:
    """A product and grade that may be sold: those of a guarantee, where somebody else than the farmer has one."""
    for one in composed.line_clauses.values():
        if isinstance(one, Guarantee):
            product, grades = next(iter(one.price_fen.items()))
            return product, next(iter(grades))
    return "", ""
