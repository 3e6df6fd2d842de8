"""The forms of the pages about oneself."""

from datetime import datetime, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.web.shared.addresses import AddressForm
from fieldcast.web.shared.fields import WordsField

NAME_LENGTH: Final = 40
LIFETIMES: Final = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("one year")),
    ("0", _("until I revoke it")),
)


class KeptAddressForm(AddressForm):
    """An address to be kept for the next orders."""

    is_default = forms.BooleanField(label=_("Choose it first from now on"), required=False)


class NameForm(forms.Form):
    """The name others see in the chat and on reviews."""

    display_name = WordsField(
        label=_("The name others see"),
        max_length=NAME_LENGTH,
        help_text=_("In the chat and to those who pack your orders. It need not be your real one."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        """One line of ordinary characters."""
        name = str(self.cleaned_data["display_name"])
        if not name.isprintable():
            raise forms.ValidationError(_("Use letters, numbers or Chinese characters."))
        return name


class TokenForm(forms.Form):
    """A key for a program."""

    name = WordsField(label=_("What is it for?"), max_length=60)
    days = forms.ChoiceField(label=_("Good for"), choices=LIFETIMES, initial="90")

    def expires_at(self, now: datetime) -> datetime | None:
        """When the key ends; None for one that only its owner ends."""
        days = int(self.cleaned_data["days"])
        return now + timedelta(days=days) if days else None
