"""What facts are made of: fields with their labels, units and bounds, and the dataclass that checks them.

A field is written `name: Annotated[int, Whole(label=…, least=0)]`. From that one line come the check, the JSON, the
form's field and the table in the documents. JSON holds whole numbers and text alone, because an event is hashed: a
fraction, a day and a moment travel as text.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Final, Self, get_args, get_type_hints

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.said import said
from fieldcast.trace.problems import BadFact, MissingFact, UnknownFact
from fieldcast.trace.types import EventKind

MOST_UNITS: Final = 10_000_000
NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


class Speaker(StrEnum):
    """Who says facts of a kind: the lot's cooperative, or the platform alone, when it happens there."""

    SELLER = "seller"
    PLATFORM = "platform"


class When(StrEnum):
    """Where an event may lie in a lot's life, by the day it was picked."""

    ANY = "any"
    UNTIL_HARVEST = "until harvest"
    SINCE_HARVEST = "since harvest"


class Unfit(ValueError):
    """A value that a field cannot hold."""


def lazily(sentence: Sentence, **places: Any) -> Promise:
    """A sentence with its places filled, in the language that is active when it is read."""
    return _Filled(sentence, places)


class _Filled(Promise):
    def __init__(self, sentence: Sentence, places: Mapping[str, Any]) -> None:
        self.sentence, self.places = sentence, places

    def __str__(self) -> str:
        return str(self.sentence) % self.places


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a fact. `unit` says what its figures are in: `lot` is the lot's own unit, empty is none.

    `asked` False: forms do not ask for it. `key` is its name in JSON where Python has another use for the word.
    """

    label: Sentence
    help: Sentence = ""
    unit: str = ""
    asked: bool = True
    key: str = ""

    @property
    def must(self) -> Sentence:
        """What a value must be, to follow “must be”."""
        raise NotImplementedError

    def check(self, value: Any) -> None:
        """Raise `Unfit` unless the field can hold the value."""
        raise NotImplementedError

    def read(self, plain: Any) -> Any:
        """The value that JSON stands for. Raises `Unfit`."""
        return plain

    def tidy(self, value: Any) -> Any:
        """A checked value in the one form in which it is kept, however it was written."""
        return value

    def plain(self, value: Any) -> int | str:
        """The value as JSON: a whole number or text."""
        return value if isinstance(value, int) else str(value)


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """One line of at most `most` letters. `offered` are the words a form lets choose from."""

    most: int = 60
    offered: tuple[str, ...] = ()

    @property
    def must(self) -> Sentence:
        """One line of text."""
        return lazily(_("one line of at most %(most)s letters"), most=self.most)

    def check(self, value: Any) -> None:
        """Text that says something, short enough, and of letters alone."""
        if not isinstance(value, str) or not 0 < len(said(value)) <= self.most:
            raise Unfit
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
            raise Unfit

    def tidy(self, value: str) -> str:
        """Without what nobody sees."""
        return said(value)


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = MOST_UNITS

    @property
    def must(self) -> Sentence:
        """The range."""
        return lazily(_("a whole number from %(least)s to %(most)s"), least=self.least, most=self.most)

    def check(self, value: Any) -> None:
        """A whole number within the range; true and false are none."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise Unfit


@dataclass(frozen=True, kw_only=True)
class Fraction(Field):
    """A decimal number with at most `places` places; text in JSON."""

    least: int
    most: int
    places: int = 1

    @property
    def must(self) -> Sentence:
        """The range and unit."""
        return lazily(
            _("a number from %(least)s to %(most)s (%(unit)s) with at most %(places)s decimal places"),
            least=self.least,
            most=self.most,
            unit=self.unit,
            places=self.places,
        )

    def check(self, value: Any) -> None:
        """A number within the range and no finer than said."""
        if not isinstance(value, Decimal) or not value.is_finite() or not self.least <= value <= self.most:
            raise Unfit
        if -int(value.as_tuple().exponent) > self.places:
            raise Unfit

    def tidy(self, value: Decimal) -> Decimal:
        """With all its places, and never minus nothing: 5 is 5.0, and so is `05.0`."""
        return value.quantize(Decimal(1).scaleb(-self.places)) + 0

    def read(self, plain: Any) -> Decimal:
        """From text or a whole number; anything behind the number, such as another unit, is refused."""
        if isinstance(plain, bool) or not isinstance(plain, int | str) or not NUMBER.fullmatch(str(plain)):
            raise Unfit
        return Decimal(plain)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of an enumeration."""

    of: type[StrEnum]

    @property
    def must(self) -> Sentence:
        """The values, as the API writes them."""
        return lazily(_("one of: %(values)s"), values=", ".join(self.of))

    def check(self, value: Any) -> None:
        """A member of the enumeration."""
        if not isinstance(value, self.of):
            raise Unfit

    def read(self, plain: Any) -> StrEnum:
        """From the member's value."""
        if not isinstance(plain, str) or plain not in set(self.of):
            raise Unfit
        return self.of(plain)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day; text in JSON."""

    @property
    def must(self) -> Sentence:
        """How a day is written."""
        return _("a day such as 2026-11-22")

    def check(self, value: Any) -> None:
        """A day without an hour."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise Unfit

    def read(self, plain: Any) -> date:
        """From ISO 8601."""
        try:
            return date.fromisoformat(plain)
        except (TypeError, ValueError):
            raise Unfit from None

    def plain(self, value: date) -> str:
        """As ISO 8601."""
        return value.isoformat()


