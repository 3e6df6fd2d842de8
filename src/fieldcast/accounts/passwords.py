"""What a password may not be here: one's own mobile number, which every seller and carrier of a parcel reads."""

import re
from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.utils.translation import gettext as _

from fieldcast.accounts.models import Person


class NotTheNumber:
    """Refuses a password that has the person's number in it, however it is spaced."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises Django's `ValidationError`."""
        number = getattr(user, "phone", "")
        if number and number in re.sub(r"\D", "", password):
            raise forms.ValidationError(
                _("Your mobile number is no password: others know it. Choose something else."),
                code="password_is_number",
            )

    def get_help_text(self) -> str:
        """What the form says beforehand."""
        return _("Your password can’t be your mobile number.")


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Allauth's sign-up form, which also refuses a password that is like the phone number typed beside it."""

    def clean(self) -> dict[str, Any]:
        """Refuse the number as password."""
        cleaned: dict[str, Any] = super().clean()
        number, password = self.cleaned_data.get("phone"), self.cleaned_data.get("password1")
        if number and password:
            try:
                NotTheNumber().validate(password, Person(phone=number))
            except forms.ValidationError as refusal:
                self.add_error("password1", refusal)
        return cleaned
