"""What a mobile number is."""

import re
import unicodedata

from fieldcast.kit.said import plain_digits, said

MOBILE = re.compile(r"1[3-9][0-9]{9}")
BETWEEN = re.compile(
    r"[\s()\-\u2010-\u2015\u2212]"
)  # how people group its digits; NFKC makes other dashes these


def normalise_phone(text: str) -> str:
    """A mainland mobile number as 11 digits, in whatever script and with whatever marks it was pasted.

    Raises `ValueError` for anything else.
    """
    digits = BETWEEN.sub("", plain_digits(unicodedata.normalize("NFKC", said(text))))
    digits = re.sub(r"^(\+|00)?86(?=1[0-9]{10}$)", "", digits)
    if not MOBILE.fullmatch(digits):
        raise ValueError(text)
    return digits
