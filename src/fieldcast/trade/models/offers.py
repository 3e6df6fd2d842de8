"""Tables of offers, their history and the promises that stand behind them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fieldcast.kit.history import Done
from fieldcast.trade.offers.types import Changed, OfferState


class Offer(models.Model):
    """Packs of a lot sold in a session, under the agreement version it names."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(
        "live.Session", on_delete=models.PROTECT, related_name="offers", db_index=False
    )
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="offers")
    agreement_version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True, default="")
    pack_units = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    packs = models.PositiveIntegerField()
    held = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)
    per_buyer_limit = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, default=OfferState.OPEN.value)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(held__gte=0, sold__gte=0), name="offer_not_negative"),
            models.CheckConstraint(condition=Q(packs__gte=F("held") + F("sold")), name="offer_not_oversold"),
            models.CheckConstraint(
                condition=Q(pack_units__gt=0, price_fen__gt=0, packs__gt=0, per_buyer_limit__gt=0),
                name="offer_positive",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OfferState]), name="offer_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "position"])]

    def __str__(self) -> str:
        return self.title


class ShortfallCover(models.Model):
    """Someone of the cooperative promised to cover what an offer's price does not carry, at most so much. Append-only.

    `shortfall_fen` for each of `packs`, at the price and under the terms of that moment.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="covers")
    price_fen = models.PositiveIntegerField()
    packs = models.PositiveIntegerField()
    shortfall_fen = models.BigIntegerField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(shortfall_fen__gt=0), name="shortfall_cover_positive")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.shortfall_fen}"


class OfferChange(Done):
    """A price or a number of packs that an offer had from then on, or its end. Append-only by trigger."""

    offer = models.ForeignKey("trade.Offer", on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=6, choices=[(what.value, what.value) for what in Changed])
    before = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=[what.value for what in Changed]), name="offer_change_known"
            ),
            models.CheckConstraint(
                condition=Q(what=Changed.CLOSED.value, after__isnull=True)
                | ~Q(what=Changed.CLOSED.value) & Q(after__isnull=False),
                name="offer_change_says_what_it_became",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.what} {self.after}"
