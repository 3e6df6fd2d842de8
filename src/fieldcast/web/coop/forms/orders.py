"""Forms about orders: sending several parcels at once, and giving money back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.trade.types import OrderView
from fieldcast.web.shared.fields import WordsField, YuanField
from fieldcast.web.shared.words import local_name

REFUND_TITLE = _("How much goes back")


class ShipForm(forms.Form):
    """One carrier, and a tracking number for each parcel; an empty one stays here."""

    carrier = forms.TypedChoiceField(label=_("Carrier"), coerce=int, required=False, empty_value=None)

    def __init__(
        self, data: Any = None, *, orders: Sequence[OrderView], carriers: Iterable[OrganisationRef]
    ) -> None:
        super().__init__(data)
        self.orders = orders
        choices = [("", _("The one in the agreement")), *((one.id, local_name(one)) for one in carriers)]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]  # it is a choice field
        self.held = any(order.held_back for order in orders)
        self.fields["why"] = WordsField(
            label=_("Why parcels that are held back are sent all the same"),
            max_length=200,
            required=False,
            help_text=_("Their buyers read this."),
        )
        for order in orders:
            attrs = {"autocomplete": "off", "autocapitalize": "characters", "data-tracking": ""}
            self.fields[self.name(order)] = WordsField(
                label=_("Tracking number"), max_length=60, required=False, widget=forms.TextInput(attrs=attrs)
            )

    @staticmethod
    def name(order: OrderView) -> str:
        """The field of an order."""
        return f"tracking-{order.number}"

    def rows(self) -> list[tuple[OrderView, forms.BoundField]]:
        """Orders with their fields."""
        return [(order, self[self.name(order)]) for order in self.orders]

    def typed(self) -> list[tuple[OrderView, str]]:
        """Orders for which a number was typed, in a valid form."""
        found = [(order, self.cleaned_data.get(self.name(order), "")) for order in self.orders]
        return [(order, number) for order, number in found if number]


class GiveBackForm(forms.Form):
    """The whole price goes back before shipment."""

    reason = WordsField(label=_("Why"), max_length=200, help_text=_("The buyer reads this."))


class AfterSaleForm(forms.Form):
    """Part or all of what is left of the price goes back after shipment."""

    amount = YuanField(label=REFUND_TITLE)
    reason = WordsField(label=_("Why"), max_length=200, help_text=_("The buyer reads this."))
    refusals: ClassVar[Mapping[str, str]] = {"bad_amount": "amount", "amount_too_large": "amount"}
