"""The page of a forgotten password: which ways there are here, and the form for whoever has a code."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.accounts.visitors import address_of
from fieldcast.kit.errors import Problem
from fieldcast.recovery import operations as recovery_operations
from fieldcast.recovery import queries as recovery
from fieldcast.web.entrance.forms import NewPasswordForm, NumberForm
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.refusals import beside

INVALID = 422


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("phone", "code", "password")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Set a new password with a code; without one, read where to get it."""
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            # in no transaction of ours: a wrong try stays counted
            recovery_operations.use_code(
                phone=form.cleaned_data["phone"],
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                address=address_of(request),
                now=timezone.now(),
            )
        except ValidationError as weak:
            form.add_error("password", weak)
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            messages.success(request, _("The new password is set. Sign in with it."))
            return redirect("me")  # by way of signing in
    return _page(request, form, NumberForm())


@never_cache
@require_POST
@sensitive_post_parameters("phone")
def send_code(request: HttpRequest) -> HttpResponse:
    """Have a code sent to a number. The answer is the same whether anybody has it or not."""
    number = NumberForm(request.POST)
    if number.is_valid():
        try:
            recovery_operations.ask_for_code(
                phone=number.cleaned_data["phone"], address=address_of(request), now=timezone.now()
            )
        except Problem as problem:
            beside(number, problem, number.refusals)
        else:
            messages.success(
                request, _("If this number has an account here, a code is on its way. Type it below.")
            )
            return redirect("forgotten")
    return _page(request, NewPasswordForm(), number)


def _page(request: HttpRequest, form: NewPasswordForm, number: NumberForm) -> HttpResponse:
    county = county_of(request)
    by_phone = recovery.sends_codes()
    if not by_phone:
        form.fields["code"].help_text = _("8 letters and digits from the service centre.")
    context = {
        "form": form,
        "number": number,
        "sends_codes": by_phone,
        "centres": recovery.centres(county_id=county.id) if county else (),
    }
    wrong = form.errors or number.errors
    return render(request, "entrance/forgotten.html", context, status=INVALID if wrong else 200)
