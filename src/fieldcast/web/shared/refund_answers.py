"""Answering a request for money back: the list of them and the page of one, for the seller's face and the county's.

Money is given back, or nothing; or the parcel is brought once more.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.aftersales.types import MOST_LETTERS
from fieldcast.trade.carrying.types import MOST_LETTERS as MOST_FOR_CARRIER
from fieldcast.trade.types import RequestView
from fieldcast.web.shared import once
from fieldcast.web.shared.fields import WordsField, YuanField
from fieldcast.web.shared.refund_requests import WRONG, told_of
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, when, yuan


class AnswerForm(forms.Form):
    """How much goes back, as the server proposes it, and words, without which nothing is refused."""

    amount = YuanField(label=gettext_lazy("Goes back"), required=False)
    words = WordsField(
        label=gettext_lazy("In your words"),
        max_length=MOST_LETTERS,
        required=False,
        help_text=gettext_lazy("The buyer reads this. To refuse, say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_amount": "amount",
        "amount_too_large": "amount",
        "whole_or_nothing": "amount",
        "nothing_said": "words",
    }

    def __init__(self, data: Any = None, *, one: RequestView) -> None:
        super().__init__(data, initial={"amount": one.proposed_fen})
        self.gives = data is not None and data.get("do") == "give"
        self.fields["amount"].needed = True  # type: ignore[attr-defined]  # read by field.html: to refuse it is left out
        if one.whole:  # the parcel was not sent: the whole price, or nothing
            self.fields["amount"].disabled = True

    def clean_amount(self) -> int:
        """Nothing where it is refused; an amount where it is given."""
        if not self.gives:
            return 0
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Enter how much goes back to the buyer."))
        return int(self.cleaned_data["amount"])


class AgainForm(forms.Form):
    """How the carrier is to bring the parcel once more."""

    words = WordsField(
        label=gettext_lazy("How the carrier tries again"),
        max_length=MOST_FOR_CARRIER,
        help_text=gettext_lazy("The carrier reads this, and the buyer."),
        error_messages={
            "required": gettext_lazy("Say how the carrier is to bring it: when, where, whom to call.")
        },
    )
    refusals: ClassVar[Mapping[str, str]] = {"parcel_words_missing": "words"}


def answer_page(
    request: HttpRequest,
    one: RequestView,
    *,
    by: SignedIn,
    now: datetime,
    may_answer: bool,
    back: str,
    template: str,
    around: Mapping[str, Any],
) -> HttpResponse:
    """A request with all that was said, and the forms to answer it for whoever may; sent, on to the list `back`."""
    data = request.POST if request.method == "POST" else None
    by_again = sends_again(request)
    form = AnswerForm(None if by_again else data, one=one)
    again = AgainForm(data if by_again else None, auto_id="again_%s")
    sent = again if by_again else form
    if data is not None and sent.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    said = _send_again(by, one, again, now) if by_again else _answer(by, one, form, now)
                    claim.leads_to(back)
                    messages.success(request, said)
            return redirect(back)
        except Problem as problem:
            beside(sent, problem, sent.refusals)
    sells = allowed(by, "trade.pack_order", one)
    may_send_again = one.for_sending_again if sells else one.county_may_send_again(now)
    context = {
        **around,
        "told": told_of(one, now=now, people=True),
        "form": form if may_answer else None,
        "again": again if may_send_again else None,
        "once": once.key_of(request),
    }
    return render(request, template, context, status=422 if sent.errors else 200)


def sends_again(request: HttpRequest) -> bool:
    """Is the request answered by bringing the parcel once more, and not with money?"""
    return request.POST.get("do") == "again"


def _answer(by: SignedIn, one: RequestView, form: AnswerForm, now: datetime) -> str:
    fen, words = form.cleaned_data["amount"], form.cleaned_data["words"]
    trade_operations.answer_refund(by=by, request_id=one.id, amount_fen=fen, words=words, now=now)
    if not fen:
        return _("The buyer is told why nothing goes back.")
    return _("%(amount)s are on their way to the buyer.") % {"amount": yuan(fen)}


def _send_again(by: SignedIn, one: RequestView, form: AgainForm, now: datetime) -> str:
    words = form.cleaned_data["words"]
    trade_operations.send_again(by=by, order_id=one.order_id, words=words, now=now)
    return _("The carrier was told to try again, and the buyer that it comes once more.")


def request_table(
    found: Iterable[RequestView], *, address: str, now: datetime, seller: bool = False
) -> Table:
    """Requests under headings; `address` is the name of one's page, `seller` adds who sold."""
    columns = [Column(_("Order"))]
    if seller:
        columns.append(Column(_("Cooperative")))
    columns += [Column(_("What is wrong")), Column(_("State")), Column(_("To be answered by"))]
    columns.append(Column(_("Asked for"), number=True))
    return Table(tuple(columns), tuple(_row(one, address, now, seller=seller) for one in found))


def _row(one: RequestView, address: str, now: datetime, *, seller: bool) -> tuple[Cell, ...]:
    who = (Cell(local_name(one, "seller_name")),) if seller else ()
    return (
        Cell(one.order_number, href=reverse(address, args=[one.id]), code=True),
        *who,
        Cell(str(WRONG[one.wrong])),
        Cell(state=one.state),
        Cell(when(one.answer_until, now=now) if one.waits else "—"),
        Cell(yuan(one.asked_fen)),
    )
