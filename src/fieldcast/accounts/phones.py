"""What a mobile number is."""

import re

MOBILE = re.compile(r"1[3-9]\d{9}")


def normalise_phone(text: str) -> str:
    """A mainland mobile number as 11 digits. Raises `ValueError` for anything else."""
    digits = re.sub(r"[\s\-()]", "", text)
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    if not MOBILE.fullmatch(digits):
        raise ValueError(text)
    return digits
