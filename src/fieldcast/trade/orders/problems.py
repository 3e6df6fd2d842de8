"""What is refused when an order is placed or goes its way."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit import once
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.words import ORDER_STATES


class SoldOut(Problem):
    """Every pack is paid for."""

    code = "sold_out"
    status = 409
    sentence: ClassVar[Sentence] = _("Sold out.")
    next_step: ClassVar[Sentence] = _("Look at what else this session offers.")


class AllHeld(SoldOut):
    """No pack is left, but some are not paid for yet and may come back."""

    sentence: ClassVar[Sentence] = ngettext_lazy(
        "None left just now: %(held)s pack is held by others for up to %(minutes)s min.",
        "None left just now: %(held)s packs are held by others for up to %(minutes)s min.",
        "held",
    )
    next_step: ClassVar[Sentence] = _("Try again soon: what is not paid for comes back.")


class TooFewLeft(SoldOut):
    """Some are left, but fewer than wanted."""

    sentence: ClassVar[Sentence] = ngettext_lazy(
        "Only %(left)s pack is left.", "Only %(left)s packs are left.", "left"
    )
    next_step: ClassVar[Sentence] = ngettext_lazy(
        "Order %(left)s pack.", "Order %(left)s packs or fewer.", "left"
    )


class OverLimit(Problem):
    """More than one buyer may have of this offer."""

    code = "over_limit"
    status = 409
    sentence: ClassVar[Sentence] = ngettext_lazy(
        "One buyer may have at most %(limit)s pack, and you have %(yours)s already.",
        "One buyer may have at most %(limit)s packs, and you have %(yours)s already.",
        "limit",
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


class KeyReused(once.KeyReused):
    """The idempotency key came with another order before."""

    sentence: ClassVar[Sentence] = _("This order form was already used for another order.")
    next_step: ClassVar[Sentence] = _("Open the product again and order from there.")


class BadPacks(Problem):
    """A line asks for less than one pack."""

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


class WrongState(Problem):
    """The order has moved on, so this step is not open any more. `state` is where it is."""

    code = "wrong_state"
    status = 409
    sentence: ClassVar[Sentence] = _("This cannot be done: the order is %(words)s.")
    next_step: ClassVar[Sentence] = _("Look at the order again to see what can be done now.")

    def __init__(self, *, state: OrderState) -> None:
        super().__init__(state=state.value, words=ORDER_STATES[state])
