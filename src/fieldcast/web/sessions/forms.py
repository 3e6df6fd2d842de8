"""Forms about sessions and what they offer."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.live.operations.sessions import TITLE_LENGTH
from fieldcast.trade.offers import operations as limits
from fieldcast.trade.problems import PriceJumps
from fieldcast.trade.types import OfferView
from fieldcast.web.shared.fields import TimeField, WholeField, WordsField, YuanField
from fieldcast.web.shared.lot_rows import LotRow
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.words import local_name, quantity, unit_name

START_HELP = _("When the room opens. It stands among the coming sessions from now on.")
TITLE_HELP = _("People see it on the home page, such as: Yellow peaches, picked this morning.")


class MoveForm(forms.Form):
    """Title and time of a session that has not begun."""

    title = WordsField(label=_("What it is called"), max_length=TITLE_LENGTH, help_text=TITLE_HELP)
    starts_at = TimeField(label=_("Begins"), help_text=START_HELP)
    refusals: ClassVar[Mapping[str, str]] = {
        "bad_start": "starts_at",
        "empty_text": "title",
        "text_too_long": "title",
    }


class PlanForm(MoveForm):
    """Under which agreement (and so with which partner), what it is called, when it begins.

    `versions` are the agreements to choose from, `agreed` those nobody must still agree to, `partners` the other party
    of each by its id.
    """

    agreement = forms.TypedChoiceField(label=_("Host and agreement"), coerce=int)
    field_order: tuple[str, ...] = ("agreement", "title", "starts_at")
    refusals: ClassVar[Mapping[str, str]] = {**MoveForm.refusals, "wrong_parties": "agreement"}

    def __init__(
        self,
        data: Any = None,
        *,
        versions: Iterable[VersionView],
        agreed: Collection[int],
        partners: Mapping[int, OrganisationRef],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.versions = {one.id: one for one in versions}
        self.agreed = agreed
        self.partners = partners
        self.offer_choices("agreement", [(one.id, self._choice(one)) for one in self.versions.values()])

    def offer_choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Let one be chosen; the only one there is stands chosen already."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices if len(choices) == 1 else [("", _("Choose")), *choices]

    def name_of(self, version: VersionView) -> str:
        """An agreement beside the others."""
        host = self.partners.get(version.host_id)
        words = gettext("%(host)s · %(name)s, version %(number)s")
        places = {
            "host": local_name(host) if host else "",
            "name": local_name(version),
            "number": version.number,
        }
        return words % places

    def _choice(self, version: VersionView) -> str:
        name = self.name_of(version)
        if version.id in self.agreed:
            return name
        return gettext("%(agreement)s (not agreed by everyone yet)") % {"agreement": name}

    @property
    def version(self) -> VersionView:
        """The agreement chosen in a valid form."""
        return self.versions[self.cleaned_data["agreement"]]


class PriceAsked(forms.Form):
    """Asks for a price, and once more where it jumps: `jumped` after such a refusal."""

    confirms_jump = forms.BooleanField(required=False)
    jumped = False
    refusals: ClassVar[Mapping[str, str]] = {}

    @property
    def asks_again(self) -> bool:
        """Must someone say that the price is meant?"""
        return self.jumped or bool(self.data.get("confirms_jump"))

    def refuse(self, problem: Problem) -> None:
        """Put a refusal beside its field."""
        self.jumped = problem.code == PriceJumps.code
        beside(self, problem, self.refusals)


class OfferForm(PriceAsked):
    """Packs made from a lot: what they are called, how much is in one, price, how many, how many a buyer."""

    title = WordsField(label=_("What it is called"), max_length=limits.TITLE_LENGTH)
    pack_units = WholeField(label=_("How much is in a pack"), min_value=1, max_value=limits.MOST_PACK_UNITS)
    price = YuanField(label=_("Price of a pack"), most_fen=limits.MOST_PRICE_FEN)
    units = WholeField(label=_("How many packs to offer"), min_value=1, max_value=limits.MOST_PACKS)
    per_buyer_limit = WholeField(
        label=_("Most for one buyer"), min_value=1, max_value=limits.MOST_PER_BUYER, initial=5
    )
    covers_shortfall = forms.BooleanField(
        required=False
    )  # shown where the sum of a pack is, and only when it is short
    refusals: ClassVar[Mapping[str, str]] = {
        "above_free_units": "units",
        "below_deductions": "price",
        "offer_untitled": "title",
        "price_jumps": "price",
    }

    def __init__(self, data: Any = None, *, row: LotRow) -> None:
        super().__init__(data, initial={"title": row.lot.product.name})
        self.row = row

    def clean(self) -> dict[str, Any]:
        """The wanted units beside the free ones; whoever is quicker between here and the lock is trade's to find."""
        cleaned = super().clean() or self.cleaned_data
        wanted = cleaned.get("units", 0) * cleaned.get("pack_units", 0)
        free = self.row.stock.free
        if wanted > free:
            unit = self.row.lot.product.unit.value
            most = free // cleaned["pack_units"]
            words = ngettext(
                "That takes %(wanted)s, and only %(free)s of this lot are free: at most %(packs)s pack.",
                "That takes %(wanted)s, and only %(free)s of this lot are free: at most %(packs)s packs.",
                most,
            )
            places = {
                "wanted": quantity(wanted, unit),
                "free": quantity(free, unit),
                "packs": most,
            }
            self.add_error("units", ValidationError(words, params=places))
        return cleaned

    @property
    def title_en(self) -> str:
        """The English name, made from the product and the pack."""
        lot, pack = self.row.lot, self.cleaned_data["pack_units"]
        with override("en"):
            unit = unit_name(lot.product.unit, pack)
        return f"{lot.product.name_en}, {pack} {unit}" if lot.product.name_en else ""


class OfferChange(PriceAsked):
    """One change of an offer that is on sale. Either may ask the cooperative to cover what is missing."""

    covers_shortfall = forms.BooleanField(required=False)


class PriceForm(OfferChange):
    """A new price for what is ordered from now on."""

    price = YuanField(label=_("Price of a pack"), most_fen=limits.MOST_PRICE_FEN)
    refusals: ClassVar[Mapping[str, str]] = {
        "below_deductions": "price",
        "offer_closed": "price",
        "price_jumps": "price",
    }

    def __init__(self, data: Any = None, *, offer: OfferView) -> None:
        super().__init__(data, initial={"price": offer.price_fen})


class PacksForm(OfferChange):
    """How many packs are offered in all."""

    units = WholeField(label=_("How many packs in all"), min_value=1, max_value=limits.MOST_PACKS)
    refusals: ClassVar[Mapping[str, str]] = {
        "above_free_units": "units",
        "below_deductions": "units",
        "fewer_than_taken": "units",
        "lot_stopped": "units",
        "offer_closed": "units",
    }

    def __init__(self, data: Any = None, *, offer: OfferView) -> None:
        super().__init__(data, initial={"units": offer.packs})
