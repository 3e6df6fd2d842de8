"""What a cooperative asks its members, and what it writes down for those who were there in person."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes.types import Choice, VoterView
from fieldcast.web.shared.fields import TimeField, WholeField, WordsField
from fieldcast.web.shared.votes import CHOICES
from fieldcast.web.shared.words import local_name


class CallForm(forms.Form):
    """A question, maybe about a version that waits for the cooperative's consent, and until when."""

    version = forms.TypedChoiceField(
        label=_("About which terms"), coerce=int, required=False, empty_value=None
    )
    question = WordsField(label=_("What the members are asked"), max_length=200)
    closes_at = TimeField(label=_("Open until"))
    weighty = forms.BooleanField(
        label=_("A weighty matter (charter, merger, federation): two thirds of all votes"), required=False
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_end": "closes_at",
        "says_nothing": "question",
        "voted_on_already": "version",
        "agreed_already": "version",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        versions: Iterable[VersionView],
        members: Iterable[OrganisationRef],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        named = [(one.id, f"{local_name(one)} · {one.number}") for one in versions]
        self.fields["version"].choices = [("", _("No terms: the question alone")), *named]  # type: ignore[attr-defined]
        self.members = list(members)
        for one in self.members:
            self.fields[f"extra_{one.id}"] = WholeField(
                label=local_name(one), min_value=0, max_value=100, required=False
            )

    def around(self) -> list[Any]:
        """The boxes that are of no household."""
        return [self[name] for name in ("version", "question", "closes_at", "weighty")]

    def extras(self) -> list[Any]:
        """A box a household for its additional votes."""
        return [self[f"extra_{one.id}"] for one in self.members]

    @property
    def extra(self) -> dict[int, int]:
        """Additional votes by household."""
        return {one.id: self.cleaned_data[f"extra_{one.id}"] or 0 for one in self.members}


class MinutesForm(forms.Form):
    """What a household said at the meeting, as its minutes have it."""

    household = forms.TypedChoiceField(label=_("Household"), coerce=int)
    choice = forms.TypedChoiceField(
        label=_("What it said"), coerce=Choice, choices=[(one.value, words) for one, words in CHOICES.items()]
    )
    minutes = WordsField(label=_("Where it stands in the minutes"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"says_itself": "household", "says_nothing": "minutes"}

    def __init__(self, data: Any = None, *, voters: Iterable[VoterView]) -> None:
        super().__init__(data, auto_id="minutes_%s")
        silent = [(one.household_id, local_name(one, "household")) for one in voters if not one.took_part]
        self.fields["household"].choices = [("", _("Choose")), *silent]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why a vote is called off, or the rule changes."""

    why = WordsField(label=_("Why"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "why"}

    def __init__(self, data: Any = None, *, name: str) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
