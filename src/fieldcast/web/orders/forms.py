"""The form of the buy sheet: how many, where to, and what the buyer was shown."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import AddressBook
from fieldcast.trade.types import Delivery
from fieldcast.web.shared.addresses import AddressForm

NEW: Final = "new"
MOST: Final = 1_000_000
WHERE: Final = _("Choose where the parcel goes.")


class NewAddressForm(AddressForm):
    """An address typed while buying."""

    keep = forms.BooleanField(label=_("Keep it for my next order"), required=False, initial=True)


class BuyForm(forms.Form):
    """How many packs, at which price, to which of the buyer's addresses. `to` is the address being typed, if any.

    `key` and `seen_price_fen` come back as they were rendered; whether they still hold is for trade to say.
    """

    use_required_attribute = False

    units = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST, initial=1)
    seen_price_fen = forms.IntegerField(required=False, min_value=-MOST, widget=forms.HiddenInput)
    key = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    address = forms.ChoiceField(
        label=_("Send to"),
        widget=forms.RadioSelect,
        error_messages={"required": WHERE, "invalid_choice": WHERE},
    )

    def __init__(self, data: Any = None, *, saved: Sequence[AddressBook], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.saved = {str(one.id): one for one in saved}
        choices = [*((pk, f"{one.recipient} {one.phone} {one.one_line}") for pk, one in self.saved.items())]
        choices.append((NEW, str(_("Another address"))))
        field = self.fields["address"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0]
        chosen = data is not None and data.get("address") == NEW
        typed = {name: data.get(f"to-{name}", "") for name in AddressForm.base_fields} if data else None
        self.to = NewAddressForm(data if chosen else None, prefix="to", initial=typed)

    def is_valid(self) -> bool:
        """Also the address being typed, when that is the one chosen."""
        mine = super().is_valid()
        return (not self.to.is_bound or self.to.is_valid()) and mine

    @property
    def delivery(self) -> Delivery:
        """Where the parcel goes, of a form that is valid."""
        chosen = self.saved.get(self.cleaned_data["address"])
        if chosen is None:
            return self.to.delivery
        return Delivery(
            recipient=chosen.recipient,
            phone=chosen.phone,
            province=chosen.province,
            city=chosen.city,
            district=chosen.district,
            line=chosen.line,
        )

    @property
    def keeps(self) -> bool:
        """Is there a new address to be kept, which is not among the saved ones?"""
        if not self.to.is_bound or not self.to.cleaned_data["keep"]:
            return False
        typed = self.to.delivery
        return not any(
            (one.recipient, one.phone, one.one_line) == (typed.recipient, typed.phone, typed.one_line)
            for one in self.saved.values()
        )
