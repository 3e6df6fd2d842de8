"""Asking for money back."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.trade.aftersales.types import MOST_LETTERS
from fieldcast.trade.types import POSSIBLE, OrderState, OrderView, Remedy, Wrong
from fieldcast.web.shared.fields import WholeField, WordsField, YuanField
from fieldcast.web.shared.refund_requests import REMEDIES, WRONG


class RefundForm(forms.Form):
    """What is wrong, how much of it, a sentence, photos."""

    wrong = forms.TypedChoiceField(
        label=_("What is wrong?"),
        coerce=Wrong,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    remedy = forms.TypedChoiceField(
        label=_("What do you want?"),
        coerce=Remedy,
        required=False,
        empty_value=Remedy.REFUND_ONLY,
        choices=[(one.value, words) for one, words in REMEDIES.items()],
        widget=forms.RadioSelect,
    )
    damaged = WholeField(label=_("How many are bad?"), required=False, min_value=0)
    packs = WholeField(label=_("How many packs?"), required=False, min_value=0)
    amount = YuanField(label=_("Or a sum, when a part of a pack is bad"), required=False)
    words = WordsField(
        label=_("In a sentence"),
        max_length=MOST_LETTERS,
        help_text=_("Such as: three of the box are rotten underneath."),
        error_messages={"required": _("Write a sentence, so that the seller knows what happened.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "not_possible_yet": "wrong",
        "remedy_not_possible": "remedy",
        "bad_part": "damaged",
        "packs_or_sum": "packs",
        "amount_too_large": "amount",
        "nothing_said": "words",
    }

    def __init__(self, data: Any = None, *, order: OrderView) -> None:
        bought = sum(line.packs for line in order.lines)
        self.bought = bought
        self.whole = order.state in (OrderState.PAID, OrderState.PACKED)
        initial = {"packs": bought if self.whole else 1, "remedy": Remedy.REFUND_ONLY.value}
        super().__init__(data, initial=initial)
        self.fields["remedy"].needed = True  # type: ignore[attr-defined]  # read by field.html: one is chosen already
        possible = POSSIBLE.get(order.state, ())
        self.fields["wrong"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (one.value, WRONG[one]) for one in possible
        ]
        if self.whole:  # nothing was sent, so all of it goes back or nothing
            for name in ("amount", "remedy", "damaged"):
                del self.fields[name]
            self.fields["packs"].widget = forms.HiddenInput()
            self.fields["packs"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Where nothing came, nobody sees the fields about packs, so nothing is wrong with them."""
        if self.cleaned_data.get("wrong") == Wrong.NOT_ARRIVED:
            for name in ("packs", "amount", "damaged", "remedy"):
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def how_much(self) -> dict[str, Any]:
        """The remedy, and how much it is about: bad units for a part of the price, else the sum where one was typed,
        else the packs; all of them where nothing came.
        """
        if self.cleaned_data["wrong"] == Wrong.NOT_ARRIVED:
            return {"packs": self.bought}
        remedy = self.cleaned_data.get("remedy") or Remedy.REFUND_ONLY
        if remedy == Remedy.PART:
            return {"remedy": remedy, "damaged_units": self.cleaned_data.get("damaged") or 0}
        amount_fen = None if remedy == Remedy.EXCHANGE else self.cleaned_data.get("amount")
        packs = None if amount_fen else self.cleaned_data.get("packs") or 0
        return {"remedy": remedy, "amount_fen": amount_fen, "packs": packs}
