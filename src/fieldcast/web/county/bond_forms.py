"""Forms of bonds: a bank's guarantee letter, and a penalty that was decided on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.bonds.types import BondKey, BondView, PenaltyChoice
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.web.county.bond_names import bond_names, penalty_name
from fieldcast.web.county.forms import LookedOver
from fieldcast.web.shared.fields import DayField, WordsField, YuanField


class PenaltyForm(LookedOver):
    """Which clause's penalty, by which decision, how much of it and why."""

    penalty = forms.ChoiceField(label=_("Penalty"))
    decision = WordsField(label=_("Number of the decision"), max_length=40)
    amount = YuanField(label=_("Amount of the penalty"), most_fen=MOST_FEN)
    why = WordsField(label=_("Reason"), max_length=300)
    refusals: ClassVar[Mapping[str, str]] = {
        "no_penalty": "penalty",
        "bad_decision": "decision",
        "decision_used": "decision",
        "bad_sum": "amount",
        "says_nothing": "why",
    }

    def __init__(self, data: Any = None, *, choices: Iterable[PenaltyChoice], initial: Any) -> None:
        super().__init__(data, initial=initial)
        named = [(f"{one.version_id}.{one.term.clause}", penalty_name(one)) for one in choices]
        self.fields["penalty"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]  # a choice field

    @property
    def what(self) -> tuple[int, int]:
        """The version and the clause of a valid form."""
        version_id, _dot, clause = self.cleaned_data["penalty"].partition(".")
        return int(version_id), int(clause)


class GuaranteeLetterForm(forms.Form):
    """A letter as it says of itself, and its picture; whoever writes it down says that they have compared the two."""

    bond = forms.ChoiceField(label=_("For"))
    bank = WordsField(label=_("Bank"), max_length=60)
    number = WordsField(label=_("Number of the letter"), max_length=40)
    amount = YuanField(label=_("Amount of the letter"), most_fen=MOST_FEN)
    valid_until = DayField(label=_("Valid until"))
    file = forms.FileField(
        label=_("Picture of the letter"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This picture is empty. Take it again."),
        },
    )
    compared = forms.BooleanField(
        label=_("Everything here is as it stands on the letter. It cannot be changed afterwards."),
        error_messages={"required": _("Compare it with the letter, then say so here.")},
    )
    refusals: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("not_a_picture", "picture_broken", "picture_too_heavy", "too_many_dots"), "file"),
        "too_many_at_once": "file",
        "no_bond": "bond",
        "bad_letter": "number",
        "letter_known": "number",
        "letter_over": "valid_until",
        "bad_sum": "amount",
    }

    def __init__(
        self, data: Any = None, files: Any = None, *, bonds: Sequence[BondView], initial: Any = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["bond"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            ("", _("Choose")),
            *bond_names(bonds).items(),
        ]

    @property
    def key(self) -> BondKey:
        """Whose bond a valid form is about."""
        agreement_id, _dot, organisation_id = self.cleaned_data["bond"].partition(".")
        return BondKey(int(agreement_id), int(organisation_id))
