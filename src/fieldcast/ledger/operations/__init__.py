"""Everything that writes in the book. Each call is one step of the caller's transaction, or a transaction of its own.

Locks: the accounts named by one call, in id order, held until the transaction ends. A transaction that makes several
transfers passes them to `transfer_many` in one call; one call after another could wait for each other in a circle.
"""

from fieldcast.ledger.operations.bulk import transfer_many
from fieldcast.ledger.operations.holds import capture_hold, hold, release_hold
from fieldcast.ledger.operations.problems import (
    ClientIdReused,
    HoldNotFound,
    HoldReleased,
    InsufficientFunds,
)
from fieldcast.ledger.operations.transfers import transfer

__all__ = [
    "ClientIdReused",
    "HoldNotFound",
    "HoldReleased",
    "InsufficientFunds",
    "capture_hold",
    "hold",
    "release_hold",
    "transfer",
    "transfer_many",
]
