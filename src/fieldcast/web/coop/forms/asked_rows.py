"""What a clause asks for in several boxes: weights, prices by product and grade, tiers and steps."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.drafting import Row
from fieldcast.agreements.composed.fields import MOST_COUNT
from fieldcast.agreements.composed.words import of_role
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS
from fieldcast.web.coop.drafts import weights_of
from fieldcast.web.coop.forms.asked import Asked, Known, in_percent, in_yuan
from fieldcast.web.shared.fields import PercentField, WholeField, YuanField
from fieldcast.web.shared.words import grade_name, local_name

TIERS: Final = 5


class Weights(Asked):
    """A weight for each role."""

    several: ClassVar = True

    def fields(self, row: Row, known: Known, /) -> dict[str, forms.Field]:
        """A number for each."""
        held = weights_of(row.get(self.name))
        return {
            self._of(role): WholeField(
                label=of_role(role),
                required=False,
                min_value=0,
                max_value=MOST_COUNT,
                initial=held.get(role),
            )
            for role in known.roles
        }

    def rows(self, known: Known, /) -> list[list[str]]:
        """All in one."""
        return [[self._of(role) for role in known.roles]]

    def value(self, cleaned: Mapping[str, Any], known: Known, /) -> dict[str, Any]:
        """Pairs, without those who have nothing."""
        pairs = [[role, cleaned.get(self._of(role))] for role in known.roles]
        return {self.name: [pair for pair in pairs if pair[1]]}

    def _of(self, role: str) -> str:
        return f"{self.name}-{role}"


class Prices(Asked):
    """Prices by product and grade, in rows; no grade is every grade."""

    several: ClassVar = True

    def fields(self, row: Row, known: Known, /) -> dict[str, forms.Field]:
        """A product, a grade and a price in each row."""
        held = prices_of(row.get(self.name))
        products = [("", _("Choose")), *((one.code, local_name(one)) for one in known.products)]
        grades = [("", _("every grade")), *((grade, grade_name(grade)) for grade in known.grades)]
        found: dict[str, forms.Field] = {}
        for at in range(known.price_rows):
            product, grade, fen = held[at] if at < len(held) else ("", "", None)
            said: dict[str, Any] = {"required": False}
            found |= {
                f"product-{at}": forms.ChoiceField(
                    label=_("Product"), choices=products, initial=product, **said
                ),
                f"grade-{at}": forms.ChoiceField(label=_("Grade"), choices=grades, initial=grade, **said),
                f"price-{at}": YuanField(label=in_yuan(_("Price of a unit")), initial=fen, **said),
            }
        return found

    def rows(self, known: Known, /) -> list[list[str]]:
        """One for each price."""
        return [[f"product-{at}", f"grade-{at}", f"price-{at}"] for at in range(known.price_rows)]

    def value(self, cleaned: Mapping[str, Any], known: Known, /) -> dict[str, Any]:
        """By product and grade; a row without a product or price says nothing."""
        found: dict[str, dict[str, int]] = {}
        for at in range(known.price_rows):
            product, fen = cleaned.get(f"product-{at}"), cleaned.get(f"price-{at}")
            if product and fen:
                found.setdefault(product, {})[cleaned.get(f"grade-{at}", "")] = fen
        return {
            self.name: {
                product: grades[""] if list(grades) == [""] else grades for product, grades in found.items()
            }
        }

    def wrong(self, row: Row, /) -> Sentence:
        """A product has one price, or one for each of its grades."""
        both = [one for one in row[self.name].values() if isinstance(one, dict) and "" in one]
        return _("Give one price for every grade of a product, or one for each grade.") if both else ""


class GradePrices(Asked):
    """A price for each grade."""

    several: ClassVar = True

    def fields(self, row: Row, known: Known, /) -> dict[str, forms.Field]:
        """A sum for each grade."""
        held = row.get(self.name)
        prices = held if isinstance(held, dict) else {}
        return {
            f"grade-{grade}": YuanField(
                label=grade_name(grade), required=False, initial=prices.get(grade), least_fen=0
            )
            for grade in known.grades
        }

    def rows(self, known: Known, /) -> list[list[str]]:
        """All in one."""
        return [[f"grade-{grade}" for grade in known.grades]]

    def value(self, cleaned: Mapping[str, Any], known: Known, /) -> dict[str, Any]:
        """Without grades that have none."""
        prices = {grade: cleaned.get(f"grade-{grade}") for grade in known.grades}
        return {self.name: {grade: fen for grade, fen in prices.items() if fen is not None}}


class Tiers(Asked):
    """Up to which sales, and which part of them; the last row is for everything above."""

    several: ClassVar = True

    def fields(self, row: Row, _known: Known, /) -> dict[str, forms.Field]:
        """Two boxes in each row."""
        held = _mappings(row.get(self.name))[:TIERS]
        ends, last = (held[:-1], held[-1]) if held else ([], {})
        found: dict[str, forms.Field] = {}
        for at in range(TIERS - 1):
            one = ends[at] if at < len(ends) else {}
            found[f"up_to-{at}"] = YuanField(
                label=in_yuan(_("Sales up to")), required=False, initial=one.get("up_to_fen")
            )
            found[f"rate-{at}"] = PercentField(
                label=in_percent(_("Part")), initial=one.get("rate_bp", ""), required=False
            )
        found["rate-above"] = PercentField(
            label=in_percent(_("Everything above")), required=False, initial=last.get("rate_bp", "")
        )
        return found

    def rows(self, _known: Known, /) -> list[list[str]]:
        """One for each tier."""
        return [*([f"up_to-{at}", f"rate-{at}"] for at in range(TIERS - 1)), ["rate-above"]]

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Tiers with an end, and the one above them."""
        found: list[dict[str, Any]] = []
        for at in range(TIERS - 1):
            end, rate_bp = cleaned.get(f"up_to-{at}"), cleaned.get(f"rate-{at}")
            if end is not None:
                found.append({"up_to_fen": end, "rate_bp": rate_bp or 0})
        return {self.name: [*found, {"up_to_fen": None, "rate_bp": cleaned["rate-above"] or 0}]}


