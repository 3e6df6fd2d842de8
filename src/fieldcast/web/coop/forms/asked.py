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
from fieldcast.web.shared.fields import DECIMAL, DayField, PercentField, WholeField, WordsField, YuanField

POOLS: Final = ("service", "dividend", "technology")
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
    needed: bool = True

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """In percent."""
        said |= {"label": in_percent(self.label), "required": self.needed}
        return PercentField(least_bp=self.least, most_bp=self.most, **said)

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Nothing where it may stay empty and does."""
        return {} if cleaned[self.name] is None else {self.name: cleaned[self.name]}

    def shown(self, value: int, /) -> str:
        """As a percentage."""
        return percent(value)


@dataclass(frozen=True)
class Yuan(Asked):
    """A sum."""

    least: int = 1
    most: int = MOST_FEN
    needed: bool = True

    def field(self, _known: Known, /, **said: Any) -> forms.Field:
        """In yuan."""
        said |= {"label": in_yuan(self.label), "required": self.needed}
        return YuanField(least_fen=self.least, most_fen=self.most, **said)

    def value(self, cleaned: Mapping[str, Any], _known: Known, /) -> dict[str, Any]:
        """Nothing where it may stay empty and does."""
        return {} if cleaned[self.name] is None else {self.name: cleaned[self.name]}

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
                label=in_percent(_("Part of the surplus")),
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


def in_percent(label: Sentence) -> Sentence:
    """The label of a percentage."""
    return format_lazy("{what} (%)", what=label)


def in_yuan(label: Sentence) -> Sentence:
    """The label of a sum."""
    return format_lazy("{what} (¥)", what=label)
