"""Forms about lots: a new one, what happened to it, what was lost of it. At most five fields each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView, PlotView, ProductView
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.trace.facts.base import (
    MOST_UNITS,
    Choice,
    Fact,
    Field,
    Fraction,
    Text,
    Whole,
    fields,
    needed,
)
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.facts.inspected import Inspected
from fieldcast.trace.facts.lost import WrittenOff
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.facts.treated import Treated
from fieldcast.web.shared.facts import TITLES, VALUES, choices
from fieldcast.web.shared.fields import DayField, TimeField, WholeField, WordsField
from fieldcast.web.shared.words import CATEGORIES, GRADES, local_name, quantity, unit_name


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
        "harvest_too_old": "harvested_on",
        "not_a_member_plot": "plot",
        "crop_not_declared": "product",
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
        name = f"{local_name(plot, 'farm_name')} · {local_name(plot)} · {quantity(plot.area_mu, 'mu')}"
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

    refusals: ClassVar[Mapping[str, str]] = {"above_free_units": "units", "bad_write_off": "reason"}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name, field in fields(WrittenOff).items():
            self.fields[name] = form_field(field, required=True)


class EventForm(forms.Form):
    """Something that happened to a lot: its time, and the fields of the kind's dataclass."""

    kind: ClassVar[type[Fact]]
    fact: Fact
    at = TimeField(label=_("When"))
    refusals: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("future_event", "before_harvest", "after_harvest"), "at"),
        "above_free_units": "sorted_out",
        "not_a_lower_grade": "becomes",
        "lot_stopped": "becomes",
    }

    def __init__(self, data: Any = None, *, lot: LotView, now: datetime) -> None:
        super().__init__(data, initial={"at": now, **self.kind.usual(lot)})
        self.lot = lot
        for name, field in fields(self.kind).items():
            if field.asked:
                made = form_field(field, required=needed(self.kind, name))
                if field.unit == "lot":
                    unit = unit_name(lot.product.unit)
                    made.label = gettext("%(what)s (%(unit)s)") % {"what": field.label, "unit": unit}
                self.fields[name] = made

    @property
    def title(self) -> Sentence:
        """What happened."""
        return TITLES[self.kind.kind]

    def clean(self) -> dict[str, Any]:
        """With the fact that was typed, checked as every fact is; what is wrong with it stands beside its field."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            said = {
                name: value for name, value in cleaned.items() if name != "at" and value not in ("", None)
            }
            try:
                self.fact = self.kind(**said).of_lot(self.lot)
            except Problem as problem:
                name = problem.facts.get("field")
                self.add_error(name if name in self.fields else None, problem.message)
        return cleaned


def form_field(field: Field, *, required: bool) -> forms.Field:
    """How a field of a fact is asked for."""
    said: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": required}
    match field:
        case Choice(of=of):
            few: dict[str, Any] = {"widget": forms.RadioSelect} if len(of) == 2 else {}
            return forms.TypedChoiceField(choices=lambda: choices(of), coerce=of, **few, **said)
        case Text(offered=offered) if offered:
            words = [(word, GRADES.get(word) or capfirst(str(VALUES.get(word, word)))) for word in offered]
            return forms.ChoiceField(choices=words, **said)
        case Text(most=most):
            return WordsField(max_length=most, **said)
        case Whole(least=least, most=most):
            return WholeField(min_value=least, max_value=most, **said)
        case Fraction(least=least, most=most, places=places):
            digits = len(str(most)) + places
            return forms.DecimalField(
                min_value=least, max_value=most, max_digits=digits + 1, decimal_places=places, **said
            )
    raise TypeError(f"no form asks for {type(field).__name__}")


def _form_of(of: type[Fact]) -> type[EventForm]:
    return type(f"{of.__name__}Form", (EventForm,), {"kind": of, "__doc__": of.__doc__})


# What a cooperative writes down by hand; the rest is written when it happens on the platform.
EVENT_FORMS: Mapping[str, type[EventForm]] = {
    of.kind.value: _form_of(of) for of in (Treated, Inspected, Graded, Stored)
}
