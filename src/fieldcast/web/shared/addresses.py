"""The form of a delivery address: kept among one's own, or typed while buying."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.kit.divisions import districts_of
from fieldcast.kit.provinces import PROVINCES, cities_of, city_of
from fieldcast.trade.types import Delivery
from fieldcast.web.shared.fields import WordsField

UNLISTED: Final = "-"  # a district that the list does not know yet
NAMES: Final = ("recipient", "phone", "province", "city", "district", "line")


class PlaceField(WordsField):
    """A level of a place: asked for wherever it has one, which the form knows and the field does not."""

    needed = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)


class AddressForm(forms.Form):
    """Where parcels go, as people write an address on a parcel.

    Province, city and district are chosen one after the other; without a script the last two are typed.
    """

    use_required_attribute = False  # a box that is folded away must not keep the form from being sent

    recipient = WordsField(
        label=_("Recipient"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile number"))
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose the province")), *((name, name) for name in PROVINCES)],
        widget=forms.Select(attrs={"autocomplete": "address-level1", "data-level": "province"}),
    )
    city = PlaceField(
        label=_("City"),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "data-level": "city"}),
    )
    district = PlaceField(
        label=_("District or county"),
        widget=forms.TextInput(attrs={"autocomplete": "address-level3", "data-level": "district"}),
    )
    line = WordsField(
        label=_("Street, number, building, door"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, Any]:
        """What cannot be printed on a label, or lies nowhere, is refused where it was typed."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("recipient", "city", "district", "line"):
            found[name] = str(found.get(name, ""))
            if not found[name].isprintable():
                self.add_error(name, _("There are signs in it that cannot be printed on a parcel."))
        if found.get("province") and not self.errors.keys() & {"city", "district"}:
            self._place(found)
        return found

    def _place(self, found: dict[str, Any]) -> None:
        """City and district under their official names; a municipality is its own city."""
        province, cities = found["province"], cities_of(found["province"])
        typed = found["city"]
        found["city"] = cities[0] if len(cities) == 1 else city_of(province, typed)
        found["district"] = found["district"] or typed.removeprefix(found["city"])
        if not found["city"] and cities:
            self.add_error("city", gettext("Choose a city of %(province)s.") % {"province": province})
            return
        districts, said = districts_of(province, found["city"]), found["district"]
        known = next((one for one in districts if said and one.startswith(said)), "")
        found["district"] = known or ("" if said == UNLISTED else said)
        if districts and not known and said != UNLISTED:
            words = gettext("Choose a district or county of %(city)s; write - if it is not in the list.")
            self.add_error("district", words % {"city": found["city"]})

    @property
    def delivery(self) -> Delivery:
        """The address of a form that is valid."""
        return Delivery(**{name: self.cleaned_data[name] for name in NAMES})
