"""What trace tells the rooms above it, inside the transaction in which it happens.

`sale_changed` is sent with `lot_id`, `stopped` and `now` when a lot's sale is stopped or resumed. A receiver writes and
publishes in the same transaction: what it raises undoes the stop.

`test_failed` is sent with `lot_id` and `now` when a test that was not passed is about to be written down. The lot's row
is locked and its history is not, so that a receiver may lock what comes between the two: offers, stocks, orders.
"""

from typing import Final

from django.dispatch import Signal

sale_changed: Final = Signal()
test_failed: Final = Signal()
