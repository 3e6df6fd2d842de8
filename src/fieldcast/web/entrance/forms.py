"""What somebody types who forgot their password."""

from collections.abc import Mapping
from typing import ClassVar

from allauth.account.forms import PasswordField
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.accounts.adapter import PhoneField
from fieldcast.web.shared.fields import WordsField

LONGEST_CODE = 20  # with blanks and dashes between


class NumberForm(forms.Form):
    """The number to which a code is to be sent."""

    phone = PhoneField(label=_("Mobile number"))
    refusals: ClassVar[Mapping[str, str]] = {"bad_phone": "phone", "too_many_codes": "phone"}


class NewPasswordForm(forms.Form):
    """A number, the code that was made for it, and the password from now on."""

    phone = PhoneField(label=_("Mobile number"))
    code = WordsField(
        label=in_context("password", "Code"),
        max_length=LONGEST_CODE,
        help_text=_("8 letters and digits from the service centre, or 6 digits from your phone."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = PasswordField(
        label=_("New password"),
        autocomplete="new-password",
        help_text=password_validators_help_text_html(),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_phone": "phone",
        "wrong_code": "code",
        "too_many_codes": "code",
    }
