"""Money that goes back to a buyer after the sale was settled: typed by the county, looked over, given once."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts.access import require
from fieldcast.agreements.calculation import role_title
from fieldcast.kit.errors import Problem
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.trade.loaders import load_order
from fieldcast.trade.types import OrderView
from fieldcast.web.county.forms import LookedOver
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.fields import WordsField, YuanField
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.words import goods_name, yuan

KEEP = "agreements.keep_cover"
AGREED, CHANGE = "agreed", "change"  # the two answers to the question before money goes back
BEARERS = ("farmer", "cooperative", "carrier", "host", "platform")
MOST_FEN = 10**9


class SettledRefundForm(LookedOver):
    """What goes back of which line, who bears it, and why."""

    line = forms.TypedChoiceField(label=_("Which goods"), coerce=int)
    amount = YuanField(label=_("Goes back to the buyer"), most_fen=MOST_FEN)
    borne_by = forms.ChoiceField(label=_("Who bears it"), required=False)
    why = WordsField(label=_("Why"), max_length=200)
    refusals: ClassVar[dict[str, str]] = {
        "amount_too_large": "amount",
        "bad_amount": "amount",
        "fund_empty": "amount",
        "nobody_bears": "borne_by",
        "says_nothing": "why",
    }

    def __init__(self, data: Any = None, *, order: OrderView) -> None:
        super().__init__(data)
        lines = [
            (line.id, f"{goods_name(line)} × {line.packs} · {yuan(line.total_fen - line.refunded_fen)}")
            for line in order.lines
        ]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]  # they are choice fields
        roles = [(role, role_title(role)) for role in BEARERS]
        self.fields["borne_by"].choices = [("", _("Everyone, as the clauses say")), *roles]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@at_county
def settled_refund(request: HttpRequest, office: Office, number: str) -> HttpResponse:
    """Give money of a settled order back; for those who answer for the county's authority."""
    order = load_order(by=office.by, number=number)
    require(office.by, KEEP, office.county)
    form = SettledRefundForm(request.POST if request.method == "POST" else None, order=order)
    back = reverse("county_order", args=[order.number])
    words = {
        "title": gettext("Give money back after the settlement"),
        "lead": gettext("A fund pays the buyer at once; whoever was paid too much owes it to the fund."),
        "ask": gettext("Give this money back?"),
        "more": gettext("It goes to the buyer's account and cannot be called back."),
        "yes": gettext("Give it back"),
        "back": back,
    }
    context = {"form": form, "words": words, "once": once.key_of(request)}
    if request.method == "POST" and CHANGE not in request.POST and form.is_valid():
        try:
            if AGREED in request.POST:
                _give_once(request, office, form, back)
                return redirect(back)
            _try(office, form)
            return render(request, "county/cover_confirm.html", context)
        except Problem as problem:
            beside(form, problem, form.refusals)
    status = 422 if CHANGE not in request.POST and form.errors else 200
    return render(request, "county/cover_form.html", context, status=status)


def _give_once(request: HttpRequest, office: Office, form: SettledRefundForm, back: str) -> None:
    with transaction.atomic():
        now = timezone.now()
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            _give(office, form, now=now)
            messages.success(request, gettext("The money is on its way to the buyer."))
            claim.leads_to(back)


def _try(office: Office, form: SettledRefundForm) -> None:
    """Do it and undo it: what would be refused is said before anybody is asked whether to do it."""
    with transaction.atomic():
        _give(office, form, now=timezone.now())
        transaction.set_rollback(True)


def _give(office: Office, form: SettledRefundForm, *, now: datetime) -> None:
    said = form.cleaned_data
    refund_settled(
        by=office.by,
        amounts={said["line"]: said["amount"]},
        why=said["why"],
        borne_by=said["borne_by"],
        now=now,
    )
