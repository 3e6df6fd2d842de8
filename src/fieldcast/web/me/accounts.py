"""Where an organisation's money goes: named by its owner or managers, or by the county's money keepers."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.kit.errors import Problem
from fieldcast.settlement.banks.accounts import LONGEST, account_of, name_account
from fieldcast.web.shared import once
from fieldcast.web.shared.fields import WHOLE, WordsField
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import person_of


class AccountForm(forms.Form):
    """Holder, bank and number, as they stand on the card."""

    holder = WordsField(label=gettext_lazy("Account holder"), max_length=LONGEST)
    bank = WordsField(label=gettext_lazy("Bank and branch"), max_length=LONGEST)
    number = WordsField(
        label=gettext_lazy("Account number"), max_length=50, widget=forms.TextInput(attrs=WHOLE)
    )
    refusals: ClassVar[dict[str, str]] = {"bad_account": "number", "account_refused": "number"}


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Look at the account that stands, and name another; once, however often it is sent."""
    by = person_of(request)
    organisation = accounts.organisation(organisation_id=organisation_id)
    require(by, "settlement.name_account", organisation)
    form = AccountForm(request.POST if request.method == "POST" else None)
    here = reverse("me_account", args=[organisation_id])
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                now = timezone.now()
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    name_account(by=by, organisation_id=organisation_id, now=now, **form.cleaned_data)
                    claim.leads_to(here)
            messages.success(request, _("Payouts go to this account from now on."))
            return redirect(here)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {
        "organisation": organisation,
        "account": account_of(organisation_id=organisation_id),
        "form": form,
        "once": once.key_of(request),
    }
    return render(request, "me/account.html", context, status=422 if form.errors else 200)
