"""The long chain of a product as the county types it: stage by stage, each with where it is known from."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.agreements.chain.operations import MOST_ADDED_BP, MOST_FEN, MOST_STAGES, MOST_UNITS
from fieldcast.agreements.chain.types import ChainStageView, ChainView
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.fields import DayField, PercentField, WholeField, WordsField, YuanField

USUAL: Final[tuple[Sentence, ...]] = (
    gettext_lazy("Farmer"),
    gettext_lazy("Buyer at the field"),
    gettext_lazy("Wholesale market"),
    gettext_lazy("Shop"),
)


class ChainForm(forms.Form):
    """Units, what the consumer pays, and the stages; a stage without a name is none."""

    units = WholeField(label=gettext_lazy("All sums are of so many units"), min_value=1, max_value=MOST_UNITS)
    consumer = YuanField(label=gettext_lazy("The consumer pays"), most_fen=MOST_FEN, required=False)
    consumer_source = WordsField(label=gettext_lazy("Known from"), max_length=200, required=False)
    consumer_day = DayField(label=gettext_lazy("Of which day"), required=False)
    refusals: ClassVar[Mapping[str, str]] = {
        "consumer_whence_missing": "consumer_source",
        "farmer_in_yuan": "added_1",
        "more_than_consumer": "consumer",
    }

    def __init__(self, data: Any = None, *, chain: ChainView | None = None) -> None:
        super().__init__(data, initial=_initial(chain))
        for number in range(1, MOST_STAGES + 1):
            self.fields[f"name_{number}"] = WordsField(
                label=gettext_lazy("Who"), max_length=40, required=False
            )
            if number > 1:
                self.fields[f"added_{number}"] = PercentField(
                    label=gettext_lazy("or on top of what they paid (%)"),
                    most_bp=MOST_ADDED_BP,
                    required=False,
                )
            self.fields[f"fen_{number}"] = YuanField(
                label=gettext_lazy("Adds"), least_fen=0, most_fen=MOST_FEN, required=False
            )
            self.fields[f"source_{number}"] = WordsField(
                label=gettext_lazy("Known from"), max_length=200, required=False
            )
            self.fields[f"day_{number}"] = DayField(label=gettext_lazy("Of which day"), required=False)

    def groups(self) -> Iterator[tuple[str, list[Any], bool]]:
        """Each stage with its boxes in order, and whether anything stands in them."""
        for number in range(1, MOST_STAGES + 1):
            names = [f"{what}_{number}" for what in ("name", "fen", "added", "source", "day")]
            boxes = [self[name] for name in names if name in self.fields]
            title = _("Stage %(n)s") % {"n": number}
            filled = any(box.value() not in (None, "") for box in boxes) or any(box.errors for box in boxes)
            yield title, boxes, filled

    def around(self) -> list[Any]:
        """The boxes that are of no stage."""
        return [self[name] for name in ("units", "consumer", "consumer_source", "consumer_day")]

    @property
    def stages(self) -> tuple[ChainStageView, ...]:
        """The stages that were named."""
        said = self.cleaned_data
        return tuple(
            ChainStageView(
                name=said[f"name_{number}"],
                fen=said[f"fen_{number}"],
                added_bp=said.get(f"added_{number}"),
                source=said[f"source_{number}"],
                day=said[f"day_{number}"],
            )
            for number in range(1, MOST_STAGES + 1)
            if said[f"name_{number}"]
        )

    def clean(self) -> dict[str, Any]:
        """Figures of a stage that is not named would be lost without a word."""
        said = super().clean() or {}
        for number in range(1, MOST_STAGES + 1):
            figures = [said.get(f"{what}_{number}") for what in ("fen", "added", "source", "day")]
            if not said.get(f"name_{number}") and any(figure not in (None, "") for figure in figures):
                self.add_error(f"name_{number}", _("Say whose this is."))
        return said


def _initial(chain: ChainView | None) -> dict[str, Any]:
    if chain is None:
        return {"units": 1} | {f"name_{at}": str(name) for at, name in enumerate(USUAL, start=1)}
    found: dict[str, Any] = {
        "units": chain.units,
        "consumer": chain.consumer_fen,
        "consumer_source": chain.consumer_source,
        "consumer_day": chain.consumer_day,
    }
    for at, one in enumerate(chain.stages, start=1):
        found |= {
            f"name_{at}": one.name,
            f"fen_{at}": one.fen,
            f"added_{at}": one.added_bp,
            f"source_{at}": one.source,
            f"day_{at}": one.day,
        }
    return found
