"""Answering a request for money back: the list of them and the page of one, for the seller's face and the county's.

Money is given back, or nothing; the parcel is brought once more; the goods come back first, or others are sent.
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
from fieldcast.trade import queries as trade
from fieldcast.trade.aftersales.types import MOST_LETTERS
from fieldcast.trade.carrying.types import MOST_LETTERS as MOST_FOR_CARRIER
from fieldcast.trade.types import BorneBy, OrderView, RequestView
from fieldcast.web.shared import once
from fieldcast.web.shared.fields import WholeField, WordsField, YuanField
from fieldcast.web.shared.refund_requests import BEARERS, REMEDIES, WRONG, told_of
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
    borne_by = forms.TypedChoiceField(
        label=gettext_lazy("Who bears it"),
        choices=[(one.value, words) for one, words in BEARERS.items()],
        coerce=BorneBy,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("By what caused it. Needed where money goes back."),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_amount": "amount",
        "amount_too_large": "amount",
        "whole_or_nothing": "amount",
        "nothing_said": "words",
        "who_bears_missing": "borne_by",
        "bearer_not_in_sale": "borne_by",
    }

    def __init__(self, data: Any = None, *, one: RequestView, by_county: bool) -> None:
        super().__init__(data, initial={"amount": one.proposed_fen})
        if by_county:
            self.fields["words"].help_text = _("Buyer and seller read this. Say why, whatever you decide.")
            for name in ("words", "borne_by"):
                self.fields[name].needed = True  # type: ignore[attr-defined]  # read by field.html
        else:
            del self.fields["borne_by"]
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


class GoodsForm(forms.Form):
    """Where the goods are to be sent back to, or how others are sent for them."""

    words = WordsField(
        label=gettext_lazy("In your words"),
        max_length=MOST_LETTERS,
        error_messages={"required": gettext_lazy("Write a sentence: the buyer acts on it.")},
    )
    refusals: ClassVar[Mapping[str, str]] = {"nothing_said": "words"}


class ExchangeForm(GoodsForm):
    """How others are sent, and under which number where the carrier has given one."""

    tracking = WordsField(
        label=gettext_lazy("Number of the new parcel"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "From its label. Without one it goes under the order's number with an ending."
        ),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        **GoodsForm.refusals,
        "bad_tracking": "tracking",
        "tracking_taken": "tracking",
    }


class CameBackForm(forms.Form):
    """What became of goods that came back."""

    put_back = WholeField(
        label=gettext_lazy("Good enough to be sold again, in units"),
        min_value=0,
        max_value=10**6,
        initial=0,
        help_text=gettext_lazy("The rest is written off; the lot's history says so."),
    )
    words = WordsField(
        label=gettext_lazy("What you saw"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in what state they came.")},
    )
    refusals: ClassVar[Mapping[str, str]] = {"bad_returned": "put_back", "nothing_said": "words"}


AGAIN, RETURN, EXCHANGE, CAME = "again", "return", "exchange", "came"
WITH_GOODS: Mapping[str, type[forms.Form]] = {
    AGAIN: AgainForm,
    RETURN: GoodsForm,
    EXCHANGE: ExchangeForm,
    CAME: CameBackForm,
}


def answer_page(
    request: HttpRequest,
    one: RequestView,
    *,
    by: SignedIn,
    now: datetime,
    may_answer: bool,
    back: str,
    template: str,
    order: OrderView,
    around: Mapping[str, Any],
) -> HttpResponse:
    """A request with all that was said, and the forms to answer it for whoever may; sent, on to the list `back`."""
    data = request.POST if request.method == "POST" else None
    way = answered_with(request)
    by_county = one.at_county(now) and not allowed(by, "trade.answer_refund", one)
    form = AnswerForm(None if way else data, one=one, by_county=by_county)
    goods = {
        name: kind(data if way == name else None, auto_id=f"{name}_%s") for name, kind in WITH_GOODS.items()
    }
    sent: Any = goods[way] if way else form
    if data is not None and sent.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    said = _with_goods(by, one, way, sent, now) if way else _answer(by, one, form, now)
                    claim.leads_to(back)
                    messages.success(request, said)
            return redirect(back)
        except Problem as problem:
            beside(sent, problem, sent.refusals)
    sells = allowed(by, "trade.pack_order", one)
    manages = allowed(by, "trade.answer_refund", one)
    may_send_again = one.for_sending_again if sells else one.county_may_send_again(now)
    context = {
        **around,
        "told": told_of(one, now=now, people=True, unit=order.lines[0].unit),
        "form": form if may_answer else None,
        "again": goods[AGAIN] if may_send_again else None,
        "back_first": goods[RETURN] if one.takes_back and manages else None,
        "exchange": goods[EXCHANGE] if one.exchanges and sells else None,
        "came": goods[CAME] if one.came_back and not one.settled_goods and manages else None,
        "reused": trade.reused_photos(one),
        "once": once.key_of(request),
    }
    return render(request, template, context, status=422 if sent.errors else 200)


def answered_with(request: HttpRequest) -> str:
    """Which goods the request is answered with, and not with money: a value of `WITH_GOODS`, or nothing."""
    way = request.POST.get("do", "")
    return way if way in WITH_GOODS else ""


def _answer(by: SignedIn, one: RequestView, form: AnswerForm, now: datetime) -> str:
    fen, words = form.cleaned_data["amount"], form.cleaned_data["words"]
    borne_by = form.cleaned_data.get("borne_by")
    trade_operations.answer_refund(
        by=by, request_id=one.id, amount_fen=fen, words=words, borne_by=borne_by, now=now
    )
    if not fen:
        return _("The buyer is told why nothing goes back.")
    return _("%(amount)s are on their way to the buyer.") % {"amount": yuan(fen)}


def _with_goods(by: SignedIn, one: RequestView, way: str, form: forms.Form, now: datetime) -> str:
    words = form.cleaned_data["words"]
    if way == CAME:
        put_back = form.cleaned_data["put_back"]
        trade_operations.settle_returned(by=by, request_id=one.id, put_back=put_back, why=words, now=now)
        return _("It is written down what became of the goods.")
    if way == RETURN:
        trade_operations.agree_return(by=by, request_id=one.id, words=words, now=now)
        return _("The buyer was told where to send it.")
    if way == EXCHANGE:
        number = form.cleaned_data["tracking"]
        trade_operations.exchange_goods(
            by=by, request_id=one.id, words=words, tracking_number=number, now=now
        )
        return _("The carrier was told to fetch the new parcel, and the buyer that it comes.")
    trade_operations.send_again(by=by, order_id=one.order_id, words=words, now=now)
    return _("The carrier was told to try again, and the buyer that it comes once more.")


def request_table(
    found: Iterable[RequestView], *, address: str, now: datetime, seller: bool = False
) -> Table:
    """Requests under headings; `address` is the name of one's page, `seller` adds who sold."""
    columns = [Column(_("Order"))]
    if seller:
        columns.append(Column(_("Cooperative")))
    columns += [Column(_("What is wrong")), Column(_("What is wanted")), Column(_("State"))]
    columns.append(Column(_("To be answered by")))
    columns.append(Column(_("Asked for"), number=True))
    return Table(tuple(columns), tuple(_row(one, address, now, seller=seller) for one in found))


def _row(one: RequestView, address: str, now: datetime, *, seller: bool) -> tuple[Cell, ...]:
    who = (Cell(local_name(one, "seller_name")),) if seller else ()
    return (
        Cell(one.order_number, href=reverse(address, args=[one.id]), code=True),
        *who,
        Cell(str(WRONG[one.wrong])),
        Cell(str(REMEDIES[one.remedy])),
        Cell(state=one.state),
        Cell(when(one.due_at or one.answer_until, now=now) if one.waits else "—"),
        Cell(yuan(one.asked_fen)),
    )
