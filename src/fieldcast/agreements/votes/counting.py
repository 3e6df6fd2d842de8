"""How a vote comes out: plain numbers, the law's thresholds on exact fractions."""

from datetime import datetime
from typing import Final

from fieldcast.agreements.votes.types import Choice, Outcome, Tally

EXTRA_AT_MOST: Final = (1, 5)  # of the members' basic votes, all extra ones together (art. 22)
TAKE_PART: Final = (2, 3)  # of the members, at least (art. 30)
WEIGHTY: Final = (2, 3)  # of all votes, at least; otherwise more than half of them


def extra_at_most(households: int) -> int:
    """How many additional votes there may be beside one for each household."""
    part, of = EXTRA_AT_MOST
    return households * part // of


def enough_take_part(tally: Tally) -> bool:
    """Did two thirds of the members take part?"""
    part, of = TAKE_PART
    return tally.took_part * of >= tally.households * part


def passes(tally: Tally, *, weighty: bool) -> bool:
    """Do enough of all votes, not only of those that were cast, say yes?"""
    yes = tally.votes.get(Choice.YES, 0)
    if weighty:
        part, of = WEIGHTY
        return yes * of >= tally.all_votes * part
    return yes * 2 > tally.all_votes


def outcome(tally: Tally, *, weighty: bool, withdrawn: bool, closes_at: datetime, now: datetime) -> Outcome:
    """How it stands: it ends at its time, or as soon as everybody has said something."""
    if withdrawn:
        return Outcome.WITHDRAWN
    if now < closes_at and tally.took_part < tally.households:
        return Outcome.OPEN
    if not enough_take_part(tally):
        return Outcome.TOO_FEW
    return Outcome.PASSED if passes(tally, weighty=weighty) else Outcome.REJECTED
