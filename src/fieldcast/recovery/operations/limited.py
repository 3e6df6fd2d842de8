"""How often one may look somebody up, try a code, ask for one: counted before anything is looked at."""

import math
from datetime import datetime, timedelta
from typing import Final

from fieldcast.accounts import limits
from fieldcast.accounts.limits import Rate
from fieldcast.kit.errors import Problem
from fieldcast.kit.fields import blind_index
from fieldcast.recovery.problems import TooManyCodes

LOOK_UPS: Final = Rate("people looked up at a centre", 30, timedelta(hours=1))
TRIES_AT_NUMBER: Final = Rate("reset code, number and address", 10, timedelta(minutes=15))
TRIES_OF_ADDRESS: Final = Rate("reset code, address", 60, timedelta(minutes=10))
# Whoever asks for another's number spends what is theirs, not the owner's. All strangers together are bounded, so that
# nobody's phone rings all night; where the number signed in before they change nothing.
ASKS_AT_PLACE: Final = Rate("code by phone, number and address", 3, timedelta(hours=1))
ASKS_OF_STRANGERS: Final = Rate("code by phone, number", 12, timedelta(hours=1))
# a carrier puts some hundred phones behind one address
ASKS_OF_ADDRESS: Final = Rate("code by phone, address", 30, timedelta(hours=1))


def count(rate: Rate, *, who: str, now: datetime, refusal: type[Problem] = TooManyCodes) -> None:
    """Count one. Raises `refusal`, saying how long to wait, when it was one too many."""
    spent = limits.spend(rate=rate, who=who, now=now)
    if not spent.granted:
        seconds = spent.wait(now)
        raise refusal(minutes=math.ceil(seconds / 60), seconds=seconds)


def number(phone: str) -> str:
    """A number as it is counted."""
    return blind_index(phone)
