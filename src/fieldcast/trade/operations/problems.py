"""What trade refuses. Each refusal is raised before anything is written, or undoes the call that raised it."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.calculation import PackSum
from fieldcast.kit import once
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan
from fieldcast.trade.types import OrderState
from fieldcast.trade.words import ORDER_STATES


class SoldOut(Problem):
    """Every pack is paid for."""

    code = "sold_out"
    status = 409
    sentence: ClassVar[Sentence] = _("Sold out.")
    next_step: ClassVar[Sentence] = _("Look at what else this session offers.")


class AllHeld(SoldOut):
    """No pack is left, but some are not paid for yet and may come back."""

    sentence: ClassVar[Sentence] = _(
        "None left just now: %(held)s packs are held by others for up to %(minutes)s minutes."
    )
    next_step: ClassVar[Sentence] = _("Try again soon: what is not paid for comes back.")


class TooFewLeft(SoldOut):
    """Some are left, but fewer than wanted."""

    sentence: ClassVar[Sentence] = _("Only %(left)s packs are left.")
    next_step: ClassVar[Sentence] = _("Order %(left)s packs or fewer.")


class OverLimit(Problem):
    """More than one buyer may have of this offer."""

    code = "over_limit"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "One buyer may have at most %(limit)s packs, and you have %(yours)s already."
    )
    next_step: ClassVar[Sentence] = _("Order fewer, so that others get some too.")


class PriceChanged(Problem):
    """The price is not the one the buyer saw. `price_fen` is the price now."""

    code = "price_changed"
    status = 409
    sentence: ClassVar[Sentence] = _("The price has changed to ¥%(price)s since you saw it.")
    next_step: ClassVar[Sentence] = _("Look at the new price, and order again if it suits you.")

    def __init__(self, *, price_fen: int) -> None:
        super().__init__(price_fen=price_fen, price=yuan(price_fen))


class SessionNotLive(Problem):
    """Orders are taken while the session is live."""

    code = "session_not_live"
    status = 409
    sentence: ClassVar[Sentence] = _("This session is not live, so nothing can be ordered from it now.")
    next_step: ClassVar[Sentence] = _("Order while it is live, or look at the sessions that are.")


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


class KeyReused(once.KeyReused):
    """The idempotency key came with another order before."""

    sentence: ClassVar[Sentence] = _("This order form was already used for another order.")
    next_step: ClassVar[Sentence] = _("Open the product again and order from there.")


class BadUnits(Problem):
    """An order of nothing."""

    code = "bad_units"
    sentence: ClassVar[Sentence] = _("Order at least one pack.")
    next_step: ClassVar[Sentence] = _("Choose how many packs you want.")


class DeliveryIncomplete(Problem):
    """A parcel that could not be delivered. `missing` names the field."""

    code = "delivery_incomplete"
    sentence: ClassVar[Sentence] = _("The delivery address is not complete: %(field)s.")
    next_step: ClassVar[Sentence] = _("Fill it in, so that the parcel finds you.")


class ProvinceUnknown(Problem):
    """Not one of the country's provinces."""

    code = "province_unknown"
    sentence: ClassVar[Sentence] = _("“%(province)s” is not a province we can send parcels to.")
    next_step: ClassVar[Sentence] = _("Choose the province from the list.")


class AboveFreeUnits(Problem):
    """More than the lot has left that is not offered, sold or lost."""

    code = "above_free_units"
    status = 409
    sentence: ClassVar[Sentence] = _("That takes %(wanted)s %(unit)s, and lot %(lot)s has %(free)s free.")
    next_step: ClassVar[Sentence] = _(
        "Take at most %(free)s, or free some by closing another offer of this lot."
    )


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
    sentence: ClassVar[Sentence] = _("%(taken)s packs are ordered already.")
    next_step: ClassVar[Sentence] = _("Offer at least %(taken)s packs, or close the offer.")


class WrongState(Problem):
    """The order has moved on, so this step is not open any more. `state` is where it is."""

    code = "wrong_state"
    status = 409
    sentence: ClassVar[Sentence] = _("This cannot be done: the order is %(words)s.")
    next_step: ClassVar[Sentence] = _("Look at the order again to see what can be done now.")

    def __init__(self, *, state: OrderState) -> None:
        super().__init__(state=state.value, words=ORDER_STATES[state])


class HoldOver(Problem):
    """The time to pay is over; the units go back."""

    code = "hold_over"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "The time to pay for this order is over, and its units went back on sale."
    )
    next_step: ClassVar[Sentence] = _("Order again if there are some left.")


class NotACarrier(Problem):
    """Parcels are carried by one of the county's carriers."""

    code = "not_a_carrier"
    status = 409
    sentence: ClassVar[Sentence] = _("This is not a carrier of the county.")
    next_step: ClassVar[Sentence] = _("Choose a carrier from the list.")


class CarrierNotAgreed(Problem):
    """A delivery fee is paid for the parcel, and the carrier chosen has agreed to none with this cooperative."""

    code = "carrier_not_agreed"
    status = 409
    sentence: ClassVar[Sentence] = _("This carrier has not agreed to carry for the cooperative.")
    next_step: ClassVar[Sentence] = _(
        "Choose the carrier of the terms, or let it agree to terms that name it."
    )


class BadTracking(Problem):
    """Not a tracking number."""

    code = "bad_tracking"
    sentence: ClassVar[Sentence] = _("A tracking number has 6 to 40 letters, digits and hyphens.")
    next_step: ClassVar[Sentence] = _("Copy it from the parcel's label.")


class TrackingTaken(Problem):
    """The number is on another parcel."""

    code = "tracking_taken"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Tracking number %(number)s is already on another parcel of this carrier."
    )
    next_step: ClassVar[Sentence] = _("Check the label of this parcel.")


class BadAmount(Problem):
    """A refund of nothing."""

    code = "bad_amount"
    sentence: ClassVar[Sentence] = _("A refund is more than nothing.")
    next_step: ClassVar[Sentence] = _("Enter how much goes back to the buyer.")


class AmountTooLarge(Problem):
    """More than was paid and not yet given back."""

    code = "amount_too_large"
    sentence: ClassVar[Sentence] = _("¥%(wanted)s is more than the ¥%(left)s that can still be refunded.")
    next_step: ClassVar[Sentence] = _("Refund ¥%(left)s or less.")

    def __init__(self, *, wanted_fen: int, left_fen: int) -> None:
        super().__init__(
            wanted_fen=wanted_fen, left_fen=left_fen, wanted=yuan(wanted_fen), left=yuan(left_fen)
        )


class AfterSaleOver(Problem):
    """The sale is final."""

    code = "after_sale_over"
    status = 409
    sentence: ClassVar[Sentence] = _("The time for refunds of this order is over.")
    next_step: ClassVar[Sentence] = _("Settle it with the buyer directly, or ask the county's authority.")


class RefundNotFailed(Problem):
    """Only a refund that the provider would not take is sent again by hand."""

    code = "refund_not_failed"
    status = 409
    sentence: ClassVar[Sentence] = _("This refund is under way or done.")
    next_step: ClassVar[Sentence] = _("Look at the order to see where it stands.")


class BadWriteOff(Problem):
    """A loss of nothing, or without a reason."""

    code = "bad_write_off"
    sentence: ClassVar[Sentence] = _("Say how many units were lost, and why.")
    next_step: ClassVar[Sentence] = _("Enter a number above zero and a few words, such as “frost damage”.")
