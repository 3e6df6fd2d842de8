"""What a clause asks people for: roles, parts, sums, prices by product and grade, weights and tiers in rows.

Each says its boxes, what they begin with, in which rows they stand, and what of a clause's row comes of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.drafting import Row
from fieldcast.agreements.composed.fields import LONGEST_WORDS, MOST_COUNT, MOST_FEN
from fieldcast.agreements.composed.period.late_interest import MOST_PPM
from fieldcast.agreements.composed.shapes import NOBODYS, POOL
from fieldcast.agreements.composed.words import of_role
from fieldcast.agreements.usual import Usual, Which
from fieldcast.catalog.types import GRADES, ProductView
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS
from fieldcast.web.coop.drafts import weights_of
from fieldcast.web.shared.fields import DECIMAL, DayField, PercentField, WholeField, WordsField, YuanField
from fieldcast.web.shared.words import grade_name, local_name

POOLS: Final = ("service", "dividend", "technology")
TIERS: Final = 5
_PPM_OF_PERCENT: Final = 10_000


@dataclass(frozen=True)
class Known:
    """What may be named: roles, pools that are filled, the county's products, the clauses before by number.

    `price_rows`: how many prices of products can be typed. `usual`: what the county's agreements say.
    """

    roles: Sequence[str]
    pools: Sequence[str] = ()
    products: Sequence[ProductView] = ()
    earlier: Sequence[tuple[int, str]] = ()
    grades: Sequence[str] = GRADES
    usual: Mapping[Which, Usual] = field(default_factory=dict)
    price_rows: int = 8


class _PpmField(forms.CharField):
    """Percent a day with at most four decimals, such as 0.05, as millionths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, widget=forms.TextInput(attrs=DECIMAL), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Millionths as percent; what was typed stays as it was."""
        return f"{value / _PPM_OF_PERCENT:g}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Millionths."""
        text = super().clean(value)
        try:
            found = Decimal(str(text).strip().rstrip("%％")) * _PPM_OF_PERCENT
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found != found.to_integral_value() or not 0 <= found <= MOST_PPM:
            raise ValidationError(_("Write a percentage from 0 to 1, such as 0.05."))
        return int(found)


@dataclass(frozen=True)
class Asked:
    """One thing that a clause asks for; here a box of its own."""

    name: str
    label: Sentence
    help_text: Sentence = ""
    several: ClassVar = False

    def fields(self, row: Row, known: Known, /) -> dict[str, forms.Field]:
        """Its boxes, with what stands in `row`."""
        said = {"label": self.label, "help_text": self.help_text, "initial": row.get(self.name)}
        return {self.name: self.field(known, **said)}

    def field(self, known: Known, /, **said: Any) -> forms.Field:
        """Its one box."""
        raise NotImplementedError

    def rows(self, _known: Known, /) -> list[list[str]]:
        """The names of its boxes, row by row."""
        return [[self.name]]

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """What it adds to the clause."""
        return {self.name: cleaned[self.name]}

    def shown(self, value: int, /) -> str:
        """A number of it in words."""
        return f"{value:,}"

    def wrong(self, _row: Row, /) -> Sentence:
        """What is wrong with what it adds, where the clause itself would say it less well."""
        return ""


@dataclass(frozen=True)
class Role(Asked):
    """A role; with `pools` also a pool, with `parties` only one that a party takes."""

    pools: bool = False
    parties: bool = False

    def field(self, known: Known, /, **said: Any) -> forms.Field:
        """A list to choose from."""
        named = [role for role in known.roles if not (self.parties and role in NOBODYS)]
        if self.pools:
            named += [POOL + name for name in dict.fromkeys([*known.pools, *POOLS])]
        choices = [("", _("Choose")), *((role, of_role(role)) for role in named)]
        return forms.ChoiceField(choices=choices, **said)


@dataclass(frozen=True)
class Part(Asked):
    """A percentage."""

    least: int = 0
    most: int = BASIS

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """In percent."""
        return PercentField(least_bp=self.least, most_bp=self.most, **{**said, "label": _percent(self.label)})

    def shown(self, value: int, /) -> str:
        """As a percentage."""
        return percent(value)


@dataclass(frozen=True)
class Yuan(Asked):
    """A sum."""

    least: int = 1
    most: int = MOST_FEN

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """In yuan."""
        return YuanField(least_fen=self.least, most_fen=self.most, **{**said, "label": _yuan(self.label)})

    def shown(self, value: int, /) -> str:
        """As a sum."""
        return money(value)


