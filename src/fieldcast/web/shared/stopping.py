"""Stopping and resuming a lot's sale from a page: the same form for its cooperative and for the county's authority."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.accounts.types import SignedIn
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace.facts.stopped import MOST_OF_A_REASON
from fieldcast.trace.operations import resume_lot, stop_lot
from fieldcast.trace.problems import ReasonNeeded
from fieldcast.web.shared.fields import WordsField


class ReasonForm(forms.Form):
    """Why a sale is stopped or allowed again."""

    why = WordsField(
        label=gettext_lazy("Why"),
        max_length=MOST_OF_A_REASON,
        help_text=gettext_lazy("Everyone who scans a box can read it."),
    )


def change_sale(request: HttpRequest, *, lot: LotView, by: SignedIn) -> ReasonForm | None:
    """Stop the lot's sale or allow it again, as the form's `state` says; the form when that is refused, else None."""
    form = ReasonForm(request.POST)
    stop = request.POST.get("state") == LotState.STOPPED.value
    if not form.is_valid():
        return form
    try:
        with transaction.atomic():
            change = stop_lot if stop else resume_lot
            change(by=by, lot_id=lot.id, reason=form.cleaned_data["why"], now=timezone.now())
    except NotFound:
        raise
    except Problem as problem:
        form.add_error("why" if isinstance(problem, ReasonNeeded) else None, str(problem))
        return form
    said = _("Lot %(code)s is no longer on sale.") if stop else _("Lot %(code)s may be sold again.")
    messages.success(request, said % {"code": lot.code})
    return None
