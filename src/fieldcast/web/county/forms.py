"""Forms of what stands behind promises: money against a bank slip, a fund's name, a limit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.bonds.types import BondView
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.agreements.cover.types import FundView, MoneyKind
from fieldcast.settlement.types import Standing
from fieldcast.web.county.bond_names import bond_names, called_letters
from fieldcast.web.county.words import MONEY_KINDS
from fieldcast.web.shared.fields import WordsField, YuanField
from fieldcast.web.shared.words import local_name, yuan


class LookedOver(forms.Form):
    """A form whose words are shown once more before they are written down. `refusals`: the fields of codes."""

    refusals: ClassVar[Mapping[str, str]] = {}

    def said(self) -> Iterator[tuple[str, str]]:
        """Label and words of every field of a valid form that says something."""
        for field in self:
            value = self.cleaned_data[field.name]
            if value in (None, "", []):
                continue
            yield str(field.label), self._words(field, value)

    @staticmethod
    def _words(field: forms.BoundField, value: Any) -> str:
        if isinstance(field.field, YuanField):
            return yuan(value)
        if isinstance(field.field, forms.MultipleChoiceField):
            named = dict(_flat(field.field.choices))
            return str(_(", ")).join(str(named[str(one)]) for one in value)
        if isinstance(field.field, forms.ChoiceField):
            return str(dict(_flat(field.field.choices))[str(field.value())])
        return str(value)


class MoneyForm(LookedOver):
    """Money on a bank slip: for whom it came, or to whom it went back."""

    party = forms.ChoiceField(label=_("For"))
    amount = YuanField(label=_("Amount on the slip"), most_fen=MOST_FEN)
    slip = WordsField(label=_("Number of the bank slip"), max_length=40)
    note = WordsField(label=_("Note"), max_length=200, required=False)
    refusals: ClassVar[Mapping[str, str]] = {
        "slip_used": "slip",
        "bad_slip": "slip",
        "bad_sum": "amount",
        "deposit_bound": "amount",
        "bond_bound": "amount",
        "no_bond": "party",
        "insufficient_funds": "amount",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        cooperatives: Iterable[Standing],
        funds: Iterable[FundView],
        bonds: Sequence[BondView] = (),
        initial: Any,
    ) -> None:
        super().__init__(data, initial=initial)
        coops = {one.cooperative_id: local_name(one) for one in cooperatives}
        into = {one.id: local_name(one) for one in funds}
        groups = (
            (_("Deposit that came in"), MoneyKind.DEPOSIT, coops),
            (_("Money that came for a fund"), MoneyKind.FUND_IN, into),
            (_("Deposit that went back"), MoneyKind.DEPOSIT_BACK, coops),
            (_("Performance bond that came in"), MoneyKind.BOND, bond_names(bonds)),
            (_("What a bank paid on its letter"), MoneyKind.LETTER_PAID, called_letters(bonds)),
            (_("Performance bond that went back"), MoneyKind.BOND_BACK, bond_names(bonds)),
        )
        self.fields["party"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            ("", _("Choose")),
            *((words, _choices(kind, names)) for words, kind, names in groups if names),
        ]

    @property
    def what(self) -> tuple[MoneyKind, str]:
        """What a valid form is about: the kind, and the cooperative, fund, bond or letter."""
        kind, _colon, which = self.cleaned_data["party"].partition(":")
        return MoneyKind(kind), which


class FundForm(LookedOver):
    """A fund's names."""

    name = WordsField(label=_("Name of the fund"), max_length=60)
    name_en = WordsField(label=_("Its name in English"), max_length=80, required=False)
    refusals: ClassVar[Mapping[str, str]] = {"fund_unnamed": "name"}


class LimitForm(LookedOver):
    """The most a fund stands behind a cooperative with."""

    fund = forms.TypedChoiceField(label=_("Fund"), coerce=int)
    cooperative = forms.TypedChoiceField(label=_("Cooperative"), coerce=int)
    limit = YuanField(label=_("Limit"), least_fen=0, most_fen=MOST_FEN)
    refusals: ClassVar[Mapping[str, str]] = {
        "fund_too_small": "limit",
        "cover_too_small": "limit",
        "bad_sum": "limit",
    }

    def __init__(
        self, data: Any = None, *, cooperatives: Iterable[Standing], funds: Iterable[FundView], initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        names = {"fund": [(one.id, local_name(one)) for one in funds]}
        names["cooperative"] = [(one.cooperative_id, local_name(one)) for one in cooperatives]
        for name, choices in names.items():
            many = [("", _("Choose")), *choices] if len(choices) != 1 else choices
            self.fields[name].choices = many  # type: ignore[attr-defined]  # it is a choice field


def _choices(kind: MoneyKind, names: Mapping[int, str] | Mapping[str, str]) -> list[tuple[str, str]]:
    """Each says what it is: a closed list shows a choice without the heading it stood under."""
    return [(f"{kind}:{which}", f"{name} · {MONEY_KINDS[kind]}") for which, name in names.items()]


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    """Choices without the headings they stand under."""
    for value, words in choices:
        if isinstance(words, list):
            yield from _flat(words)
        else:
            yield str(value), words
