"""What the county says about agreements: the ceiling of the platform's part, and a month beyond anybody's power."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.types import VersionView
from fieldcast.web.shared.fields import PercentField, WordsField
from fieldcast.web.shared.report import month_name
from fieldcast.web.shared.words import local_name


class CeilingForm(forms.Form):
    """The most that the platform may take of sales, and where that was published."""

    ceiling = PercentField(label=_("The platform may take at most (%)"))
    source = WordsField(label=_("Where it was published"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"ceiling_impossible": "ceiling", "says_nothing": "source"}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="ceiling_%s")


class ForceMajeureForm(forms.Form):
    """An agreement, a month that is not settled yet, and what happened."""

    agreement = forms.TypedChoiceField(label=_("Agreement"), coerce=int)
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    why = WordsField(label=_("What happened"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"month_closed": "month", "says_nothing": "why"}

    def __init__(self, data: Any = None, *, versions: Iterable[VersionView], months: Iterable[date]) -> None:
        super().__init__(data, auto_id="majeure_%s")
        named = [(one.agreement_id, local_name(one)) for one in versions]
        self.fields["agreement"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]
        self.fields["month"].choices = [  # type: ignore[attr-defined]  # both are choice fields
            (month.isoformat(), month_name(month)) for month in months
        ]
