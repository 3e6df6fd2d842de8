"""Names people read aloud: short, without letters that look alike, and impossible to guess from another."""

import secrets
from datetime import datetime

from django.utils import timezone

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def random_code(length: int) -> str:
    """`length` characters of `ALPHABET` from the system's randomness (about 4.95 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def dated_number(prefix: str, now: datetime) -> str:
    """Such as `D261122-7KQ4MX2P`: the local day for people, 39 bits of chance so that none is guessed or collides."""
    return f"{prefix}{timezone.localdate(now):%y%m%d}-{random_code(8)}"
