"""What a cooperative writes into a member's account."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.settlement.members.operations import MOST_FEN
from fieldcast.settlement.members.types import EntryKind
from fieldcast.web.shared.fields import DayField, WordsField, YuanField
from fieldcast.web.shared.members import ENTRIES


class EntryForm(forms.Form):
    """An amount of one kind, since when, and by which paper or decision."""

    kind = forms.TypedChoiceField(label=_("What"), coerce=EntryKind, choices=[*ENTRIES.items()])
    amount = YuanField(label=_("Amount"), most_fen=MOST_FEN)
    back = forms.BooleanField(label=_("Take back that much of what was written down"), required=False)
    day = DayField(label=_("Day"))
    why = WordsField(
        label=_("Why"), max_length=200, help_text=_("The receipt, or the members' decision and its day.")
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "too_much_taken": "amount",
        "entry_impossible": "day",
        "says_nothing": "why",
    }

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="entry_%s", **kwargs)
