"""Forms about lots: a new one, what happened to it, what was lost of it. At most five fields each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView, PlotView, ProductView
from fieldcast.kit.errors import Sentence
from fieldcast.trace.types import EventKind
from fieldcast.web.coop.words import RESIDUES, RESULTS
from fieldcast.web.shared.fields import DayField, PastTimeField, WholeField
from fieldcast.web.shared.words import CATEGORIES, GRADES, local_name, quantity, unit_name

MOST_UNITS = 10_000_000


class LotForm(forms.Form):
    """A harvested batch: where it grew, what it is, how much."""

    plot = forms.TypedChoiceField(label=_("Plot"), coerce=int)
    product = forms.TypedChoiceField(label=_("What was picked"), coerce=int)
    grade = forms.ChoiceField(label=_("Grade"), choices=list(GRADES.items()), initial="一级")
    harvested_on = DayField(label=_("Picked on"))
    quantity = WholeField(label=_("How much"), min_value=1, max_value=MOST_UNITS)
    refusals: ClassVar[Mapping[str, str]] = {
        "yield_exceeded": "quantity",
        "bad_quantity": "quantity",
        "future_harvest": "harvested_on",
        "not_a_member_plot": "plot",
    }

    def __init__(
        self,
        data: Any = None,
        *,
        plots: Sequence[PlotView],
        products: Sequence[ProductView],
        today: date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"harvested_on": today, **(initial or {})})
        self.plots = plots
        choose = [("", _("Choose"))]
        self.fields["plot"].choices = [*choose, *plot_choices(plots)]  # type: ignore[attr-defined]  # a choice field
        self.fields["product"].choices = [*choose, *product_choices(products)]  # type: ignore[attr-defined]  # same


def plot_choices(plots: Iterable[PlotView]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Plots by village, as someone who knows the land looks for them."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for plot in plots:
        name = f"{plot.farm_name} · {plot.name} · {quantity(plot.area_mu, 'mu')}"
        groups.setdefault(local_name(plot, "village"), []).append((plot.id, name))
    return sorted(groups.items())


def product_choices(products: Iterable[ProductView]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Products by kind, each with the unit it is counted in."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for product in products:
        name = f"{local_name(product)} ({unit_name(product.unit)})"
        groups.setdefault(str(CATEGORIES[product.category]), []).append((product.id, name))
    return list(groups.items())


class WriteOffForm(forms.Form):
    """Units that will not be sold: rotten, broken, failed a test."""

    units = WholeField(label=_("How much was lost"), min_value=1, max_value=MOST_UNITS)
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("A few words, such as: frost, rotten in the store.")
    )
    refusals: ClassVar[Mapping[str, str]] = {"above_free_units": "units", "bad_write_off": "reason"}


class EventForm(forms.Form):
    """Something that happened to a lot. Each kind adds its own figures."""

    kind: ClassVar[EventKind]
    title: ClassVar[Sentence]
    at = PastTimeField(label=_("When"))

    def __init__(self, data: Any = None, *, lot: LotView, now: datetime) -> None:
        super().__init__(data, initial={"at": now})
        self.lot = lot

    def facts(self) -> dict[str, Any]:
        """The figures to record; what was left empty is not there."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "at" and value not in ("", None)
        }

    @property
    def actor_id(self) -> int:
        """The organisation that did it."""
        return self.lot.cooperative_id


class TreatedForm(EventForm):
    """Spraying or fertilising; done by the household."""

    kind = EventKind.TREATED
    title = _("Treated")
    product = forms.CharField(label=_("What was used"), max_length=60)
    amount = forms.CharField(label=_("How much"), max_length=60, required=False)
    interval_days = WholeField(
        label=_("Days to wait before picking"), min_value=0, max_value=365, help_text=_("As the label says.")
    )

    @property
    def actor_id(self) -> int:
        """The household whose plot it is."""
        return self.lot.plot.household_id


class InspectedForm(EventForm):
    """A test for residues."""

    kind = EventKind.INSPECTED
    title = _("Inspected")
    result = forms.ChoiceField(label=_("Result"), choices=list(RESULTS.items()), widget=forms.RadioSelect)
    residue = forms.ChoiceField(label=_("Residues"), choices=list(RESIDUES.items()))
    report = forms.CharField(label=_("Report number"), max_length=40, required=False)
    station = forms.CharField(label=_("Tested by"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """A lot with residues above the limits has not passed."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("residue") == "above limits" and cleaned.get("result") == "pass":
            self.add_error("result", _("With residues above the limits the test is failed."))
        return cleaned


class GradedForm(EventForm):
    """Sorting: what came in, what was sorted out."""

    kind = EventKind.GRADED
    title = _("Sorted and graded")
    received = WholeField(label=_("How much came in"), min_value=1, max_value=MOST_UNITS)
    sorted_out = WholeField(label=_("How much was sorted out"), min_value=0, max_value=MOST_UNITS)
    grade = forms.ChoiceField(label=_("Grade"), choices=list(GRADES.items()))

    def __init__(self, data: Any = None, *, lot: LotView, now: datetime) -> None:
        super().__init__(data, lot=lot, now=now)
        self.initial.update({"received": lot.quantity, "grade": lot.grade})

    def clean(self) -> dict[str, Any]:
        """Not more is sorted out than came in."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("sorted_out", 0) > cleaned.get("received", MOST_UNITS):
            self.add_error("sorted_out", ValidationError(_("This is more than came in.")))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """With the unit the figures are in."""
        return {**super().facts(), "unit": self.lot.product.unit.value}


class StoredForm(EventForm):
    """Into the cold store."""

    kind = EventKind.STORED
    title = _("Put into the cold store")
    store = forms.CharField(label=_("Where"), max_length=60)
    celsius = forms.DecimalField(
        label=_("Temperature in ℃"),
        min_value=-40,
        max_value=40,
        max_digits=4,
        decimal_places=1,
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        """The temperature as text: a hash must not hang on how a machine writes a fraction."""
        facts = super().facts()
        return {name: str(value) if name == "celsius" else value for name, value in facts.items()}


EVENT_FORMS: Mapping[str, type[EventForm]] = {
    form.kind.value: form for form in (TreatedForm, InspectedForm, GradedForm, StoredForm)
}
