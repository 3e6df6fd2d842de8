"""What is recorded under an agreement: a form for each kind, with what it is refused for beside its box."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.records.operations import MOST_FEN, MOST_POINTS, MOST_SHARES, MOST_WEIGHT
from fieldcast.agreements.records.types import Asset
from fieldcast.catalog.types import GRADES, LotView
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.fields import WholeField, WordsField, YuanField
from fieldcast.web.shared.members import ASSETS
from fieldcast.web.shared.words import grade_name, local_name


class RecordForm(forms.Form):
    """One kind of record: what the button says, and beside which box a refusal of the house belongs."""

    button: ClassVar[Sentence] = _("Write it down")
    refusals: ClassVar[Mapping[str, str]] = {}


class AcceptanceForm(RecordForm):
    """Units of a lot that were accepted, or that are taken back again."""

    lot = forms.TypedChoiceField(label=_("Lot"), coerce=int)
    units = WholeField(label=_("Units"), min_value=1, max_value=1_000_000_000)
    back = forms.BooleanField(label=_("Take back that much of what was accepted"), required=False)
    why = WordsField(label=_("Reason"), max_length=200, required=False)
    refusals: ClassVar[Mapping[str, str]] = {
        "too_many_units": "units",
        "not_its_goods": "lot",
        "says_nothing": "why",
    }

    def __init__(self, data: Any = None, *, lots: Iterable[LotView]) -> None:
        super().__init__(data, auto_id="accept_%s")
        named = [(lot.id, f"{local_name(lot.product)} {grade_name(lot.grade)} · {lot.code}") for lot in lots]
        self.fields["lot"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]  # a choice field


class ServiceForm(RecordForm):
    """A service that one's own organisation did for somebody."""

    server = forms.TypedChoiceField(label=_("Who did it"), coerce=int)
    served = forms.TypedChoiceField(label=_("For whom"), coerce=int)
    what = WordsField(label=_("What the service was"), max_length=200)
    points = WholeField(label=_("Points"), min_value=1, max_value=MOST_POINTS)
    refusals: ClassVar[Mapping[str, str]] = {
        "serves_themselves": "served",
        "bad_figure": "points",
        "says_nothing": "what",
    }

    def __init__(
        self, data: Any = None, *, mine: Iterable[OrganisationRef], served: Iterable[OrganisationRef]
    ) -> None:
        super().__init__(data, auto_id="service_%s")
        own = list(mine)
        self.fields["server"].choices = [(one.id, local_name(one)) for one in own]  # type: ignore[attr-defined]
        self.fields["served"].choices = _named(served)  # type: ignore[attr-defined]  # both are choice fields


class HoldingForm(RecordForm):
    """How many shares somebody holds, of what."""

    holder = forms.TypedChoiceField(label=_("Holder"), coerce=int)
    asset = forms.TypedChoiceField(label=_("For what"), coerce=Asset, choices=[*ASSETS.items()])
    shares = WholeField(label=_("Number of shares"), min_value=0, max_value=MOST_SHARES)
    refusals: ClassVar[Mapping[str, str]] = {"bad_figure": "shares"}

    def __init__(self, data: Any = None, *, holders: Iterable[OrganisationRef]) -> None:
        super().__init__(data, auto_id="holding_%s")
        self.fields["holder"].choices = _named(holders)  # type: ignore[attr-defined]  # it is a choice field


class WeightForm(RecordForm):
    """What a unit of a grade counts when a dividend is shared by what was delivered."""

    grade = forms.ChoiceField(label=_("Grade"))
    weight = WholeField(label=_("Counts as"), min_value=0, max_value=MOST_WEIGHT)
    refusals: ClassVar[Mapping[str, str]] = {"bad_figure": "weight", "says_nothing": "grade"}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="weight_%s")
        self.fields["grade"].choices = [(one, grade_name(one)) for one in GRADES]  # type: ignore[attr-defined]


class SalvageForm(RecordForm):
    """What unsold goods still brought."""

    amount = YuanField(label=_("Amount"), most_fen=MOST_FEN)
    what = WordsField(label=_("For what"), max_length=200)
    refusals: ClassVar[Mapping[str, str]] = {"bad_figure": "amount", "says_nothing": "what"}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="salvage_%s")


def _named(found: Iterable[OrganisationRef]) -> list[tuple[Any, Any]]:
    return [("", _("Choose")), *((one.id, local_name(one)) for one in found)]
