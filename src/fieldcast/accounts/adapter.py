"""django-allauth with a phone number instead of an e-mail address."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries
from fieldcast.accounts.models import County, Person
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.visitors import address_of
from fieldcast.kit.errors import Sentence
from fieldcast.kit.fields import blind_index


class PhoneField(forms.CharField):
    """An 11-digit mobile number; +86, spaces and dashes are taken away."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        """Return the digits or say what a number looks like."""
        text = super().clean(value)
        try:
            return normalise_phone(text) if text else text
        except ValueError:
            raise forms.ValidationError(
                _("Enter an 11-digit mobile number, such as 138 0013 8000.")
            ) from None


class PhoneAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """How allauth finds and stores phone numbers here."""

    error_messages: ClassVar[dict[str, Sentence]] = {
        **DefaultAccountAdapter.error_messages,
        "phone_taken": _("This number has an account already: sign in with it."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not before there is a county to belong to."""
        return queries.default_county() is not None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever administers the installation begins at its office."""
        return reverse("office") if request.user.is_staff else str(super().get_login_redirect_url(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that allauth's limits count by. Behind proxies, the one that the outermost of ours saw."""
        return address_of(request)

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """The field of the sign-in and sign-up forms."""
        for ours in ("widget", "label"):
            kwargs.pop(ours, None)
        return PhoneField(label=_("Mobile number"), **kwargs)

    def clean_phone(self, phone: str) -> str:
        """Normalise once more for callers that are not forms."""
        try:
            return normalise_phone(phone)
        except ValueError:
            raise forms.ValidationError(
                _("Enter an 11-digit mobile number, such as 138 0013 8000.")
            ) from None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """Store the number encrypted with its keyed hash beside it. A new person is told from others by its end."""
        user.phone = phone
        user.phone_hash = blind_index(phone)
        user.phone_verified = verified
        if user.display_name == str(_("Guest")):  # allauth named them before it gave them the number
            user.display_name += phone[-4:]
        if user.pk:
            user.save(update_fields=["phone", "phone_hash", "phone_verified", "display_name"])

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """The number and whether it was verified."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """Mark the number as verified."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Person | None:
        """Find the person by the keyed hash."""
        return queries.person_by_phone(phone=phone)

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: Any) -> None:
        """No SMS gateway is configured; verification is off in settings, so this must never be reached."""
        raise NotImplementedError("an SMS gateway must be configured before phone verification is turned on")

    def populate_username(self, request: Any, user: Person) -> None:
        """There are no user names; a new person is shown by the last four digits until they choose a name."""
        if not user.display_name:
            user.display_name = f"{_('Guest')}{user.phone[-4:]}" if user.phone else str(_("Guest"))
        if user.county_id is None:
            user.county = County.objects.order_by("id").first()
