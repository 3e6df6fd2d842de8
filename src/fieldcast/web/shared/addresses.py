"""The form of a delivery address: kept among one's own, or typed while buying."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.kit.provinces import PROVINCES
from fieldcast.trade.types import Delivery
from fieldcast.web.shared.fields import WordsField


class AddressForm(forms.Form):
    """Where parcels go: five boxes, as people write an address on a parcel."""

    use_required_attribute = False  # a box that is folded away must not keep the form from being sent

    recipient = WordsField(
        label=_("Recipient"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile number"))
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose the province")), *((name, name) for name in PROVINCES)],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    city = WordsField(
        label=_("City and district"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    line = WordsField(
        label=_("Street, number, building, door"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, Any]:
        """What cannot be printed on a label is refused where it was typed."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("recipient", "city", "line"):
            found[name] = str(found.get(name, ""))
            if not found[name].isprintable():
                self.add_error(name, _("There are signs in it that cannot be printed on a parcel."))
        return found

    @property
    def delivery(self) -> Delivery:
        """The address of a form that is valid."""
        names = ("recipient", "phone", "province", "city", "line")
        return Delivery(district="", **{name: self.cleaned_data[name] for name in names})