@dataclass(frozen=True)
class Whole(Asked):
    """A whole number."""

    least: int = 0
    most: int = MOST_COUNT

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """Typed on the number pad."""
        return WholeField(min_value=self.least, max_value=self.most, **said)


class Flag(Asked):
    """Yes or no."""

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """A box to tick."""
        return forms.BooleanField(required=False, **{**said, "initial": said["initial"] is True})


class Words(Asked):
    """A sentence of the parties' own."""

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """On one line."""
        return WordsField(max_length=LONGEST_WORDS, **said)


class Day(Asked):
    """A day."""

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """On the machine's calendar."""
        return DayField(**said)

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """As terms hold days."""
        day: date = cleaned[self.name]
        return {self.name: day.isoformat()}


class PerDay(Asked):
    """Interest for a day."""

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """In percent with four decimals."""
        return _PpmField(**said)


class Of(Asked):
    """A clause before this one."""

    def field(self, known: Known, /, **said: Any) -> forms.Field:
        """A list to choose from."""
        choices: list[tuple[Any, Any]] = [("", _("Choose")), *known.earlier]
        return forms.TypedChoiceField(coerce=int, choices=choices, **said)


class Pool(Asked):
    """A pool by its name."""

    def field(self, known: Known, /, **said: Any) -> forms.Field:
        """A list to choose from."""
        names = dict.fromkeys([*known.pools, *POOLS])
        return forms.ChoiceField(choices=[(name, of_role(POOL + name)) for name in names], **said)


class Source(Asked):
    """What a dividend is of: a pool, or a part of somebody's surplus."""

    def fields(self, row: Row, known: Known, /) -> dict[str, forms.Field]:
        """Of what, and which part of it where it is a surplus."""
        pools = [(POOL + name, of_role(POOL + name)) for name in dict.fromkeys([*known.pools, *POOLS])]
        named = f"{POOL}{row['pool']}" if "pool" in row else row.get("from", "cooperative")
        surplus = [(role, of_role(role)) for role in known.roles]
        choices = [(_("A surplus"), surplus), (_("A pool"), pools)]
        return {
            "source": forms.ChoiceField(label=str(self.label), choices=choices, initial=named),
            "payout_bp": PercentField(
                label=_percent(_("Part of the surplus")),
                required=False,
                initial=row.get("payout_bp", 0),
                help_text=_("Of a pool everything is shared out."),
            ),
        }

    def rows(self, _known: Known, /) -> list[list[str]]:
        """Both."""
        return [["source"], ["payout_bp"]]

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Either a pool, or from whom and how much."""
        source = cleaned["source"]
        if source.startswith(POOL):
            return {"pool": source.removeprefix(POOL)}
        return {"from": source, "payout_bp": cleaned["payout_bp"]}


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
                f"price-{at}": YuanField(label=_yuan(_("Price of a unit")), initial=fen, **said),
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
                label=_yuan(_("Sales up to")), required=False, initial=one.get("up_to_fen")
            )
            found[f"rate-{at}"] = PercentField(
                label=_percent(_("Part")), initial=one.get("rate_bp", ""), required=False
            )
        found["rate-above"] = PercentField(
            label=_percent(_("Everything above")), required=False, initial=last.get("rate_bp", "")
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
                found[f"{name}-{at}"] = PercentField(label=_percent(label), required=False, initial=value)
        return found

    def rows(self, _known: Known, /) -> list[list[str]]:
        """One for each step."""
        return [[f"up_to-{at}", f"back-{at}"] for at in range(TIERS)]

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Those that say up to where."""
        found = [(cleaned.get(f"up_to-{at}"), cleaned.get(f"back-{at}")) for at in range(TIERS)]
        return {self.name: [{"up_to_bp": end, "refund_bp": back or 0} for end, back in found if end]}


def _percent(label: Sentence) -> Sentence:
    return format_lazy("{what} (%)", what=label)


def _yuan(label: Sentence) -> Sentence:
    return format_lazy("{what} (¥)", what=label)


def prices_of(value: object) -> list[tuple[str, str, int]]:
    """Product, grade and price as they stand in a row; what is no price is left out."""
    found: list[tuple[str, str, int]] = []
    for product, said in value.items() if isinstance(value, dict) else ():
        grades = said if isinstance(said, dict) else {"": said}
        found += [(product, grade, fen) for grade, fen in grades.items() if isinstance(fen, int)]
    return found


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
