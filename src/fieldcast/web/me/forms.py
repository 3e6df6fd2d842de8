"""The forms of the pages about oneself, the delivery address among them, which buying uses too."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.kit.provinces import PROVINCES
from fieldcast.trade.types import Delivery

NAME_LENGTH: Final = 40
LIFETIMES: Final = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("one year")),
    ("0", _("until I revoke it")),
)


class AddressForm(forms.Form):
    """Where parcels go: five boxes, as people write an address on a parcel."""

    use_required_attribute = False  # a box that is folded away must not keep the form from being sent

    recipient = forms.CharField(
        label=_("Recipient"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile number"))
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose the province")), *((name, name) for name in PROVINCES)],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    city = forms.CharField(
        label=_("City and district"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    line = forms.CharField(
        label=_("Street, number, building, door"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, Any]:
        """What cannot be printed on a label is refused where it was typed."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("recipient", "city", "line"):
            found[name] = " ".join(str(found.get(name, "")).split())
            if not found[name].isprintable():
                self.add_error(name, _("There are signs in it that cannot be printed on a parcel."))
        return found

    @property
    def delivery(self) -> Delivery:
        """The address of a form that is valid."""
        names = ("recipient", "phone", "province", "city", "line")
        return Delivery(district="", **{name: self.cleaned_data[name] for name in names})


class KeptAddressForm(AddressForm):
    """An address to be kept for the next orders."""

    is_default = forms.BooleanField(label=_("Choose it first from now on"), required=False)


class NameForm(forms.Form):
    """The name others see in the chat and on reviews."""

    display_name = forms.CharField(
        label=_("The name others see"),
        max_length=NAME_LENGTH,
        help_text=_("In the chat and to those who pack your orders. It need not be your real one."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        """One line of ordinary characters."""
        name = " ".join(str(self.cleaned_data["display_name"]).split())
        if not name.isprintable():
            raise forms.ValidationError(_("Use letters, numbers or Chinese characters."))
        return name


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    days = forms.ChoiceField(label=_("Good for"), choices=LIFETIMES, initial="90")

    def expires_at(self, now: datetime) -> datetime | None:
        """When the key ends; None for one that only its owner ends."""
        days = int(self.cleaned_data["days"])
        return now + timedelta(days=days) if days else None
