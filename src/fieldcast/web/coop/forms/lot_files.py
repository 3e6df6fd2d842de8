"""Handing in a photo or paper of a lot."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.files.types import FileKind
from fieldcast.kit.errors import Sentence

KINDS: Final[Mapping[FileKind, Sentence]] = {
    FileKind.PHOTO: _("Photo"),
    FileKind.SHEET: _("Signed sheet"),
    FileKind.DOCUMENT: _("Document"),
}


class LotFileForm(forms.Form):
    """What it is, the picture, and whether everyone may see it."""

    kind = forms.TypedChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        coerce=FileKind,
        initial=FileKind.PHOTO.value,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("The picture"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB. Where and when it was taken is not shown to anyone."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This picture is empty. Take it again."),
        },
    )
    public = forms.BooleanField(
        label=_("Buyers see it on the lot's page (photos only)"),
        required=False,
    )
    refusals: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("not_a_picture", "picture_broken", "picture_too_heavy", "too_many_dots"), "file"),
        **dict.fromkeys(("same_picture", "too_many_files", "too_many_at_once"), "file"),
        "papers_stay_inside": "public",
    }
