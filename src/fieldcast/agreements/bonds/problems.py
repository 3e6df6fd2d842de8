"""What bonds refuse."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class NoBond(Problem):
    """A party that leaves no bond."""

    code = "no_bond"
    status = 409
    sentence: ClassVar[Sentence] = _("The terms in force name no performance bond of this party.")
    next_step: ClassVar[Sentence] = _("Choose a party and an agreement from the list.")


class BondBound(Problem):
    """A bond that is not free stays."""

    code = "bond_bound"
    status = 409
    sentence: ClassVar[Sentence] = _("¥%(free)s of the performance bond can go back now.")
    next_step: ClassVar[Sentence] = _(
        "The rest is free when the agreement has ended, no case about it is open and nothing is owed."
    )

    def __init__(self, *, free_fen: int) -> None:
        super().__init__(free_fen=free_fen, free=yuan(free_fen))


class NoPenalty(Problem):
    """A clause without a penalty that holds."""

    code = "no_penalty"
    status = 409
    sentence: ClassVar[Sentence] = _("All parties agreed to no penalty in this clause of these terms.")
    next_step: ClassVar[Sentence] = _("Choose a clause from the list.")


class BadDecision(Problem):
    """A decision without a number."""

    code = "bad_decision"
    status = 422
    sentence: ClassVar[Sentence] = _("A decision's number has 2 to 40 characters.")
    next_step: ClassVar[Sentence] = _("Copy it from the decision.")


class DecisionUsed(Problem):
    """The decision was confirmed before, with another amount or under other terms."""

    code = "decision_used"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Decision %(decision)s is confirmed already for this clause: ¥%(amount)s."
    )
    next_step: ClassVar[Sentence] = _("A penalty is taken once. Another breach has a decision of its own.")

    def __init__(self, *, decision: str, amount_fen: int) -> None:
        super().__init__(decision=decision, amount_fen=amount_fen, amount=yuan(amount_fen))


class BadLetter(Problem):
    """Not what a guarantee letter says of itself."""

    code = "bad_letter"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "A guarantee letter names its bank and has a number of 2 to 40 characters."
    )
    next_step: ClassVar[Sentence] = _("Copy both from the letter.")


class LetterOver(Problem):
    """A guarantee letter that has run out."""

    code = "letter_over"
    status = 422
    sentence: ClassVar[Sentence] = _("This guarantee letter is not valid any more.")
    next_step: ClassVar[Sentence] = _("Check the day until which it is valid, or ask for a new letter.")


class LetterKnown(Problem):
    """A guarantee letter that was lodged before, about something else."""

    code = "letter_known"
    status = 409
    sentence: ClassVar[Sentence] = _("Letter %(number)s of this bank is lodged already: ¥%(amount)s.")
    next_step: ClassVar[Sentence] = _("Look at the letter again; each counts once.")

    def __init__(self, *, number: str, amount_fen: int) -> None:
        super().__init__(number=number, amount_fen=amount_fen, amount=yuan(amount_fen))
