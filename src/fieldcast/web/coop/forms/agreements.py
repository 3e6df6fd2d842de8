"""The steps of an agreement: who, or why, then those of its model, whose terms say themselves what a form asks.

People write percent and yuan; the terms hold basis points and fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import SECONDS, split_duration
from fieldcast.agreements.roles import Role
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.catalog.types import ProductView
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.fields import PercentField, WholeField, WordsField, YuanField
from fieldcast.web.shared.words import local_name, unit_name

TIMES = (("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days")))


class Step(forms.Form):
    """One step of the form for agreements: a page of it, with the terms it asks for."""

    title: Sentence = ""
    lead: Sentence = ""

    def terms(self) -> dict[str, Any]:
        """What the step adds to the agreement's terms, when it is valid."""
        return {}


class WhoStep(Step):
    """A new agreement's name and parties; and by which model it shares, where there are several."""

    title = _("Who")
    lead = _("Your cooperative agrees with one host and one carrier.")
    name = WordsField(label=_("Name of the agreement"), max_length=80)

    def __init__(
        self,
        data: Any = None,
        *,
        models: Iterable[Model],
        partners: Mapping[Role, Iterable[OrganisationRef]],
    ) -> None:
        super().__init__(data)
        choices = [(one.name, one.title) for one in models]
        if len(choices) > 1:
            self.fields["model"] = forms.ChoiceField(label=_("How it is shared"), choices=choices)
        for role, found in partners.items():
            named = [("", _("Choose")), *((one.id, local_name(one)) for one in found)]
            self.fields[role.name] = forms.TypedChoiceField(label=str(role.party), coerce=int, choices=named)


class WhyStep(Step):
    """A revision's reason; the parties stay."""

    title = _("Why")
    lead = _("What was sold before keeps the version it was sold under.")
    note = WordsField(label=_("What changes, and why"), max_length=200)


class TermsStep(Step):
    """A step of the model's: its terms, each asked for as its clause says, beginning with `terms` where there are some.

    `earlier`: the steps before it, for terms whose bounds follow from others. `products` is not empty where the step
    asks for prices.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Sequence[Term],
        products: Sequence[ProductView],
        terms: Terms | None,
        earlier: Sequence[Step] = (),
    ) -> None:
        super().__init__(data)
        self.asked, self.earlier = asked, earlier
        self.products = products if any(term.unit == Unit.PRICES for term in asked) else ()
        for term in asked:
            self.fields.update(fields_of(term, products, terms[term.name] if terms else term.initial))

    def clean(self) -> dict[str, Any]:
        """Bounds that follow from other terms, and what a field alone cannot know."""
        cleaned = super().clean() or self.cleaned_data
        known = {**self._before(), **self._own()}
        for term in self.asked:
            value = known.get(term.name)
            if term.unit == Unit.PRICES:
                if not self.errors and not value:
                    raise ValidationError(str(term.wrong))
            elif value is not None and value > term.most_beside(known):
                self.add_error(asked_as(term), str(term.wrong))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Basis points, fen, seconds, and fen by product code."""
        return self._own()

    def _own(self) -> dict[str, Any]:
        """The terms of the fields that are valid."""
        found = {term.name: value_of(term, self.cleaned_data, self.products) for term in self.asked}
        return {name: value for name, value in found.items() if value is not None}

    def _before(self) -> dict[str, Any]:
        return {
            name: value
            for step in self.earlier
            if step.is_bound and step.is_valid()
            for name, value in step.terms().items()
        }


def asked_as(term: Term) -> str:
    """The name of a term's field."""
    return term.asked_as or term.name


def fields_of(term: Term, products: Sequence[ProductView], value: Any) -> dict[str, forms.Field]:
    """The fields in which people say a term, holding `value`."""
    name = asked_as(term)
    told: dict[str, Any] = {"label": term.label, "help_text": term.help_text}
    if term.unit == Unit.PART:
        return {name: PercentField(least_bp=term.least, most_bp=term.most, initial=value, **told)}
    if term.unit == Unit.FEN:
        return {name: YuanField(least_fen=term.least, most_fen=term.most, initial=value, **told)}
    if term.unit == Unit.FLAG:
        return {name: forms.BooleanField(required=False, initial=value, **told)}
    if term.unit == Unit.SECONDS:
        number, unit = split_duration(value or 0)
        return {
            name: WholeField(min_value=0, max_value=100_000, initial=number, **told),
            f"{name}_unit": forms.ChoiceField(label=_("counted in"), choices=TIMES, initial=unit),
        }
    return {
        f"{name}-{product.code}": YuanField(
            label=f"{local_name(product)} (¥/{unit_name(product.unit, 1)})",
            required=False,
            least_fen=term.least,
            most_fen=term.most,
            initial=(value or {}).get(product.code),
        )
        for product in products
    }


def value_of(term: Term, cleaned: Mapping[str, Any], products: Sequence[ProductView]) -> Any:
    """A term out of its valid fields; None while one of them is not valid."""
    name = asked_as(term)
    if term.unit == Unit.SECONDS:
        number = cleaned.get(name)
        return None if number is None else int(number) * SECONDS[cleaned.get(f"{name}_unit", "days")]
    if term.unit == Unit.PRICES:
        prices = {one.code: cleaned.get(f"{name}-{one.code}") for one in products}
        return {code: fen for code, fen in prices.items() if fen is not None}
    return cleaned.get(name)


class ExampleForm(forms.Form):
    """A pack to work the agreement out on."""

    product = forms.ChoiceField(label=_("Product"))
    pack = WholeField(label=_("How much is in a pack"), min_value=1, max_value=100_000)
    price = YuanField(label=_("Price of a pack"), most_fen=10_000_000)

    def __init__(
        self, data: Any = None, *, products: Iterable[ProductView], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial), auto_id="example_%s")
        choices = [(one.code, local_name(one)) for one in products]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # it is a choice field
