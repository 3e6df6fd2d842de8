"""Forms of a fund's floor, of payments that a person decides, and of quality insurance."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.agreements.cover.types import FundView
from fieldcast.catalog.types import ProductView
from fieldcast.web.county.forms import LookedOver
from fieldcast.web.shared.fields import DayField, WordsField, YuanField
from fieldcast.web.shared.words import local_name

_BETWEEN: Final = re.compile(r"[\s,，、;；]+")
MOST_CODES: Final = 2000


class FloorForm(LookedOver):
    """Below what a fund pays nothing by itself."""

    fund = forms.TypedChoiceField(label=_("Fund"), coerce=int)
    limit = YuanField(
        label=_("Floor"),
        least_fen=0,
        most_fen=MOST_FEN,
        help_text=_("Below it a person decides on each payment in advance. 0: no floor."),
    )
    refusals: ClassVar[Mapping[str, str]] = {"bad_sum": "limit"}

    def __init__(self, data: Any = None, *, funds: Iterable[FundView], initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["fund"].choices = [(one.id, local_name(one)) for one in funds]  # type: ignore[attr-defined]  # a choice field


class DecideForm(forms.Form):
    """Why a payment is approved or declined."""

    why = WordsField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "why"}


class PolicyForm(LookedOver):
    """A policy as it stands on paper."""

    insurer = forms.TypedChoiceField(label=_("Insurer"), coerce=int)
    number = WordsField(label=_("Number of the policy"), max_length=40)
    fund = forms.TypedChoiceField(
        label=_("Fund"), coerce=int, help_text=_("What the insurer pays comes into this fund.")
    )
    from_day = DayField(label=_("Valid from"))
    to_day = DayField(label=_("Valid to"))
    products = forms.MultipleChoiceField(
        label=_("Products covered"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lots = WordsField(
        label=_("Lots covered"),
        max_length=MOST_CODES,
        required=False,
        help_text=_("Their codes, with blanks between. With no product and no lot it covers everything."),
    )
    per_unit = YuanField(label=_("Cover a unit, in yuan"), most_fen=MOST_FEN)
    per_claim = YuanField(label=_("Cover a claim, in yuan"), most_fen=MOST_FEN)
    premium = YuanField(
        label=_("Premium a pack, in yuan"),
        least_fen=0,
        most_fen=MOST_FEN,
        help_text=_("As the agreement's clause pays it to the insurer for each pack."),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "not_an_insurer": "insurer",
        "policy_known": "number",
        "policy_unnamed": "number",
        "policy_days": "to_day",
        "goods_unknown": "lots",
        "bad_sum": "per_claim",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        insurers: Iterable[OrganisationRef],
        funds: Iterable[FundView],
        products: Iterable[ProductView],
    ) -> None:
        super().__init__(data)
        names = {"insurer": [(one.id, local_name(one)) for one in insurers]}
        names["fund"] = [(one.id, local_name(one)) for one in funds]
        self.fields["products"].choices = [(one.code, local_name(one)) for one in products]  # type: ignore[attr-defined]  # a choice field
        for name, choices in names.items():
            many = [("", _("Choose")), *choices] if len(choices) != 1 else choices
            self.fields[name].choices = many  # type: ignore[attr-defined]  # it is a choice field

    @property
    def terms(self) -> dict[str, Any]:
        """What a valid form says, as `insurance.record_policy` takes it."""
        said = self.cleaned_data
        days: dict[str, date] = {name: said[name] for name in ("from_day", "to_day")}
        return {
            **days,
            "insurer_id": said["insurer"],
            "fund_id": said["fund"],
            "number": said["number"],
            "products": said["products"],
            "lots": _codes(said["lots"]),
            "per_unit_fen": said["per_unit"],
            "per_claim_fen": said["per_claim"],
            "premium_fen": said["premium"],
        }


class InsurerPaidForm(LookedOver):
    """What an insurer paid on a claim, and on which bank slip."""

    amount = YuanField(label=_("Amount on the slip"), most_fen=MOST_FEN)
    slip = WordsField(label=_("Number of the bank slip"), max_length=40)
    refusals: ClassVar[Mapping[str, str]] = {
        "pays_more": "amount",
        "bad_sum": "amount",
        "bad_slip": "slip",
        "slip_used": "slip",
    }


class InsurerRefusedForm(LookedOver):
    """Why an insurer refused."""

    why = WordsField(label=_("What the insurer says"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "why"}


def _codes(words: str) -> list[str]:
    return [code for code in _BETWEEN.split(words) if code]
