"""What is paid back for damaged fresh goods: in steps, instead of exactly the damaged part of the price (S8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import PromiseClause
from fieldcast.kit.money import BASIS


@dataclass(frozen=True)
class Damage(PromiseClause):
    """(damaged up to this part, in basis points; that part of the price goes back), rising, the last up to all."""

    kind: ClassVar = "damage"
    title: ClassVar = _("Damaged goods")
    steps: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, fields: Fields) -> "Damage":
        """From JSON. Steps with a hole, or that do not reach everything, are refused."""
        steps = tuple(_step(fields, row, at) for at, row in enumerate(fields.listed("steps"), start=1))
        ends = [end for end, _back in steps]
        if sorted(set(ends)) != ends or ends[-1] != BASIS:
            fields.refuse("steps", ends, gettext("ends that rise from step to step, the last one 100%"))
        return cls(steps=steps)

    def refund_bp(self, damaged: int, units: int) -> int:
        """What part of the price goes back where `damaged` of `units` are damaged."""
        if damaged <= 0:
            return 0
        return next(back for end, back in self.steps if damaged * BASIS <= end * units)

    def says(self) -> str:
        """Each step."""
        said = [
            gettext("damaged up to %(end)s: %(back)s back") % {"end": percent(end), "back": percent(back)}
            for end, back in self.steps
        ]
        return gettext("Of the price of damaged fresh goods: %(steps)s.") % {
            "steps": gettext(", ").join(said)
        }


def _step(fields: Fields, row: Any, at: int) -> tuple[int, int]:
    if not isinstance(row, Mapping):
        fields.refuse(f"steps.{at}", row, "{up_to_bp, refund_bp}")
    inner = Fields(fields.number, fields.title, row, fields.roles)
    step = (inner.rate("up_to_bp", least=1), inner.rate("refund_bp"))
    inner.done()
    return step
