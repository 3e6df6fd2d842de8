"""Reading shares back: in words, in one line for many, and worked out again from formula and inputs alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext

from fieldcast.agreements.calculation import rounding
from fieldcast.agreements.calculation.known import formula_of
from fieldcast.agreements.clauses.shapes import Inputs, Share, UnknownFormula
from fieldcast.kit.money import yuan


def recompute(share: Share) -> int:
    """The amount in fen that the share's formula gives for its inputs, whatever amount it says.

    Raises `UnknownFormula`, also when an input is missing or is not a number.
    """
    try:
        return formula_of(share.formula).compute(share.inputs)
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        if isinstance(wrong, UnknownFormula):
            raise
        raise UnknownFormula(f"{share.formula}: {wrong!r}") from wrong


def unexplained_fen(shares: Iterable[Share]) -> int:
    """Fen that no formula explains: the sum of |amount − recomputed|, or the whole amount where that is impossible."""
    total = 0
    for share in shares:
        try:
            total += abs(share.amount_fen - recompute(share))
        except UnknownFormula:
            total += abs(share.amount_fen)
    return total


def explain(share: Share, language: str | None = None) -> str:
    """The sentence under an amount, such as `70 箱 × ¥19.00 · 第 2 条`, in `language` or the active one.

    When the share adds up several lines whose rounding shows, the difference is named. Raises `UnknownFormula`.
    """
    formula = formula_of(share.formula)
    with translation.override(language or translation.get_language()):
        words = formula.sentence(share.inputs)
        rounding_fen = rounding.of_lines(share)
        if rounding_fen:
            sign = "+" if rounding_fen > 0 else ""
            words += gettext(", rounded order by order %(fen)s") % {"fen": f"{sign}{yuan(rounding_fen)}"}
        if not share.clause:  # decided, not agreed
            return words
        return gettext("%(words)s · clause %(number)s") % {"words": words, "number": share.clause}


def combine(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Shares of many lines as a statement shows them: one for each party, clause, formula and rate.

    Amounts and quantities are added; the first of each kind keeps its place. The sum of amounts does not change. What
    was rounded line by line may differ by some fen from the formula on the sums, which `explain` says.
    """
    groups: dict[tuple[object, ...], list[Share]] = {}
    for share in shares:
        sums = formula_of(share.formula).sums
        rates = tuple(sorted((name, str(value)) for name, value in share.inputs.items() if not sums(name)))
        key = (share.party, share.role, share.clause, share.kind, share.formula, rates)
        groups.setdefault(key, []).append(share)
    return tuple(_sum(group) for group in groups.values())


def repeated(share: Share, times: int) -> Share:
    """So many shares alike as one, as `combine` would make of them."""
    sums = formula_of(share.formula).sums
    inputs: Inputs = {
        name: int(value) * times if sums(name) else value for name, value in share.inputs.items()
    }
    return replace(share, inputs=inputs, amount_fen=share.amount_fen * times)


def rates_of(share: Share) -> Inputs:
    """The inputs that do not add up: what all lines have in common that `combine` shows as one."""
    sums = formula_of(share.formula).sums
    return {name: value for name, value in share.inputs.items() if not sums(name)}


def _sum(group: Sequence[Share]) -> Share:
    first = group[0]
    sums = formula_of(first.formula).sums
    inputs: Inputs = {
        name: sum(int(share.inputs[name]) for share in group) if sums(name) else value
        for name, value in first.inputs.items()
    }
    return Share(
        party=first.party,
        role=first.role,
        clause=first.clause,
        kind=first.kind,
        formula=first.formula,
        inputs=inputs,
        amount_fen=sum(share.amount_fen for share in group),
    )
