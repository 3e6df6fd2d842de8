"""The forms of ways in: one for each kind of request, the answer to it, what more is told, an invitation."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.accounts.types import OrganisationRef, Role
from fieldcast.joining.problems import AreaUnclear, LicenceUnclear
from fieldcast.joining.requests.wanted import WANTED, Wanted, area_mu, licence_number
from fieldcast.joining.types import (
    CHOOSES,
    MOST_LETTERS,
    NAME_LETTERS,
    PLACED,
    VILLAGE_LETTERS,
    JoinKind,
    JoinRequestView,
)
from fieldcast.web.shared.fields import DECIMAL, WordsField
from fieldcast.web.shared.join_requests import LABELS, ROLES
from fieldcast.web.shared.words import local_name

LONG = 100  # letters for which a box of several lines is drawn
HELP: Mapping[tuple[JoinKind, str], Any] = {
    (JoinKind.FARMER, "name"): _("As neighbours call it, such as 王秀兰家."),
    (JoinKind.FARMER, "cooperative"): _(
        "Its owners and managers answer you. If you belong to none yet, leave it."
    ),
    (JoinKind.FARMER, "grows"): _("Such as: yellow peaches, some persimmons."),
    (JoinKind.SELLER, "licence"): _("The 18 signs of the unified social credit code."),
    (JoinKind.HOST, "links"): _("Addresses or account names, if there are any; they are shown as text."),
    (JoinKind.CARRIER, "vehicles"): _("Such as: two vans, one of them cold."),
}


class JoinForm(forms.Form):
    """What a kind of request asks for, and no more."""

    use_required_attribute = False
    refusals: ClassVar[Mapping[str, str]] = {
        "join_area_unclear": "area_mu",
        "join_licence_unclear": "licence",
        "join_consent_missing": "consent",
        "join_cooperative_unknown": "cooperative",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        kind: JoinKind,
        cooperatives: Sequence[OrganisationRef],
        name: str = "",
    ) -> None:
        super().__init__(data, initial={"name": name})
        self.kind = kind
        self.fields["name"] = WordsField(max_length=NAME_LETTERS, **self._said("name"))
        if kind in PLACED:
            self.fields["village"] = _village(**self._said("village"))
        if kind in CHOOSES:
            self.fields["cooperative"] = _cooperative(cooperatives, **self._said("cooperative"))
        for wanted in WANTED[kind]:
            self.fields[wanted.name] = _field(wanted, **self._said(wanted.name))
        self.fields["consent"] = forms.BooleanField(
            label=_("I agree that what I wrote here is kept, and read by those named above, to answer me."),
            error_messages={"required": _("Tick it if you agree; without it nothing is sent.")},
        )

    def clean(self) -> dict[str, Any]:
        """An area or a licence that is none is said with whatever else is wrong, not after it."""
        found: dict[str, Any] = super().clean() or {}
        for name, read in (("area_mu", area_mu), ("licence", licence_number)):
            if found.get(name):
                try:
                    read(found[name])
                except (AreaUnclear, LicenceUnclear) as problem:
                    self.add_error(name, str(problem))
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What the operation takes, of a form that is valid."""
        clean = self.cleaned_data
        facts = {
            one.name: ("yes" if clean[one.name] else "") if one.name == "cold" else clean[one.name]
            for one in WANTED[self.kind]
        }
        return {
            "name": clean["name"],
            "village": clean.get("village", ""),
            "cooperative_id": clean.get("cooperative"),
            "facts": facts,
            "consent": clean["consent"],
        }

    def _said(self, name: str) -> dict[str, Any]:
        said = {"label": LABELS[self.kind, name]}
        return {**said, "help_text": HELP[self.kind, name]} if (self.kind, name) in HELP else said


class MoreForm(forms.Form):
    """What more is told."""

    words = WordsField(
        label=_("Your answer"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    refusals: ClassVar[Mapping[str, str]] = {"join_words_missing": "words"}


class AnswerForm(forms.Form):
    """The answer to a request: name, village and cooperative may be corrected before it is accepted."""

    refusals: ClassVar[Mapping[str, str]] = {
        "join_words_missing": "words",
        "join_village_unknown": "village",
        "join_name_taken": "name",
        "join_cooperative_unknown": "cooperative",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        one: JoinRequestView,
        cooperatives: Sequence[OrganisationRef],
    ) -> None:
        super().__init__(
            data, initial={"name": one.name, "village": one.village, "cooperative": one.cooperative_id}
        )
        self.do = str(data.get("do", "")) if data is not None else ""
        self.fields["name"] = WordsField(label=str(LABELS[one.kind, "name"]), max_length=NAME_LETTERS)
        if one.kind in PLACED:
            self.fields["village"] = _village(label=_("Village"))
            self.fields["new_village"] = forms.BooleanField(
                label=_("Add this village when it is not in the county's list"), required=False
            )
        if one.kind == JoinKind.FARMER and one.goes_to_id != one.cooperative_id:
            self.fields["cooperative"] = _cooperative(cooperatives, label=_("Cooperative"))
        self.fields["words"] = WordsField(
            label=_("In your words"),
            max_length=MOST_LETTERS,
            required=False,
            help_text=_("Whoever asks reads this. To ask for more or to decline, it is needed."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """Words are needed for everything but taking them in."""
        found: dict[str, Any] = super().clean() or {}
        if self.do in ("more", "decline") and not found.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Write it for the one who reads it."))
        return found

    @property
    def corrected(self) -> dict[str, Any]:
        """What the operation takes beside the words."""
        clean = self.cleaned_data
        return {
            "name": clean["name"],
            "village": clean.get("village", ""),
            "new_village": clean.get("new_village", False),
            "cooperative_id": clean.get("cooperative"),
        }


class InviteForm(forms.Form):
    """Whom, where to, as what."""

    organisation = forms.TypedChoiceField(label=_("Where to"), coerce=int)
    phone = PhoneField(label=_("Mobile number"))
    role = forms.TypedChoiceField(
        label=_("With which role"), coerce=Role, widget=forms.RadioSelect, initial=Role.STAFF.value
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_phone": "phone",
        "invites_oneself": "phone",
        "member_already": "phone",
        "invitation_waits": "phone",
        "role_too_high": "role",
        "organisation_suspended": "organisation",
    }

    def __init__(self, data: Any = None, *, places: Sequence[OrganisationRef]) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (one.id, local_name(one)) for one in places
        ]
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (role.value, said) for role, said in reversed(list(ROLES.items()))
        ]


def _field(wanted: Wanted, **said: Any) -> forms.Field:
    if wanted.name == "cold":
        return forms.BooleanField(required=False, **said)
    if wanted.name == "area_mu":
        widget: forms.Widget = forms.TextInput(attrs=DECIMAL)
    elif wanted.most > LONG:
        widget = forms.Textarea(attrs={"rows": 2})
    else:
        widget = forms.TextInput()
    return WordsField(max_length=wanted.most, required=wanted.needed, widget=widget, **said)


def _village(**said: Any) -> forms.Field:
    """Typed, while the page offers the county's villages: a new one need not be in that list."""
    widget = forms.TextInput(attrs={"list": "villages", "autocomplete": "off"})
    return WordsField(max_length=VILLAGE_LETTERS, widget=widget, **said)


def _cooperative(cooperatives: Sequence[OrganisationRef], **said: Any) -> forms.Field:
    choices = [("", _("None yet")), *((one.id, local_name(one)) for one in cooperatives)]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, required=False, **said)
