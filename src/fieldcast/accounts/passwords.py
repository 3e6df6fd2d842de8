"""What a password may not be here: one's own mobile number, which every seller and carrier of a parcel reads."""

import re
from typing import Any, ClassVar

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.accounts import operations
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
    """Allauth's sign-up form, which also refuses a password that is like the phone number typed beside it, and asks
    for the tick under the terms of use and the privacy notice.
    """

    field_order: ClassVar = ["phone", "password1", "terms"]
    terms = forms.BooleanField(
        error_messages={"required": gettext_lazy("Read the two pages and tick here, then go on.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = {"terms": ("terms", _("terms of use")), "privacy": ("privacy", _("privacy notice"))}
        links = {
            place: format_html('<a href="{}" target="_blank">{}</a>', reverse(name), words)
            for place, (name, words) in pages.items()
        }
        self.fields["terms"].label = format_html(
            _("I agree to the {terms} and have read the {privacy}."), **links
        )

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        """Keep who agreed to which version, and when."""
        super().custom_signup(request, user)
        operations.agree_to_terms(by=user, now=timezone.now())

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
