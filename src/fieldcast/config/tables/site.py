"""The site: its name in both languages, the sign-in by mobile number, the way back to the office."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.kit.fields import blind_index


class SignInForm(AdminAuthenticationForm):
    """Number and password; people are found by the number's keyed hash."""

    username = PhoneField(label=_("Mobile number"))
    error_messages = {  # noqa: RUF012 — Django's own name for them
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("Number or password is wrong, or this is nobody who administers the platform."),
    }

    def clean(self) -> dict[str, Any]:
        """Hand the hash on, by which Django looks people up."""
        if number := self.cleaned_data.get("username"):
            self.cleaned_data["username"] = blind_index(number)
        return super().clean()


class Tables(admin.AdminSite):
    """All tables that the rooms show."""

    site_header = _("Fieldcast: all tables")
    site_title = _("Fieldcast: all tables")
    index_title = _("What the rooms keep")
    site_url = "/office/"
    login_form = SignInForm
    enable_nav_sidebar = False
