"""The office's forms."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.accounts.adapter import PhoneField
from fieldcast.accounts.office.types import VillageView
from fieldcast.accounts.types import FORMS_OF, OrganisationKind, OrganisationRef, Role, Standing
from fieldcast.web.office.words import FORMS, KINDS, ROLES, WHAT_ROLES_MAY
from fieldcast.web.shared.fields import WordsField
from fieldcast.web.shared.words import local_name, state_words

MOST_REASON = 200


class ReasonForm(forms.Form):
    """Why something is done; it is kept with it."""

    reason = WordsField(
        label=_("Why?"), max_length=MOST_REASON, help_text=_("Kept with your name, for whoever asks later.")
    )
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "reason"}


class FindForm(ReasonForm):
    """Whose number it is."""

    phone = PhoneField(label=_("Mobile number"))
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "reason", "bad_phone": "phone"}
    field_order = ("phone", "reason")


class NamesForm(forms.Form):
    """What something is called."""

    name = WordsField(label=in_context("thing", "Name"), max_length=60)
    name_en = WordsField(label=_("Name in English"), max_length=80, required=False)
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "name", "name_taken": "name"}


class OrganisationForm(NamesForm):
    """A new organisation."""

    kind = forms.ChoiceField(label=_("What is it?"))
    village = forms.ChoiceField(label=_("Village"), required=False)
    code = WordsField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Letters and digits, for good. Left empty, the next free one is taken."),
    )
    refusals: ClassVar[Mapping[str, str]] = {"says_nothing": "name", "code_taken": "code", "bad_code": "code"}
    field_order = ("kind", "name", "name_en", "village", "code")

    def __init__(self, data: Any = None, *, villages: Iterable[VillageView], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.value, words) for kind, words in KINDS.items()]
        places: Any = self.fields["village"]
        places.choices = [("", _("none")), *((str(one.id), local_name(one)) for one in villages)]

    @property
    def kind_chosen(self) -> OrganisationKind:
        """The kind of a valid form."""
        return OrganisationKind(self.cleaned_data["kind"])

    @property
    def village_id(self) -> int | None:
        """The village of a valid form."""
        chosen = self.cleaned_data["village"]
        return int(chosen) if chosen else None


class StandingForm(ReasonForm):
    """May it go live and sell?"""

    standing = forms.ChoiceField(label=_("Standing"), widget=forms.RadioSelect)
    field_order = ("standing", "reason")

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields["standing"]
        choices.choices = [(one.value, state_words(one)[0]) for one in Standing]


class LegalFormForm(ReasonForm):
    """How it is constituted."""

    form = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect, required=False)
    field_order = ("form", "reason")

    def __init__(self, data: Any = None, *, kind: OrganisationKind, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields["form"]
        choices.choices = [(one.value, FORMS[one]) for one in FORMS_OF.get(kind, ())]


class FederationForm(ReasonForm):
    """Which cooperative joins, or leaves."""

    cooperative = forms.TypedChoiceField(label=_("Cooperative"), coerce=int)
    field_order = ("cooperative", "reason")

    def __init__(self, data: Any = None, *, cooperatives: Iterable[OrganisationRef]) -> None:
        super().__init__(data)
        choices: Any = self.fields["cooperative"]
        choices.choices = [("", _("Choose")), *((one.id, local_name(one)) for one in cooperatives)]


class RoleForm(ReasonForm):
    """Where, and what one may do there."""

    organisation = WordsField(
        label=_("Organisation"),
        max_length=80,
        help_text=_("Its code or its name, such as HW or 河湾果业合作社."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial=Role.STAFF.value)
    field_order = ("organisation", "role", "reason")

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields["role"]
        choices.choices = [
            (role.value, gettext("%(role)s: %(may)s") % {"role": ROLES[role], "may": WHAT_ROLES_MAY[role]})
            for role in Role
        ]
