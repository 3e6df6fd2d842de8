"""What trace tells the rooms above it, inside the transaction in which it happens.

`sale_changed` is sent with `lot_id` and `stopped` when a lot's sale is stopped or resumed. A receiver writes and
publishes in the same transaction: what it raises undoes the stop.
"""

from typing import Final

from django.dispatch import Signal

sale_changed: Final = Signal()
