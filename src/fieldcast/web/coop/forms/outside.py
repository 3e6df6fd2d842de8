"""Bringing in another platform's orders: the file, where it comes from, and which of its columns is which."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.kit.tables import FileTooLarge, Limits
from fieldcast.outside.formats import FORMATS
from fieldcast.outside.types import Field, Format

PREFIX: Final = "column-"
FIELD_NAMES: Mapping[Field, Sentence] = {
    Field.NUMBER: _("Order number"),
    Field.AMOUNT: _("Amount to pay"),
    Field.PAID: _("Amount paid"),
    Field.REFUND: _("Amount refunded"),
    Field.PROVINCE: _("Province"),
    Field.CITY: _("City"),
    Field.ADDRESS: _("Address (only its province is kept)"),
    Field.CREATED: _("Time of the order"),
    Field.PAID_AT: _("Time of payment"),
    Field.PRODUCT: _("Product"),
    Field.QUANTITY: _("Number of pieces"),
    Field.STATUS: _("State of the order"),
    Field.AFTER_SALE: _("State of the refund"),
}


class UploadForm(forms.Form):
    """A CSV file as it was downloaded. `column-<ours>` says which of its columns is meant where its titles differ."""

    format = forms.ChoiceField(
        label=_("Where were these sold?"), choices=[(one.code, one.label) for one in FORMATS.values()]
    )
    file = forms.FileField(
        label=_("The file of orders"),
        help_text=_("CSV as it was downloaded, up to 32 MB. Names, phones and streets in it are not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty. Download it again."),
        },
    )

    def clean_file(self) -> Any:
        """Not larger than is read in one go."""
        file = self.cleaned_data["file"]
        limits = Limits()
        if file.size and file.size > limits.file_bytes:
            raise ValidationError(str(FileTooLarge(megabytes=limits.file_bytes // 1024**2)))
        return file

    @property
    def column_map(self) -> dict[str, str]:
        """The file's title → ours, for each column that was chosen."""
        chosen = {name.removeprefix(PREFIX): self.data[name] for name in self.data if name.startswith(PREFIX)}
        return {theirs: ours for ours, theirs in chosen.items() if theirs}


def column_boxes(
    *, format_: Format, missing: Sequence[str], titles: Sequence[str], chosen: Mapping[str, str]
) -> list[dict[str, Any]]:
    """A box for each column that must be chosen: its name, the file's titles, and the one chosen or most alike."""
    ours_chosen = {ours: theirs for theirs, ours in chosen.items()}
    boxes = []
    for column in format_.columns:
        code = column.field.value
        if code not in missing and code not in ours_chosen:
            continue
        near = [
            one for name in column.names for one in difflib.get_close_matches(name, titles, n=1, cutoff=0.5)
        ]
        boxes.append(
            {
                "name": f"{PREFIX}{code}",
                "label": FIELD_NAMES[column.field],
                "titles": [title for title in dict.fromkeys(titles) if title],
                "chosen": ours_chosen.get(code) or next(iter(near), ""),
            }
        )
    return boxes
