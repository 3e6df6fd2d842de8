"""What quality insurance refuses."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class NotAnInsurer(Problem):
    """Only a company of the county insures."""

    code = "not_an_insurer"
    status = 422
    sentence: ClassVar[Sentence] = _("This is not a company that could insure.")
    next_step: ClassVar[Sentence] = _("Choose one from the list, or have it join the county first.")


class PolicyKnown(Problem):
    """An insurer's policy is written down once."""

    code = "policy_known"
    status = 409
    sentence: ClassVar[Sentence] = _("Policy %(number)s of this insurer is written down already.")
    next_step: ClassVar[Sentence] = _("Look at it in the list; a new term has a number of its own.")


class PolicyDays(Problem):
    """It ends before it begins."""

    code = "policy_days"
    status = 422
    sentence: ClassVar[Sentence] = _("A policy ends on the day it begins or later.")
    next_step: ClassVar[Sentence] = _("Check both days against the paper.")


class PolicyUnnamed(Problem):
    """A policy without a number."""

    code = "policy_unnamed"
    status = 422
    sentence: ClassVar[Sentence] = _("A policy has a number of 2 to 40 characters.")
    next_step: ClassVar[Sentence] = _("Copy it from the paper.")


class GoodsUnknown(Problem):
    """A product or lot that the county does not have."""

    code = "goods_unknown"
    status = 422
    sentence: ClassVar[Sentence] = _("The county has no product or lot of this code: %(codes)s.")
    next_step: ClassVar[Sentence] = _("Check the codes; leave the field empty where everything is covered.")


class NotClaimable(Problem):
    """No decided refund that this policy covers."""

    code = "not_claimable"
    status = 409
    sentence: ClassVar[Sentence] = _("This policy covers no such refund, or it was claimed before.")
    next_step: ClassVar[Sentence] = _("Choose one from the list of what can be claimed.")


class ClaimMovedOn(Problem):
    """It was sent, paid or refused before."""

    code = "claim_moved_on"
    status = 409
    sentence: ClassVar[Sentence] = _("This claim stands elsewhere by now.")
    next_step: ClassVar[Sentence] = _("Read how it stands and go on from there.")


class PaysMore(Problem):
    """An insurer pays at most what was claimed."""

    code = "pays_more"
    status = 422
    sentence: ClassVar[Sentence] = _("¥%(claimed)s were claimed; an insurer pays no more than that.")
    next_step: ClassVar[Sentence] = _("Check the amount against the bank's receipt.")

    def __init__(self, *, claimed_fen: int) -> None:
        super().__init__(claimed=yuan(claimed_fen))
