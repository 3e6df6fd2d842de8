"""What is refused about offers and the sessions that make them."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.agreements.calculation import PackSum
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan


class OfferClosed(Problem):
    """The offer sells no more."""

    code = "offer_closed"
    status = 409
    sentence: ClassVar[Sentence] = _("This is no longer on sale.")
    next_step: ClassVar[Sentence] = _("Look at what else this session offers.")


class LotStopped(Problem):
    """The lot's sale was stopped, or all of it is done with."""

    code = "lot_stopped"
    status = 409
    sentence: ClassVar[Sentence] = _("The sale of this lot has been stopped.")
    next_step: ClassVar[Sentence] = _("Choose another lot; its page says what happened to this one.")


class BadOffer(Problem):
    """A figure an offer cannot have."""

    code = "bad_offer"
    sentence: ClassVar[Sentence] = _("%(what)s must be from %(least)s to %(most)s.")
    next_step: ClassVar[Sentence] = _("Correct it and try again.")


class OfferUntitled(Problem):
    """An offer without a name, or with one that does not fit the card."""

    code = "offer_untitled"
    sentence: ClassVar[Sentence] = _("A product name has 1 to %(most)s characters.")
    next_step: ClassVar[Sentence] = _("Give it a short name, such as “Yellow peaches, box of 5 jin”.")


class WrongAgreement(Problem):
    """The agreement is between other parties than the session's."""

    code = "wrong_agreement"
    status = 409
    sentence: ClassVar[Sentence] = _("This agreement is not between this session's cooperative and host.")
    next_step: ClassVar[Sentence] = _("Choose the agreement under which this session sells.")


class TermsNotAgreed(Problem):
    """A party has not agreed to the terms that something would be sold under."""

    code = "terms_not_agreed"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "%(name)s has not agreed to the terms yet, so nothing may be sold under them."
    )
    next_step: ClassVar[Sentence] = _("Its owner or manager agrees on the agreement's page; then go on here.")


class BelowDeductions(Problem):
    """A price below what is promised from it, which nobody of the cooperative has said they cover."""

    code = "below_deductions"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "A pack of “%(title)s” sells for ¥%(price)s, and ¥%(deductions)s of it are promised to others: "
        "¥%(shortfall)s are missing for each pack, ¥%(total)s for %(packs)s packs."
    )
    next_step: ClassVar[Sentence] = _(
        "Raise the price, or let an owner or manager of the cooperative tick that it covers the difference."
    )

    def __init__(self, found: PackSum, *, title: str, packs: int) -> None:
        total_fen = found.shortfall_fen * packs
        super().__init__(
            title=title,
            packs=f"{packs:,}",
            price_fen=found.price_fen,
            deductions_fen=found.deductions_fen,
            shortfall_fen=found.shortfall_fen,
            total_fen=total_fen,
            price=yuan(found.price_fen),
            deductions=yuan(found.deductions_fen),
            shortfall=yuan(found.shortfall_fen),
            total=yuan(total_fen),
        )


class PriceJumps(Problem):
    """A price more than a third from the last one, which nobody has looked at again."""

    code = "price_jumps"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "As much was last offered for ¥%(last)s, and ¥%(price)s is more than a third away from it."
    )
    next_step: ClassVar[Sentence] = _("Look at it again. If it is right, say so and send it once more.")

    def __init__(self, *, last_fen: int, price_fen: int) -> None:
        super().__init__(last_fen=last_fen, price_fen=price_fen, last=yuan(last_fen), price=yuan(price_fen))


class CoverNotYours(Problem):
    """Only the cooperative promises in its own name."""

    code = "cover_not_yours"
    status = 403
    sentence: ClassVar[Sentence] = _(
        "Only an owner or manager of the cooperative can promise that it covers the difference."
    )
    next_step: ClassVar[Sentence] = _("Ask them to do it, or raise the price.")


class CoverTooSmall(Problem):
    """More is pledged than stands behind it."""

    code = "cover_too_small"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "That pledges ¥%(pledged)s in all, and ¥%(cover)s stand behind the cooperative: a deposit of ¥%(deposit)s, "
        "and ¥%(room)s from funds. ¥%(missing)s are missing."
    )
    next_step: ClassVar[Sentence] = _(
        "Pay in a deposit or ask the county for a fund's backing; or raise the price, or offer fewer packs."
    )

    def __init__(self, *, pledged_fen: int, deposit_fen: int, room_fen: int) -> None:
        cover_fen = deposit_fen + room_fen
        super().__init__(
            pledged_fen=pledged_fen,
            cover_fen=cover_fen,
            pledged=yuan(pledged_fen),
            cover=yuan(cover_fen),
            deposit=yuan(deposit_fen),
            room=yuan(room_fen),
            missing=yuan(pledged_fen - cover_fen),
        )


class WrongLot(Problem):
    """The lot belongs to another cooperative than the session."""

    code = "wrong_lot"
    status = 409
    sentence: ClassVar[Sentence] = _("Lot %(lot)s does not belong to the cooperative of this session.")
    next_step: ClassVar[Sentence] = _("Choose one of its own lots.")


class SessionOver(Problem):
    """Nothing more can be offered in a session that has ended or was called off."""

    code = "session_over"
    status = 409
    sentence: ClassVar[Sentence] = _("This session is over.")
    next_step: ClassVar[Sentence] = _("Plan another session for what is left.")


class FewerThanTaken(Problem):
    """An offer cannot be made smaller than what people hold and have bought of it."""

    code = "fewer_than_taken"
    status = 409
    sentence: ClassVar[Sentence] = ngettext_lazy(
        "%(taken)s pack is ordered already.", "%(taken)s packs are ordered already.", "taken"
    )
    next_step: ClassVar[Sentence] = ngettext_lazy(
        "Offer at least %(taken)s pack, or close the offer.",
        "Offer at least %(taken)s packs, or close the offer.",
        "taken",
    )
