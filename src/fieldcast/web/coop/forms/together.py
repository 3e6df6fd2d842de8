"""What is known of selling alone, as the cooperative types it. What stays empty is not known."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.together.types import AloneFigures, AloneView
from fieldcast.web.shared.fields import PercentField, WholeField, WordsField, YuanField


class AloneForm(forms.Form):
    """Minutes, what cheating brings, how often it is found, and what a household could ask for."""

    parcel_minutes = WholeField(
        label=_("Minutes to sort and pack a parcel at home"), min_value=0, max_value=1440, required=False
    )
    request_minutes = WholeField(
        label=_("Minutes to answer a buyer who wants money back"), min_value=0, max_value=1440, required=False
    )
    gain_fen = YuanField(label=_("What cheating brings a host in a session"), most_fen=10**10, required=False)
    detection_bp = PercentField(label=_("Of a hundred cheats the cooperative finds (%)"), required=False)
    detection_alone_bp = PercentField(label=_("Of a hundred cheats a household finds (%)"), required=False)
    penalty_alone_fen = YuanField(
        label=_("Penalty that a household could get by itself"), least_fen=0, most_fen=10**10, required=False
    )
    source = WordsField(label=_("Known from"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "source"}

    def __init__(self, data: Any = None, *, known: AloneView | None) -> None:
        super().__init__(data, initial=vars(known.figures) if known else None)

    @property
    def figures(self) -> AloneFigures:
        """What was typed."""
        return AloneFigures(**self.cleaned_data)
