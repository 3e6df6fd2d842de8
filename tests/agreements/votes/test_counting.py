"""How a vote comes out, beside the law's words: more than half of all votes, two thirds of the members taking part."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.agreements.votes.counting import extra_at_most, outcome
from fieldcast.agreements.votes.types import Choice, Outcome, Tally
from tests.factories.accounts import NOW


def tally(yes: int, no: int = 0, abstain: int = 0, *, households: int = 9, extra: int = 0) -> Tally:
    votes = {Choice.YES: yes, Choice.NO: no, Choice.ABSTAIN: abstain}
    return Tally(
        votes=votes,
        took_part=min(households, yes + no + abstain),
        households=households,
        all_votes=households + extra,
        from_minutes=0,
    )


@pytest.mark.parametrize(
    ("said", "weighty", "expected"),
    [
        (tally(5, 1), False, Outcome.PASSED),
        (tally(5, 0), False, Outcome.TOO_FEW),  # five of nine took part, two thirds are six
        (tally(4, 1, 1), False, Outcome.REJECTED),  # more than who said no, but not more than half of all
        (tally(4, 4, households=8), False, Outcome.REJECTED),  # half is not more than half
        (tally(5, 4), True, Outcome.REJECTED),
        (tally(6, 3), True, Outcome.PASSED),  # exactly two thirds
        (tally(6, 0, households=9, extra=1), True, Outcome.REJECTED),  # of ten votes two thirds are seven
        (tally(1, households=1), False, Outcome.PASSED),
    ],
)
def test_the_thresholds_of_the_law(said: Tally, weighty: bool, expected: Outcome) -> None:
    closes = NOW + timedelta(days=1)
    asked: dict[str, Any] = {"weighty": weighty, "withdrawn": False, "closes_at": closes}
    assert outcome(said, **asked, now=closes) is expected
    early = outcome(said, **asked, now=NOW)
    assert early is (expected if said.took_part == said.households else Outcome.OPEN)


def test_additional_votes_are_a_fifth_at_most() -> None:
    assert [extra_at_most(members) for members in (1, 4, 5, 9, 10, 60)] == [0, 0, 1, 1, 2, 12]
