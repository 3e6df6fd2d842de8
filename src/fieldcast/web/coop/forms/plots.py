"""What a plot is declared to grow."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import ProductView
from fieldcast.web.coop.forms.lots import product_choices

YEARS, SEASON = "years", "season"
STANDS: Final = ((YEARS, _("It stands there for years")), (SEASON, _("It is sown for a season")))


class CropForm(forms.Form):
    """A product, and whether it stands there for years or is sown for a season."""

    product = forms.TypedChoiceField(label=_("What grows there"), coerce=int)
    perennial = forms.TypedChoiceField(
        label=_("How"),
        choices=STANDS,
        coerce=lambda said: said == YEARS,
        widget=forms.RadioSelect,
        help_text=_("What stands there takes its share of the plot all year; what is sown, in its season."),
    )
    refusals: ClassVar[Mapping[str, str]] = {"crop_declared": "product"}

    def __init__(
        self, data: Any = None, *, products: Sequence[ProductView], asked: int | None = None
    ) -> None:
        super().__init__(data, initial={"product": asked} if asked else {})
        choices = [("", _("Choose")), *product_choices(products)]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # it is a choice field
