"""Forms of the studio: a plan, why a line is hidden, and what the host says was sold."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Sentence
from fieldcast.live.operations.chat import REASON_LENGTH
from fieldcast.supervision.operations import MOST_FEN, MOST_PACKS
from fieldcast.web.sessions.forms import PlanForm
from fieldcast.web.shared.fields import WholeField, WordsField, YuanField
from fieldcast.web.shared.words import local_name


class StudioPlanForm(PlanForm):
    """Whose goods, under which agreement, what it is called, when it begins."""

    cooperative = forms.TypedChoiceField(
        label=_("Cooperative"), coerce=int, help_text=_("Whose goods you will sell.")
    )
    agreement = forms.TypedChoiceField(
        label=_("Agreement"), coerce=int, help_text=_("What everyone earns is written there.")
    )
    field_order = ("cooperative", *PlanForm.field_order)
    refusals: ClassVar[Mapping[str, str]] = {**PlanForm.refusals, "wrong_parties": "cooperative"}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        theirs = dict.fromkeys(one.cooperative_id for one in self.versions.values())
        self.offer_choices("cooperative", [(pk, local_name(self.partners[pk])) for pk in theirs])

    def name_of(self, version: VersionView) -> str:
        """An agreement beside the others; whose it is, is chosen before."""
        return gettext("%(name)s, version %(number)s") % {
            "name": local_name(version),
            "number": version.number,
        }

    def clean(self) -> dict[str, Any]:
        """The agreement is one with the cooperative chosen."""
        cleaned = super().clean() or self.cleaned_data
        cooperative, version = cleaned.get("cooperative"), self.versions.get(cleaned.get("agreement", 0))
        if cooperative and version and version.cooperative_id != cooperative:
            self.add_error(
                "agreement", _("This agreement is with another cooperative. Choose one of its own.")
            )
        return cleaned


class HideForm(forms.Form):
    """Why a line of chat goes out of sight. The usual reasons are offered; any other may be written."""

    USUAL: ClassVar[tuple[Sentence, ...]] = (
        _("Advertising"),
        _("Insults"),
        _("Somebody's phone number or address"),
        _("Not true of these goods"),
        _("The same again and again"),
    )
    why = WordsField(
        label=_("Why is it hidden?"),
        max_length=REASON_LENGTH,
        help_text=_("Those who run this session and the county's authority can read it."),
        widget=forms.TextInput(attrs={"list": "usual-reasons", "autocomplete": "off"}),
    )
    refusals: ClassVar[Mapping[str, str]] = dict.fromkeys(("hidden_for_nothing", "text_too_long"), "why")


class ReportForm(forms.Form):
    """What the host says a session sold, to be held against its records."""

    units = WholeField(label=_("Packs sold"), min_value=0, max_value=MOST_PACKS)
    amount = YuanField(label=_("Sales"), least_fen=0, most_fen=MOST_FEN)
    refusals: ClassVar[Mapping[str, str]] = {"report_out_of_range": "units"}