@dataclass(frozen=True, kw_only=True)
class Moment(Field):
    """A moment with its zone; text in JSON."""

    @property
    def must(self) -> Sentence:
        """How a moment is written."""
        return _("a time with its zone, such as 2026-11-22T13:30:00+08:00")

    def check(self, value: Any) -> None:
        """A moment that says its zone."""
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise Unfit

    def read(self, plain: Any) -> datetime:
        """From ISO 8601."""
        try:
            return datetime.fromisoformat(plain)
        except (TypeError, ValueError):
            raise Unfit from None

    def plain(self, value: datetime) -> str:
        """As ISO 8601."""
        return value.isoformat()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one event says, checked when it is made and put into the form in which it is kept.

    `biz_step` and `disposition` are names of the Core Business Vocabulary (CBV 2.0) of EPCIS; empty where it has none.
    `filled_in`: fields that the platform writes itself, which nobody says.
    `moves_stock`: people say it through trade, which moves the units in the same step, and nobody corrects it.
    `old_names` and `old_values` are what the same was called before, for reading alone.
    """

    kind: ClassVar[EventKind]
    biz_step: ClassVar[str]
    said_by: ClassVar[Speaker] = Speaker.SELLER
    when: ClassVar[When] = When.SINCE_HARVEST
    moves_stock: ClassVar[bool] = False
    filled_in: ClassVar[frozenset[str]] = frozenset()
    old_names: ClassVar[Mapping[str, str]] = {}
    old_values: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def __post_init__(self) -> None:
        for name, field in fields(type(self)).items():
            value = getattr(self, name)
            if value in (None, "") and not needed(type(self), name):
                continue
            try:
                field.check(value)
            except Unfit:
                raise _unfit(field.key or name, field) from None
            object.__setattr__(self, name, field.tidy(value))  # frozen for everyone else
        self.check()

    def check(self) -> None:
        """What no single field can tell. Raises a `Problem`."""

    @property
    def disposition(self) -> str:
        """What the lot is after it, in EPCIS."""
        raise NotImplementedError

    def of_lot(self, lot: LotView) -> Self:
        """The fact with what only the lot can say filled in. Raises a `Problem` when it cannot be of this lot."""
        return self

    @classmethod
    def usual(cls, lot: LotView) -> dict[str, Any]:
        """What a form suggests for the lot."""
        return {}

    @classmethod
    def actor_of(cls, lot: LotView) -> int:
        """The organisation that does this with a lot, unless another is named."""
        return lot.cooperative_id

    def to_json(self) -> dict[str, int | str]:
        """Whole numbers and text; what was left empty is not there."""
        return {
            field.key or name: field.plain(value)
            for name, field in fields(type(self)).items()
            if (value := getattr(self, name)) not in (None, "")
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The fact that `to_json` wrote or a program sent. Raises a `Problem` that names the field."""
        keys = {field.key or name: (name, field) for name, field in fields(cls).items()}
        for key in data:
            if key not in keys:
                raise UnknownFact(field=key, known=", ".join(keys))
        values = {}
        for key, (name, field) in keys.items():
            if key in data:
                try:
                    values[name] = field.read(data[key])
                except Unfit:
                    raise _unfit(key, field) from None
            elif needed(cls, name):
                raise MissingFact(field=key, name=field.label)
        return cls(**values)


_FIELDS: Final[dict[type[Fact], Mapping[str, Field]]] = {}


def fields(cls: type[Fact]) -> Mapping[str, Field]:
    """The fields of a kind by their names in Python, in order."""
    if cls not in _FIELDS:
        hints = get_type_hints(cls, include_extras=True)
        _FIELDS[cls] = {
            one.name: part
            for one in dataclasses.fields(cls)
            for part in get_args(hints[one.name])[1:]
            if isinstance(part, Field)
        }
    return _FIELDS[cls]


def needed(cls: type[Fact], name: str) -> bool:
    """Must a fact of this kind say it?"""
    return any(one.name == name and one.default is MISSING for one in dataclasses.fields(cls))


def first_unlike(pairs: Iterable[tuple[str, Any, Any]]) -> tuple[str, Any, Any] | None:
    """The first `(field, kept, said)` whose two values differ."""
    return next((pair for pair in pairs if pair[1] != pair[2]), None)


def _unfit(key: str, field: Field) -> Problem:
    return BadFact(field=key, name=field.label, must=field.must)
