"""Tables of what buyers and sellers write to each other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fieldcast.kit.fields import EncryptedTextField
from fieldcast.kit.history import Done
from fieldcast.trade.letters.types import Side
from fieldcast.trade.models.orders import Order


class Conversation(models.Model):
    """A buyer and a seller, about one order or one lot. Whose it is, and what about, never changes (triggers).

    `asked` counts the times that the buyer began to wait for an answer; `waiting_since` and `answer_until` are of the
    last of them, while it lasts. `last_at` is when something was written last that both read. `closed_at` is when it
    was closed, `appealed_at` since when its buyer waits for the county then.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, related_name="conversation")
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    asked = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    answer_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "lot"], name="one_conversation_a_buyer_and_lot"),
            models.CheckConstraint(
                condition=Q(order__isnull=True, lot__isnull=False) | Q(order__isnull=False, lot__isnull=True),
                name="conversation_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(waiting_since__isnull=True, answer_until__isnull=True)
                | Q(
                    waiting_since__isnull=False,
                    answer_until__isnull=False,  # or the comparison below would be unknown, and pass
                    answer_until__gt=models.F("waiting_since"),
                    asked__gt=0,
                ),
                name="conversation_waits_until",
            ),
            models.CheckConstraint(
                condition=Q(appealed_at__isnull=True, closed_at__isnull=True)
                | Q(closed_at__isnull=False, waiting_since__isnull=True),
                name="conversation_closed_waits_for_nobody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["seller", "waiting_since", "-last_at"], name="conversations_of_seller")
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.order_id or self.lot_id}"


class Letter(Done):
    """What was written into a conversation. Append-only."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="letters")
    side = models.CharField(max_length=6, choices=[(side.value, side.value) for side in Side])
    words = EncryptedTextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(side__in=[side.value for side in Side]), name="letter_side_known"
            ),
            models.CheckConstraint(condition=Q(by__isnull=False), name="letter_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.side}"


class LetterPhoto(models.Model):
    """A picture that came with a letter, kept by files. Append-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.file_id}"
