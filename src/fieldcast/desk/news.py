"""What the desk tells whoever listens, in the transaction of the step: each room that tells people joins here."""

from django.dispatch import Signal

step_taken = Signal()  # item: ItemView after the step; deed: Deed; at: datetime
