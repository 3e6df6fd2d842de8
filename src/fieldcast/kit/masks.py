"""Personal data as those see it who need to tell people apart and no more."""

FEWEST = 9  # digits a number must have for seven of them to say little


def masked_phone(number: str) -> str:
    """`+8613812345678` as `138****5678`: enough to recognise, not enough to call. A short number is hidden whole."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= FEWEST else "****"
