"""What cannot be agreed, in words that name the clause."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class TermsRefused(Problem):
    """A value that a clause cannot have."""

    code = "terms_refused"
    status = 422
    sentence: ClassVar[Sentence] = _("Clause %(clause)s, %(title)s: %(value)s is not possible.")
    next_step: ClassVar[Sentence] = _("Give a value within %(allowed)s.")

    def __init__(self, *, clause: int, title: Sentence, term: str, value: str, allowed: str) -> None:
        super().__init__(clause=clause, title=title, term=term, value=value, allowed=allowed)


class TermMissing(Problem):
    """A clause that was not filled in."""

    code = "term_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("Clause %(clause)s, %(title)s, is not filled in.")
    next_step: ClassVar[Sentence] = _("Fill it in; write 0 if there is none.")

    def __init__(self, *, clause: int, title: Sentence, term: str) -> None:
        super().__init__(clause=clause, title=title, term=term)


class TermUnknown(Problem):
    """A term, or a model of sharing, that no clause speaks of."""

    code = "term_unknown"
    status = 422
    sentence: ClassVar[Sentence] = _("An agreement has no term called %(term)s.")
    next_step: ClassVar[Sentence] = _("Take it out. These can be agreed: %(known)s.")

    def __init__(self, *, term: str, known: str) -> None:
        super().__init__(term=term, known=known)


class ProductNotAgreed(Problem):
    """The agreement guarantees no price for this product, so it cannot be sold under it."""

    code = "product_not_agreed"
    status = 409
    sentence: ClassVar[Sentence] = _("This agreement guarantees no price for %(product)s.")
    next_step: ClassVar[Sentence] = _("Agree on a price for it, or sell it under another agreement.")

    def __init__(self, *, product: str) -> None:
        super().__init__(product=product)


class CommissionTooHigh(Problem):
    """The platform would take more than the county has published as its ceiling."""

    code = "commission_too_high"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "The platform would take %(wanted)s of sales; the county's published ceiling is %(ceiling)s."
    )
    next_step: ClassVar[Sentence] = _("Agree on %(ceiling)s or less, or on a public-benefit session.")

    def __init__(self, *, wanted_bp: int, ceiling_bp: int) -> None:
        super().__init__(
            wanted_bp=wanted_bp, ceiling_bp=ceiling_bp, wanted=percent(wanted_bp), ceiling=percent(ceiling_bp)
        )


class CeilingImpossible(Problem):
    """A ceiling that is no part of sales."""

    code = "ceiling_impossible"
    status = 422
    sentence: ClassVar[Sentence] = _("A ceiling is between 0% and 100% of sales.")
    next_step: ClassVar[Sentence] = _("Give the part that the county published.")


class BasisUnsettled(Problem):
    """A clause is reckoned on something larger than an order line, which nobody settles yet."""

    code = "basis_unsettled"
    status = 422
    sentence: ClassVar[Sentence] = _(
        "Clause %(clause)s, %(title)s, is reckoned on a whole %(basis)s, and only order lines are settled so far."
    )
    next_step: ClassVar[Sentence] = _("Agree on it for each order line, or leave the clause out.")

    def __init__(self, *, clause: int, title: Sentence, basis: Sentence) -> None:
        super().__init__(clause=clause, title=title, basis=basis)


class GuaranteeJumps(Problem):
    """A guaranteed price more than a third from the last one, which nobody has looked at again."""

    code = "guarantee_jumps"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "%(product)s was guaranteed at ¥%(before)s, and ¥%(after)s is more than a third away from it."
    )
    next_step: ClassVar[Sentence] = _("Look at it again. If it is right, say so and send it once more.")

    def __init__(self, *, product: str, before_fen: int, after_fen: int) -> None:
        super().__init__(
            product=product,
            before_fen=before_fen,
            after_fen=after_fen,
            before=yuan(before_fen),
            after=yuan(after_fen),
        )


class NotAParty(Problem):
    """The organisation has no part in the agreement."""

    code = "not_a_party"
    status = 409
    sentence: ClassVar[Sentence] = _("Your organisation is not a party to this agreement.")
    next_step: ClassVar[Sentence] = _("Ask the cooperative to name you in it.")


class AgreementEnded(Problem):
    """Nothing new is sold under an ended agreement."""

    code = "agreement_ended"
    status = 409
    sentence: ClassVar[Sentence] = _("This agreement has ended.")
    next_step: ClassVar[Sentence] = _("Choose one that is in force, or make a new one.")


class AgreementNotBegun(Problem):
    """Nothing is sold under an agreement before its first day."""

    code = "agreement_not_begun"
    status = 409
    sentence: ClassVar[Sentence] = _("This agreement holds from %(day)s on.")
    next_step: ClassVar[Sentence] = _("Sell under it from that day on, or agree on an earlier one.")


class VersionChanged(Problem):
    """What was to be signed is not what stands: the terms changed while they were read."""

    code = "version_changed"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "The terms changed while they were being signed: version %(version)s stands now."
    )
    next_step: ClassVar[Sentence] = _("Read what is different in it, then sign that.")


class SignsForBoth(Problem):
    """One person would sign for two sides."""

    code = "signs_for_both"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "You have signed this version for another party, and nobody agrees with themselves."
    )
    next_step: ClassVar[Sentence] = _("Another owner or manager of this party has to sign.")


class ConcernNotAccepted(Problem):
    """Terms that hurt whoever signs, which they have not accepted in so many words."""

    code = "concern_not_accepted"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Clause %(clause)s, %(title)s (%(value)s), is to your side's harm. %(would)s"
    )
    next_step: ClassVar[Sentence] = _("Have the clause changed, or tick that you accept it, and sign again.")


class NotOnPaper(Problem):
    """A signature on paper of somebody who is no household."""

    code = "not_on_paper"
    status = 409
    sentence: ClassVar[Sentence] = _("Only a household's signature may be entered from a sheet of paper.")
    next_step: ClassVar[Sentence] = _("Every other party signs by its own person.")


class SheetUsed(Problem):
    """A picture of a signed sheet that stands for a signature already."""

    code = "sheet_used"
    status = 409
    sentence: ClassVar[Sentence] = _("This very picture stands for the signature of %(name)s already.")
    next_step: ClassVar[Sentence] = _("Photograph the sheet that this household signed.")


class NoticeTooShort(Problem):
    """Notice for a day before the agreed time of notice is over."""

    code = "notice_too_short"
    status = 422
    sentence: ClassVar[Sentence] = _("Days of notice before the end: %(days)s at least.")
    next_step: ClassVar[Sentence] = _("Choose %(day)s or a later day.")


class NoticeStands(Problem):
    """A party has given notice for another day."""

    code = "notice_stands"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Your organisation has given notice already: the agreement ends on %(day)s."
    )
    next_step: ClassVar[Sentence] = _("Agree with the others on a new agreement, if it is to go on.")