class Steps(Asked):
    """Damaged up to which part, and which part of the price goes back."""

    several: ClassVar = True

    def fields(self, row: Row, _known: Known, /) -> dict[str, forms.Field]:
        """Two boxes in each row."""
        held = _mappings(row.get(self.name))[:TIERS] or [{"up_to_bp": BASIS, "refund_bp": BASIS}]
        found: dict[str, forms.Field] = {}
        for at in range(TIERS):
            one = held[at] if at < len(held) else {}
            for name, label in (("up_to", _("Damaged up to")), ("back", _("Goes back"))):
                value = one.get("up_to_bp" if name == "up_to" else "refund_bp", "")
                found[f"{name}-{at}"] = PercentField(label=in_percent(label), required=False, initial=value)
        return found

    def rows(self, _known: Known, /) -> list[list[str]]:
        """One for each step."""
        return [[f"up_to-{at}", f"back-{at}"] for at in range(TIERS)]

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Those that say up to where."""
        found = [(cleaned.get(f"up_to-{at}"), cleaned.get(f"back-{at}")) for at in range(TIERS)]
        return {self.name: [{"up_to_bp": end, "refund_bp": back or 0} for end, back in found if end]}


def prices_of(value: object) -> list[tuple[str, str, int]]:
    """Product, grade and price as they stand in a row; what is no price is left out."""
    found: list[tuple[str, str, int]] = []
    for product, said in value.items() if isinstance(value, dict) else ():
        grades = said if isinstance(said, dict) else {"": said}
        found += [(product, grade, fen) for grade, fen in grades.items() if isinstance(fen, int)]
    return found


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
