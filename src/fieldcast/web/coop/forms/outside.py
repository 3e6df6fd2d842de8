"""Bringing in another platform's orders: the file, where it comes from, and which of its columns is which."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.kit.tables import FileTooLarge, Limits, header_key
from fieldcast.outside.columns import titles_known
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
    """A file as it was downloaded. `column-<ours>` says which of its columns is meant where its titles differ."""

    format = forms.ChoiceField(
        label=_("Where were these sold?"), choices=[(one.code, one.label) for one in FORMATS.values()]
    )
    file = forms.FileField(
        label=_("The file of orders"),
        help_text=_(
            "CSV or Excel (.xlsx) as it was downloaded, up to 32 MB. Names, phones and streets in it are not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
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
        """What is wanted → the file's title, for each column that was chosen. One title may be chosen twice."""
        return {name.removeprefix(PREFIX): self.data[name] for name in self._boxes() if self.data[name]}

    @property
    def left_open(self) -> set[str]:
        """What was asked for and not chosen."""
        return {name.removeprefix(PREFIX) for name in self._boxes() if not self.data[name]}

    def _boxes(self) -> list[str]:
        return [name for name in self.data if name.startswith(PREFIX)]


@dataclass(frozen=True)
class Box:
    """A column that a person names. `alike` is a title that looks like it: said, never chosen for anyone."""

    name: str
    label: Sentence
    titles: tuple[str, ...]
    chosen: str
    alike: str
    needed: bool
    left_open: bool


def column_boxes(
    *, format_: Format, missing: Sequence[str], titles: Sequence[str], form: UploadForm
) -> list[Box]:
    """A box for each column that must be named, and for each that may be: the needed ones first."""
    shown = tuple(dict.fromkeys(title for title in titles if title))
    known = {header_key(title) for title in titles}
    # what bears a title of the platform's own is that, and nothing else looks like it
    free = [title for title in shown if header_key(title) not in titles_known(format_)]
    boxes = []
    for column in format_.columns:
        code = column.field.value
        chosen = form.column_map.get(code, "")
        if not chosen and code not in missing and any(header_key(name) in known for name in column.names):
            continue  # it is there under the platform's own title
        alike = [
            one for name in column.names for one in difflib.get_close_matches(name, free, n=1, cutoff=0.5)
        ]
        boxes.append(
            Box(
                name=f"{PREFIX}{code}",
                label=FIELD_NAMES[column.field],
                titles=shown,
                chosen=chosen,
                alike=next(iter(alike), ""),
                needed=code in missing or (bool(chosen) and column.required),
                left_open=code in missing and code in form.left_open,
            )
        )
    return sorted(boxes, key=lambda box: not box.needed)
