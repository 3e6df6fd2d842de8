"""Votes in words: how one stands, what was said, and what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.agreements.votes.types import BallotView, Choice, Outcome
from fieldcast.kit.errors import Sentence

OUTCOMES: Final[Mapping[Outcome, tuple[Sentence, str]]] = {
    Outcome.OPEN: (_("open"), "sky"),
    Outcome.PASSED: (_("passed"), "paddy"),
    Outcome.REJECTED: (_("not passed"), "grey"),
    Outcome.TOO_FEW: (_("too few took part"), "wheat"),
    Outcome.WITHDRAWN: (_("called off"), "grey"),
}
CHOICES: Final[Mapping[Choice, Sentence]] = {
    Choice.YES: in_context("vote", "Yes"),
    Choice.NO: in_context("vote", "No"),
    Choice.ABSTAIN: in_context("vote", "Abstain"),
}


@dataclass(frozen=True)
class VoteShown:
    """A vote as it is shown. While it is open nobody sees how others said, only how many took part."""

    ballot: BallotView
    mine: Choice | None = None

    @property
    def label(self) -> Sentence:
        """How it stands."""
        return OUTCOMES[self.ballot.outcome][0]

    @property
    def tone(self) -> str:
        """The colour of its chip."""
        return OUTCOMES[self.ballot.outcome][1]

    @property
    def counted(self) -> list[tuple[Sentence, int]]:
        """Votes by what was said, once it is over."""
        over = self.ballot.outcome in (Outcome.PASSED, Outcome.REJECTED, Outcome.TOO_FEW)
        return [(CHOICES[choice], self.ballot.tally.votes[choice]) for choice in Choice] if over else []

    @property
    def said(self) -> Sentence:
        """What the reader's household said."""
        return CHOICES[self.mine] if self.mine else ""
