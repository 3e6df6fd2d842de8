"""What a composed agreement asks besides its clauses: who begins it with which models, and what stands around them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.clauses.after_sale import LONGEST_SECONDS
from fieldcast.agreements.clauses.words import SECONDS, duration, split_duration
from fieldcast.agreements.composed.presets import PRESETS
from fieldcast.agreements.roles import ROLES
from fieldcast.web.coop.drafts import Draft
from fieldcast.web.coop.forms.agreements import TIMES
from fieldcast.web.shared.fields import WholeField, WordsField
from fieldcast.web.shared.words import local_name

Partners = Mapping[str, Iterable[OrganisationRef]]


class StartForm(forms.Form):
    """Name, host, carrier, and the models to start from."""

    name = WordsField(label=_("Name of the agreement"), max_length=80)

    def __init__(self, data: Any = None, *, partners: Partners) -> None:
        super().__init__(data)
        for role, found in partners.items():
            self.fields[role] = forms.TypedChoiceField(
                label=str(ROLES[role].party), coerce=int, choices=_named(found)
            )
        self.fields["presets"] = forms.MultipleChoiceField(
            label=_("Models to start from"),
            choices=[(one.name, one.title) for one in PRESETS.values()],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("One or several together. Every clause can be changed afterwards."),
        )


class AroundForm(forms.Form):
    """Who takes the further roles that clauses name, when a sale is final, and why it is revised."""

    def __init__(self, data: Any = None, *, draft: Draft, partners: Partners, revises: bool) -> None:
        super().__init__(data)
        for role, found in partners.items():
            self.fields[f"role-{role}"] = forms.TypedChoiceField(
                label=str(ROLES[role].party),
                coerce=int,
                empty_value=None,
                required=False,
                choices=_named(found),
                initial=draft.parties.get(role),
            )
            self.fields[f"role-{role}"].needed = True  # type: ignore[attr-defined]  # asked for at the end
        number, unit = split_duration(draft.after_sale_seconds)
        self.fields["after_sale"] = WholeField(
            label=_("A sale is final after receipt and"), min_value=0, max_value=100_000, initial=number
        )
        self.fields["after_sale_unit"] = forms.ChoiceField(label=_("counted in"), choices=TIMES, initial=unit)
        self.fields["public_benefit"] = forms.BooleanField(
            label=_("Public benefit: the platform takes nothing"),
            required=False,
            initial=draft.public_benefit,
        )
        if revises:
            self.fields["note"] = WordsField(
                label=_("What changes, and why"), max_length=200, required=False, initial=draft.note
            )
            self.fields["note"].needed = True  # type: ignore[attr-defined]  # asked for at the end

    def clean(self) -> dict[str, Any]:
        """No longer than refunds may take."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.seconds > LONGEST_SECONDS:
            longest = duration(LONGEST_SECONDS)
            self.add_error("after_sale", _("Refunds take no longer than %(time)s.") % {"time": longest})
        return cleaned

    @property
    def seconds(self) -> int:
        """From receipt until the sale is final."""
        return int(self.cleaned_data["after_sale"]) * SECONDS[self.cleaned_data["after_sale_unit"]]

    @property
    def parties(self) -> dict[str, int]:
        """Who was chosen, by role."""
        found = {name.removeprefix("role-"): one for name, one in self.cleaned_data.items() if one}
        return {role: int(one) for role, one in found.items() if f"role-{role}" in self.fields}


def _named(found: Iterable[OrganisationRef]) -> list[tuple[Any, Any]]:
    return [("", _("Choose")), *((one.id, local_name(one)) for one in found)]
