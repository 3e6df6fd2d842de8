"""Money is whole fen in an `int`. Shares are split by largest remainder, so no fen appears or vanishes."""

from collections.abc import Sequence

BASIS = 10_000  # basis points in a whole


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


def yuan(amount_fen: int) -> str:
    """`1234567` as `12,345.67`: for sentences and reports; pages use the `yuan` filter, which adds the sign."""
    sign = "−" if amount_fen < 0 else ""
    whole, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{fen:02d}"


def parse_yuan(text: str) -> int:
    """`"39.8"`, `"¥1,234.50"` as fen. Raises `ValueError` for more than two decimals or anything but a number."""
    plain = text.strip().lstrip("¥￥").replace(",", "")
    whole, _point, fraction = plain.partition(".")
    sign = -1 if whole.startswith("-") else 1
    digits = whole.removeprefix("-")
    fraction = fraction.rstrip("0")
    if (
        not digits.isascii()
        or not digits.isdigit()
        or len(fraction) > 2
        or (fraction and not fraction.isdigit())
    ):
        raise ValueError(f"{text!r} is not an amount in yuan")
    return sign * (int(digits) * 100 + int(fraction.ljust(2, "0") or 0))
