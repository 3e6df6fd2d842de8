"""Forms of the studio: a plan, and what the host says was sold. What an offer asks is the cooperative's form."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.types import VersionView
from fieldcast.live.operations.sessions import TITLE_LENGTH
from fieldcast.supervision.operations import MOST_FEN, MOST_PACKS
from fieldcast.web.shared.fields import TimeField, WholeField, YuanField
from fieldcast.web.shared.words import local_name

START_HELP = _("When the room opens. Those who follow you see it from now on.")


class PlanForm(forms.Form):
    """Whose goods, under which agreement, what it is called, when it begins."""

    cooperative = forms.TypedChoiceField(
        label=_("Cooperative"), coerce=int, help_text=_("Whose goods you will sell.")
    )
    agreement = forms.TypedChoiceField(
        label=_("Agreement"), coerce=int, help_text=_("What everyone earns is written there.")
    )
    title = forms.CharField(
        label=_("What it is called"),
        max_length=TITLE_LENGTH,
        help_text=_("People see it on the home page, such as: Yellow peaches, picked this morning."),
    )
    starts_at = TimeField(label=_("Begins"), help_text=START_HELP)
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_start": "starts_at",
        "empty_text": "title",
        "text_too_long": "title",
        "wrong_parties": "cooperative",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        versions: Iterable[VersionView],
        cooperatives: Mapping[int, OrganisationRef],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.versions = {one.id: one for one in versions}
        partners = list(dict.fromkeys(one.cooperative_id for one in self.versions.values()))
        choose = [("", _("Choose"))]
        names = [(pk, local_name(cooperatives[pk])) for pk in partners]
        self._choices("cooperative", names if len(names) == 1 else [*choose, *names])
        agreed = [(one.id, _agreement_name(one)) for one in self.versions.values()]
        self._choices("agreement", agreed if len(agreed) == 1 else [*choose, *agreed])

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """The agreement is one with the cooperative chosen."""
        cleaned = super().clean() or self.cleaned_data
        cooperative, version = cleaned.get("cooperative"), self.versions.get(cleaned.get("agreement", 0))
        if cooperative and version and version.cooperative_id != cooperative:
            self.add_error(
                "agreement", _("This agreement is with another cooperative. Choose one of its own.")
            )
        return cleaned

    @property
    def version(self) -> VersionView:
        """The agreement chosen in a valid form."""
        return self.versions[self.cleaned_data["agreement"]]


def _agreement_name(version: VersionView) -> str:
    return gettext("%(name)s, version %(number)s") % {"name": version.name, "number": version.number}


class MoveForm(forms.Form):
    """Another title or time for a session that has not begun."""

    title = forms.CharField(label=_("What it is called"), max_length=TITLE_LENGTH)
    starts_at = TimeField(label=_("Begins"), help_text=START_HELP)
    refusals = PlanForm.refusals


class ReportForm(forms.Form):
    """What the host says a session sold, to be held against its records."""

    units = WholeField(label=_("Packs sold"), min_value=0, max_value=MOST_PACKS)
    amount = YuanField(label=_("Sales"), least_fen=0, most_fen=MOST_FEN)
    refusals: ClassVar[Mapping[str, str]] = {"report_out_of_range": "units"}
