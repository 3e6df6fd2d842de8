"""The steps of an agreement: who, guaranteed prices, the sale's shares, delivery, boxes and time.

People write percent and yuan; the terms hold basis points and fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.terms import AFTER_SALE_MOST_SECONDS, CAP_LEAST_BP, CAP_MOST_BP, MOST_FEN, Terms
from fieldcast.catalog.types import ProductView
from fieldcast.kit.errors import Sentence
from fieldcast.web.coop.clauses import SECONDS, split_duration
from fieldcast.web.shared.fields import PercentField, WholeField, YuanField
from fieldcast.web.shared.words import local_name, unit_name

TIMES = (("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days")))


class Step(forms.Form):
    """One step. `terms` are what it adds to the agreement's terms."""

    title: ClassVar[Sentence] = ""
    lead: ClassVar[Sentence] = ""

    def terms(self) -> dict[str, Any]:
        """The step's terms, when it is valid."""
        return {name: self.cleaned_data[name] for name in self.fields}


class WhoStep(Step):
    """A new agreement's name and parties."""

    title = _("Who")
    lead = _("Your cooperative agrees with one host and one carrier.")
    name = forms.CharField(label=_("Name of the agreement"), max_length=80)
    host = forms.TypedChoiceField(label=_("Host"), coerce=int)
    carrier = forms.TypedChoiceField(label=_("Carrier"), coerce=int)

    def __init__(
        self,
        data: Any = None,
        *,
        hosts: Iterable[OrganisationRef],
        carriers: Iterable[OrganisationRef],
    ) -> None:
        super().__init__(data)
        for name, found in (("host", hosts), ("carrier", carriers)):
            choices = [("", _("Choose")), *((one.id, local_name(one)) for one in found)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields

    def terms(self) -> dict[str, Any]:
        """Parties are no terms."""
        return {}


class WhyStep(Step):
    """A revision's reason; the parties stay."""

    title = _("Why")
    lead = _("What was sold before keeps the version it was sold under.")
    note = forms.CharField(label=_("What changes, and why"), max_length=200)

    def terms(self) -> dict[str, Any]:
        """A reason is no term."""
        return {}


class PricesStep(Step):
    """The guaranteed price of each product; an empty one is not sold under this agreement."""

    title = _("Guaranteed prices")
    lead = _("What the farmer is paid at least. Leave empty what is not sold under this agreement.")

    def __init__(self, data: Any = None, *, products: Sequence[ProductView], terms: Terms | None) -> None:
        super().__init__(data)
        self.products = products
        known = terms.guarantee_fen if terms else {}
        for product in products:
            self.fields[self.name(product)] = YuanField(
                label=f"{local_name(product)} (¥/{unit_name(product.unit, 1)})",
                required=False,
                most_fen=MOST_FEN,
                initial=known.get(product.code),
            )

    @staticmethod
    def name(product: ProductView) -> str:
        """The field of a product."""
        return f"price-{product.code}"

    def clean(self) -> dict[str, Any]:
        """Something must be guaranteed."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Guarantee a price for at least one product."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Fen by product code."""
        prices = {one.code: self.cleaned_data[self.name(one)] for one in self.products}
        return {"guarantee_fen": {code: fen for code, fen in prices.items() if fen is not None}}


class SaleStep(Step):
    """What is taken off each sale, and how the surplus is shared."""

    title = _("Shares of the sale")
    lead = _("In percent of what buyers paid and did not get back.")
    commission_bp = PercentField(label=_("Platform commission"), initial=200)
    public_benefit = forms.BooleanField(label=_("Public benefit: the platform takes nothing"), required=False)
    host_bp = PercentField(label=_("Host"), initial=1000)
    rebate_bp = PercentField(
        label=_("Second rebate"),
        initial=3500,
        help_text=_("The farmer's part of what is left above the guarantee."),
    )

    def clean(self) -> dict[str, Any]:
        """Commission and host together are not more than the sale."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("commission_bp", 0) + cleaned.get("host_bp", 0) > 10_000:
            self.add_error("host_bp", _("Commission and host together are more than the whole sale."))
        return cleaned


class DeliveryStep(Step):
    """What delivery costs and who bears it."""

    title = _("Delivery")
    lead = _("The farmer's share of the cold chain is capped; the cooperative bears the rest.")
    logistics_fen_per_pack = YuanField(
        label=_("Carrier, for each box"), least_fen=0, most_fen=MOST_FEN, initial=680
    )
    cold_chain_bp = PercentField(
        label=_("The farmer's share of it"),
        most_bp=CAP_MOST_BP,
        initial=300,
        help_text=_("In percent of sales, at most the cap below."),
    )
    cold_chain_cap_bp = PercentField(
        label=_("Cap"),
        least_bp=CAP_LEAST_BP,
        most_bp=CAP_MOST_BP,
        initial=CAP_MOST_BP,
        help_text=_("From 5 to 8 percent."),
    )

    def clean(self) -> dict[str, Any]:
        """The share is within its cap."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("cold_chain_bp", 0) > cleaned.get("cold_chain_cap_bp", CAP_MOST_BP):
            self.add_error("cold_chain_bp", _("This is more than the cap."))
        return cleaned


class BoxesStep(Step):
    """Amounts for each box, and when a sale is final."""

    title = _("Boxes and time")
    lead = _("Write 0 where nothing is paid.")
    handling_fen_per_pack = YuanField(
        label=_("Cooperative, sorting and packing each box"), least_fen=0, most_fen=MOST_FEN, initial=120
    )
    host_fixed_fen_per_pack = YuanField(
        label=_("Host, for each box"), least_fen=0, most_fen=MOST_FEN, initial=0
    )
    after_sale = WholeField(label=_("A sale is final after"), min_value=0, max_value=100_000, initial=7)
    after_sale_unit = forms.ChoiceField(label=_("counted in"), choices=TIMES, initial="days")

    def clean(self) -> dict[str, Any]:
        """The window is not longer than the law of the house allows."""
        cleaned = super().clean() or self.cleaned_data
        if "after_sale" in cleaned and self._seconds(cleaned) > AFTER_SALE_MOST_SECONDS:
            self.add_error("after_sale", _("At most 90 days."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """The window in seconds."""
        fees = {
            name: self.cleaned_data[name] for name in ("handling_fen_per_pack", "host_fixed_fen_per_pack")
        }
        return {**fees, "after_sale_seconds": self._seconds(self.cleaned_data)}

    @staticmethod
    def _seconds(cleaned: Mapping[str, Any]) -> int:
        return int(cleaned["after_sale"]) * SECONDS[cleaned.get("after_sale_unit", "days")]


def initial_of(terms: Terms) -> dict[str, Any]:
    """The terms of a version as the steps show them."""
    number, unit = split_duration(terms.after_sale_seconds)
    return {**terms.to_json(), "after_sale": number, "after_sale_unit": unit}


class ExampleForm(forms.Form):
    """A box to work the agreement out on."""

    product = forms.ChoiceField(label=_("Product"))
    pack = WholeField(label=_("How much is in a box"), min_value=1, max_value=100_000)
    price = YuanField(label=_("Price of a box"), most_fen=10_000_000)

    def __init__(
        self, data: Any = None, *, products: Iterable[ProductView], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial), auto_id="example_%s")
        choices = [(one.code, local_name(one)) for one in products]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # it is a choice field
