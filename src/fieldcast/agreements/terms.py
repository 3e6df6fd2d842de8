"""The terms of an agreement, numbered clause by clause. A `Terms` that exists is valid; it is never changed.

Shares are basis points (10,000 = all), amounts whole fen, times seconds. A statement names the clause that put each
amount there, so the numbers of the clauses are part of the terms.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import BASIS, yuan

GUARANTEE_REBATE = "guarantee_rebate"
MOST_FEN = 1_000_000  # ¥10,000 for a unit or a pack: more is a slip of the pen
CAP_LEAST_BP, CAP_MOST_BP = (
    500,
    800,
)  # cooperatives and farmers bear at most 5–8 % of sales for the cold chain
AFTER_SALE_MOST_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True)
class Clause:
    """A numbered clause, with the terms that it holds."""

    number: int
    title: str | Promise
    terms: tuple[str, ...]


CLAUSES: tuple[Clause, ...] = (
    Clause(1, _("Platform commission"), ("commission_bp", "public_benefit")),
    Clause(2, _("Guaranteed purchase"), ("guarantee_fen",)),
    Clause(3, _("Host pay"), ("host_bp", "host_fixed_fen_per_pack")),
    Clause(4, _("Second rebate"), ("rebate_bp",)),
    Clause(5, _("Delivery"), ("logistics_fen_per_pack",)),
    Clause(6, _("Cold-chain share"), ("cold_chain_bp", "cold_chain_cap_bp")),
    Clause(7, _("Sorting and packing"), ("handling_fen_per_pack",)),
    Clause(8, _("What stays with the cooperative"), ()),
    Clause(9, _("After-sale window"), ("after_sale_seconds",)),
)
_CLAUSE_OF = {term: clause for clause in CLAUSES for term in clause.terms}


class TermsRefused(Problem):
    """A value that a clause cannot have."""

    code = "terms_refused"
    status = 422
    sentence: ClassVar[Sentence] = _("Clause %(clause)s, %(title)s: %(value)s is not possible.")
    next_step: ClassVar[Sentence] = _("Give a value within %(allowed)s.")

    def __init__(self, *, term: str, value: str, allowed: str) -> None:
        clause = _CLAUSE_OF[term]
        super().__init__(clause=clause.number, title=clause.title, term=term, value=value, allowed=allowed)


class TermMissing(Problem):
    """A clause that was not filled in."""

    code = "term_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("Clause %(clause)s, %(title)s, is not filled in.")
    next_step: ClassVar[Sentence] = _("Fill it in; write 0 if there is none.")

    def __init__(self, *, term: str) -> None:
        clause = _CLAUSE_OF[term]
        super().__init__(clause=clause.number, title=clause.title, term=term)


class TermUnknown(Problem):
    """A term, or a model of sharing, that no clause speaks of."""

    code = "term_unknown"
    status = 422
    sentence: ClassVar[Sentence] = _("An agreement has no term called %(term)s.")
    next_step: ClassVar[Sentence] = _("Take it out. These can be agreed: %(known)s.")

    def __init__(self, *, term: str, known: str) -> None:
        super().__init__(term=term, known=known)


class ProductNotAgreed(Problem):
    """The agreement guarantees no price for this product, so it cannot be sold under it."""

    code = "product_not_agreed"
    status = 409
    sentence: ClassVar[Sentence] = _("This agreement guarantees no price for %(product)s.")
    next_step: ClassVar[Sentence] = _("Agree on a price for it, or sell it under another agreement.")

    def __init__(self, *, product: str) -> None:
        super().__init__(product=product)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Guaranteed purchase and second rebate, with everyone else's pay.

    `guarantee_fen`: product code → fen for one lot unit (380 = ¥3.80 a jin). `rebate_bp`: the farmer's part of what
    remains above the guarantee. `commission_bp` and `host_bp`: parts of sales after refunds; `public_benefit` waives
    the commission. `host_fixed_fen_per_pack`, `logistics_fen_per_pack` (to the carrier) and `handling_fen_per_pack` (to
    the cooperative, for sorting and packing): fen for a pack. `cold_chain_bp`: the farmer's share of the delivery, as
    a part of sales, never above `cold_chain_cap_bp`. `after_sale_seconds`: from receipt until the sale is final.

    Raises `TermsRefused` with clause, value and allowed range when a value is impossible.
    """

    guarantee_fen: Mapping[str, int]
    rebate_bp: int
    commission_bp: int = 0
    host_bp: int = 0
    host_fixed_fen_per_pack: int = 0
    logistics_fen_per_pack: int = 0
    handling_fen_per_pack: int = 0
    cold_chain_bp: int = 0
    cold_chain_cap_bp: int = CAP_MOST_BP
    public_benefit: bool = False
    after_sale_seconds: int = 7 * 24 * 3600
    model: str = GUARANTEE_REBATE

    def __post_init__(self) -> None:
        if self.model != GUARANTEE_REBATE:
            raise TermUnknown(term=str(self.model), known=GUARANTEE_REBATE)
        self._check_guarantee()
        if not isinstance(self.public_benefit, bool):
            raise TermsRefused(term="public_benefit", value=str(self.public_benefit), allowed="true, false")
        _check(self, "commission_bp", 0, BASIS, _percent)
        _check(self, "host_bp", 0, BASIS - self.commission_bp, _percent)
        _check(self, "rebate_bp", 0, BASIS, _percent)
        _check(self, "cold_chain_cap_bp", CAP_LEAST_BP, CAP_MOST_BP, _percent)
        _check(self, "cold_chain_bp", 0, self.cold_chain_cap_bp, _percent)
        for term in ("host_fixed_fen_per_pack", "logistics_fen_per_pack", "handling_fen_per_pack"):
            _check(self, term, 0, MOST_FEN, _money)
        _check(self, "after_sale_seconds", 0, AFTER_SALE_MOST_SECONDS, _seconds)

    def _check_guarantee(self) -> None:
        prices = self.guarantee_fen
        if not isinstance(prices, Mapping) or not prices:
            raise TermMissing(term="guarantee_fen")
        for product, fen in prices.items():
            if not isinstance(product, str) or not product:
                raise TermUnknown(term=str(product), known="guarantee_fen")
            _within("guarantee_fen", fen, 1, MOST_FEN, words=_money, of=product)
        object.__setattr__(self, "guarantee_fen", dict(prices))  # the caller's mapping may change later

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Terms":
        """Read terms as `to_json` wrote them, or as a form gives them.

        Raises `TermMissing`, `TermUnknown` or `TermsRefused`, naming clause, value and allowed range.
        """
        known = [field.name for field in fields(cls)]
        for term in data:
            if term not in known:
                raise TermUnknown(term=str(term), known=", ".join(known))
        for term in ("guarantee_fen", "rebate_bp"):
            if term not in data:
                raise TermMissing(term=term)
        return cls(**data)

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `from_json` gives the same terms back."""
        return asdict(self)

    def guarantee_for(self, *, product_code: str) -> int:
        """Fen guaranteed for one lot unit. Raises `ProductNotAgreed`."""
        if product_code not in self.guarantee_fen:
            raise ProductNotAgreed(product=product_code)
        return self.guarantee_fen[product_code]


def clause(number: int) -> Clause:
    """The clause of this number. Raises `KeyError` when there is none."""
    for one in CLAUSES:
        if one.number == number:
            return one
    raise KeyError(number)


def _check(terms: Terms, term: str, least: int, most: int, words: Callable[[int], str]) -> None:
    _within(term, getattr(terms, term), least, most, words=words)


def _within(
    term: str, value: Any, least: int, most: int, *, words: Callable[[int], str], of: str = ""
) -> None:
    allowed = f"{words(least)}–{words(most)}"
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(term, str(value), allowed, of)
    if not least <= value <= most:
        _refuse(term, words(value), allowed, of)


def _refuse(term: str, value: str, allowed: str, of: str) -> NoReturn:
    raise TermsRefused(term=term, value=f"{of} {value}".strip(), allowed=allowed)


def _percent(basis_points: int) -> str:
    return f"{basis_points / 100:g}%"


def _money(fen: int) -> str:
    return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"


def _seconds(count: int) -> str:
    return gettext("%(count)s seconds") % {"count": f"{count:,}"}
