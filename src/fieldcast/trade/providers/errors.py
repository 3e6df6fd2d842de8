"""What can be expected to go wrong with a payment provider, said in the user's language."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.trade.providers.interface import Forgery, RefusalReason, Unusable


class UnknownProvider(Problem):
    """No provider of this name is installed."""

    code = "unknown_provider"
    status = 404
    sentence = _("There is no payment provider called “%(name)s” here.")
    next_step = _("Choose one of the ways to pay shown on the order.")


class ForgedNotice(Problem):
    """A notice that cannot be believed.

    It changes nothing; the sender is answered 401 and trade records it.
    """

    code = "forged_notice"
    status = 401
    next_step = _("Nothing was changed. A real notice will be sent again by the payment provider.")
    sentences: ClassVar[dict[Forgery, Sentence]] = {
        Forgery.BAD_SIGNATURE: _(
            "The payment notice was refused: its signature does not match what it says."
        ),
        Forgery.STALE: _("The payment notice was refused: it was not signed within the last five minutes."),
        Forgery.UNKNOWN_KEY: _("The payment notice was refused: it is signed with a key nobody here knows."),
        Forgery.MALFORMED: _("The payment notice was refused: something in it is missing or cannot be read."),
    }

    def __init__(self, reason: Forgery) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason

    @property
    def message(self) -> str:
        """The sentence for this reason, in the language active now."""
        return str(self.sentences[self.reason])


class UnusableNotice(ForgedNotice):
    """A notice that is really the provider's and says nothing that can be used. Nobody forged it: it is kept for good.

    Sent again it would say the same: the sender is answered 200.
    """

    def __init__(self, why: Unusable) -> None:
        super().__init__(Forgery.MALFORMED)
        self.why = why


class PaymentNotFound(Problem):
    """The provider has never seen this payment: its address was never opened, so nothing was paid."""

    code = "payment_not_found"
    status = 404
    sentence = _("The payment provider does not know payment %(reference)s: nothing has been paid.")
    next_step = _("Open the order and pay again.")


class RefundRefused(Problem):
    """The provider will not give this money back."""

    code = "refund_refused"
    status = 409
    next_step = _("Check the payment of this order before trying again.")
    sentences: ClassVar[dict[RefusalReason, Sentence]] = {
        RefusalReason.NOT_PAID: _(
            "Payment %(reference)s has not been paid, so there is nothing to give back."
        ),
        RefusalReason.TOO_LARGE: _("The refund is more than what is left of payment %(reference)s."),
        RefusalReason.REFERENCE_REUSED: _(
            "The number %(refund_reference)s already belongs to another refund."
        ),
    }

    def __init__(self, reason: RefusalReason, *, reference: str, refund_reference: str) -> None:
        super().__init__(reason=reason.value, reference=reference, refund_reference=refund_reference)
        self.reason = reason

    @property
    def message(self) -> str:
        """The sentence for this reason, in the language active now."""
        return str(self.sentences[self.reason]) % self.facts


class ProviderUnavailable(Problem):
    """The provider did not answer, or its answer could not be believed.

    Whether it acted is unknown: ask again.
    """

    code = "provider_unavailable"
    status = 503
    sentence = _("The payment provider is not answering just now.")
    next_step = _("Your order is safe. Try again in a minute.")
