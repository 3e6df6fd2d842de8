"""A usual month to work an agreement out on, and what a breach would bring."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import ProductView
from fieldcast.web.shared.fields import PercentField, WholeField, YuanField
from fieldcast.web.shared.words import local_name

USUAL_PACKS = 300


class MonthForm(forms.Form):
    """A usual month; and, where the terms name penalties, what a breach brings and how many are found."""

    product = forms.ChoiceField(label=_("Product"))
    packs = WholeField(label=_("Boxes a month"), min_value=1, max_value=1_000_000, initial=USUAL_PACKS)
    pack = WholeField(label=_("How much is in a pack"), min_value=1, max_value=100_000)
    price = YuanField(label=_("Price of a pack"), most_fen=10_000_000)

    def __init__(
        self, data: Any, *, products: Iterable[ProductView], initial: Mapping[str, Any], penalties: bool
    ) -> None:
        super().__init__(data, initial=dict(initial))
        choices = [(one.code, local_name(one)) for one in products]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # it is a choice field
        if penalties:
            self.fields["gain"] = YuanField(
                label=_("What a breach would bring"), initial=100_000, most_fen=10**9
            )
            self.fields["found"] = PercentField(label=_("How many are found (%)"), initial=5000)
            self.fields["paid"] = PercentField(label=_("Collected beyond the bond (%)"), initial=10_000)
