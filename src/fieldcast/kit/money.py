"""Money is whole fen in an `int`. Shares are split by largest remainder, so no fen appears or vanishes."""

import re
from collections.abc import Sequence
from enum import StrEnum

BASIS = 10_000  # basis points in a whole
_NARROW = str.maketrans("０１２３４５６７８９．。，￥－−", "0123456789..,¥--")
_AMOUNT = re.compile(
    r"(?P<sign>-?)¥?\s*(?P<whole>\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(?P<fraction>\d{0,12}))?\s*元?",
    re.ASCII,
)
_WITH_COMMAS = re.compile(r"-?¥?\s*[\d.]*\d,[\d.,]*\s*元?", re.ASCII)


def split_fen(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """Split `amount_fen` by whole-number `weights`; the parts sum to the amount exactly.

    Largest remainder (Hamilton's method): each part is its share rounded down, and the fen left over go to the
    largest fractions, the earlier part first where they tie. A negative amount is split as its mirror image.
    Raises `ValueError` when there is no positive weight or one is negative.
    """
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be zero or more, and one of them positive")
    sign = -1 if amount_fen < 0 else 1
    shares = [divmod(abs(amount_fen) * weight, total) for weight in weights]
    parts = [whole for whole, _ in shares]
    order = sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))
    for i in order[: abs(amount_fen) - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def share_fen(amount_fen: int, basis_points: int) -> int:
    """The part of `amount_fen` that `basis_points` (10,000 = all) makes, by largest remainder against the rest.

    Half a fen goes to the share. Raises `ValueError` outside 0..10,000.
    """
    return split_fen(amount_fen, [basis_points, BASIS - basis_points])[0]


def jumps(before_fen: int, after_fen: int) -> bool:
    """Does a price move by more than a third? Such a change is asked about once more before it is taken."""
    return 3 * abs(after_fen - before_fen) > before_fen


def yuan(amount_fen: int) -> str:
    """`1234567` as `12,345.67`: for sentences and reports; pages use the `yuan` filter, which adds the sign."""
    sign = "−" if amount_fen < 0 else ""
    whole, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{fen:02d}"


class NotYuan(ValueError):
    """The text is no amount in yuan. `slip` says what was probably meant, where it can be known."""

    def __init__(self, text: str, slip: "Slip | None") -> None:
        super().__init__(f"{text!r} is not an amount in yuan")
        self.slip = slip


class Slip(StrEnum):
    """How an amount is commonly written wrong."""

    COMMA = "comma"  # 6,95: a decimal comma, or thousands in groups of another size
    DECIMALS = "decimals"  # 1.234


def parse_yuan(text: str) -> int:
    """`"39.8"`, `"¥1,234.50"`, `"１２元"` as fen: the one way in which the house reads money that people wrote.

    Full-width digits and signs are those of a Chinese keyboard. A comma only parts thousands, in threes: `6,95` is
    somebody's 6.95 and would be a hundred times that. Raises `NotYuan` for it, for more than two decimals and for
    anything but an amount.
    """
    plain = text.translate(_NARROW).strip()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise NotYuan(text, Slip.COMMA if _WITH_COMMAS.fullmatch(plain) else None)
    fraction = (found["fraction"] or "").rstrip("0")
    if len(fraction) > len("00"):
        raise NotYuan(text, Slip.DECIMALS)
    fen = int(found["whole"].replace(",", "")) * 100 + int(fraction.ljust(2, "0"))
    return -fen if found["sign"] else fen
