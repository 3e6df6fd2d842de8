"""What a household signed on paper, and notice."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.catalog.members import household_ids
from fieldcast.web.shared.fields import DayField, WordsField
from fieldcast.web.shared.words import local_name


class SheetForm(forms.Form):
    """Which household signed, and the picture of the sheet."""

    household = forms.TypedChoiceField(label=_("Which household signed?"), coerce=int)
    file = forms.FileField(
        label=_("The signed sheet"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB: the page with the signature, readable."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This picture is empty. Take it again."),
        },
    )
    refusals: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("not_a_picture", "picture_broken", "picture_too_heavy", "too_many_dots"), "file"),
        **dict.fromkeys(("sheet_used", "too_many_at_once"), "file"),
    }

    def __init__(self, *args: Any, version: VersionView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = {one.organisation_id for one in agreements.consents_of(version_id=version.id)}
        parties = accounts.organisations_by_ids(ids=set(version.parties.values()))
        wanted = {one.id for one in parties.values() if one.kind == OrganisationKind.HOUSEHOLD}
        wanted |= household_ids(cooperative_id=version.cooperative_id)
        found = accounts.organisations_by_ids(ids=wanted - agreed)
        choices = sorted((local_name(one), one.id) for one in found.values())
        self.fields["household"].choices = [("", _("Choose")), *((id_, name) for name, id_ in choices)]  # type: ignore[attr-defined]  # it is a choice field


class NoticeForm(forms.Form):
    """The last day, and why."""

    ends_on = DayField(label=_("Last day on which it holds"))
    why = WordsField(label=_("Why"), max_length=200, required=False)
    refusals: ClassVar[Mapping[str, str]] = {"notice_too_short": "ends_on", "notice_stands": "ends_on"}
