"""The shape every payment provider shares. Trade knows these types and nothing of any one provider.

A payment is started by sending the buyer's browser to a signed address, ends when a signed notice says so,
and may be asked about when no notice came. The browser coming back proves nothing. A notice may come late,
twice, out of order or before the browser: `notice_id` is what makes it count once, and no later notice undoes
`payment.succeeded`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # nothing a notice tells of is older


class Event(StrEnum):
    """What a notice can say.

    `PAYMENT_FAILED` ends one attempt: the buyer may try again at the same address.
    """

    PAYMENT_PROCESSING = "payment.processing"
    PAYMENT_SUCCEEDED = "payment.succeeded"
    PAYMENT_FAILED = "payment.failed"
    REFUND_SUCCEEDED = "refund.succeeded"


class PaymentState(StrEnum):
    """Where a payment stands. `CLOSED` means unpaid and past its time: nothing can be paid any more."""

    WAITING = "waiting"
    FAILED = "failed"
    PAID = "paid"
    CLOSED = "closed"


class RefundState(StrEnum):
    """`PROCESSING` until the notice `refund.succeeded` comes or a query says `SUCCEEDED`."""

    PROCESSING = "processing"
    SUCCEEDED = "succeeded"


class RefusalReason(StrEnum):
    """Why a provider would not refund."""

    NOT_PAID = "not_paid"
    TOO_LARGE = "refund_too_large"
    REFERENCE_REUSED = "refund_reference_reused"


class Forgery(StrEnum):
    """Why a notice is not believed."""

    BAD_SIGNATURE = "bad_signature"
    STALE = "stale"
    UNKNOWN_KEY = "unknown_key"
    MALFORMED = "malformed"


class Unusable(StrEnum):
    """Why a notice that is really the provider's cannot be used."""

    UNREADABLE = "unreadable"
    UNKNOWN_EVENT = "unknown_event"
    IMPOSSIBLE_TIME = "impossible_time"


@dataclass(frozen=True)
class PaymentRequest:
    """What the buyer is asked to pay. `reference` is the platform's own name for the payment, used once.

    `return_url` receives the browser, with `payment=paid|failed|left` added as a hint that is never trusted;
    `notify_url` receives notices; after `expires_at` (aware) nothing can be paid.
    """

    reference: str
    amount_fen: int
    description: str
    return_url: str
    notify_url: str
    expires_at: datetime

    def __post_init__(self) -> None:
        """Raise `ValueError` for what no provider would take."""
        if not REFERENCE.fullmatch(self.reference):
            raise ValueError(f"{self.reference!r} cannot name a payment: 1 to 64 letters, digits, - or _")
        if self.amount_fen < 1:
            raise ValueError(f"a payment is at least 1 fen, not {self.amount_fen}")
        if self.expires_at.tzinfo is None:
            raise ValueError("expires_at must carry its time zone")
        for url in (self.return_url, self.notify_url):
            if not url.startswith(("http://", "https://")):
                raise ValueError(f"{url!r} is not a web address")


@dataclass(frozen=True)
class Checkout:
    """`url` is where the buyer's browser goes to pay, signed by the platform."""

    url: str


@dataclass(frozen=True)
class Notice:
    """A notice whose signature held. `amount_fen` is the refund's for a refund, else the payment's.

    `provider_ref` is the provider's own name for the payment; `refund_reference` is empty but for refunds;
    `raw` is the body as it came. Names are any text, as the provider sent it, and `occurred_at` is any aware time: the
    caller makes no use of what cannot be.
    """

    notice_id: str
    event: Event
    provider_ref: str
    reference: str
    amount_fen: int
    occurred_at: datetime
    refund_reference: str
    raw: str


@dataclass(frozen=True)
class Refund:
    """A refund the provider has accepted."""

    refund_reference: str
    amount_fen: int
    state: RefundState


@dataclass(frozen=True)
class PaymentStatus:
    """What the provider's books say about one payment now. `paid_at` is None until it is paid."""

    reference: str
    provider_ref: str
    state: PaymentState
    amount_fen: int
    paid_at: datetime | None
    refunds: tuple[Refund, ...]

    @property
    def refunded_fen(self) -> int:
        """What has gone back or is on its way."""
        return sum(refund.amount_fen for refund in self.refunds)


class Provider(Protocol):
    """A payment provider as the platform sees it. Instances are safe to share between threads."""

    name: str

    def start(self, request: PaymentRequest) -> Checkout:
        """Sign the request into an address for the browser; nothing is sent and nothing is stored."""
        ...

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check that a notice comes from this provider, unchanged and fresh at `now` (aware), and read it.

        Raises `ForgedNotice` with the reason, and of these `UnusableNotice` when the signature holds but what it
        signs cannot be read: whatever the bytes and the headers are, and nothing else. A copy sent again within
        five minutes still verifies: the caller keeps `notice_id` and applies each once.
        """
        ...

    def refund(self, *, reference: str, refund_reference: str, amount_fen: int, reason: str) -> Refund:
        """Give `amount_fen` of a payment back. The same `refund_reference` again answers the same refund.

        Raises `PaymentNotFound`, `RefundRefused` with the reason, or `ProviderUnavailable`, after which the
        same call may be made again.
        """
        ...

    def query(self, reference: str) -> PaymentStatus:
        """Ask for a payment's state, for when its notice never came.

        Raises `PaymentNotFound` when its address was never opened, or `ProviderUnavailable`.
        """
        ...


class Client(Protocol):
    """What the module `client` of a provider's folder holds, asked while pages are served: cheap, without network."""

    def from_settings(self) -> Provider:
        """The adapter, configured by Django's settings."""
        ...

    def takes(self, *, county_id: int) -> bool:
        """Are the orders of a county paid with it?"""
        ...

    def checkout_origin(self) -> str:
        """Scheme, host and port of the addresses that `Provider.start` answers."""
        ...
