"""What a clerk types to find somebody, and to make a code for them."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.adapter import PhoneField
from fieldcast.recovery.types import MOST_LETTERS, MOST_NAME, LookedAt
from fieldcast.web.centre.words import LOOKED_AT
from fieldcast.web.shared.fields import WordsField


class FindForm(forms.Form):
    """The whole number of whoever stands there, and why it is looked up."""

    phone = PhoneField(
        label=_("Mobile number"),
        help_text=_("All eleven digits, as the person says them. A part of a number finds nobody."),
    )
    why = WordsField(
        label=_("Why do you look them up?"),
        max_length=MOST_LETTERS,
        help_text=_("Such as: forgot the password, stands before me. It is kept with your name."),
    )
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_phone": "phone",
        "says_nothing": "why",
        "too_many_look_ups": "phone",
    }


class CodeForm(forms.Form):
    """By what the person was known, and why they need a code."""

    looked_at = forms.TypedChoiceField(
        label=_("What did you look at?"),
        coerce=LookedAt,
        choices=[(one.value, words) for one, words in LOOKED_AT.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you looked at. Without it no code is made.")},
    )
    first = WordsField(
        label=_("Without papers: a member who knows them"), max_length=MOST_NAME, required=False
    )
    second = WordsField(
        label=_("Without papers: another member who knows them"), max_length=MOST_NAME, required=False
    )
    why = WordsField(label=_("Why do they need a code?"), max_length=MOST_LETTERS)
    refusals: ClassVar[Mapping[str, str]] = {"two_members": "first", "says_nothing": "why"}
