"""The site: its name in both languages, the sign-in by mobile number, the way back to the office.

Whoever is signed in and would see no table is told so in words, and led back: an empty page, or a form that asks for
a number and a password once more, says neither what this is nor where to go.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import Forbidden
from fieldcast.accounts.adapter import PhoneField
from fieldcast.kit.fields import blind_index


class NoTables(Forbidden):
    """Signed in, with no right to any table."""

    sentence = _("These are the tables behind the platform, and you have no right to any of them.")
    next_step = _("They are for whoever keeps the whole installation. What you work on has pages of its own.")


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

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The list of tables, where there is one to look at."""
        if not self.get_app_list(request):
            raise NoTables
        return super().index(request, extra_context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Asked of strangers alone."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise NoTables
        return super().login(request, extra_context)
