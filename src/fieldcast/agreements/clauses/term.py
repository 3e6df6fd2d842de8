"""A term of a clause: the bounds of its value, and what a form needs to ask for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from fieldcast.agreements.clauses import words
from fieldcast.agreements.problems import TermMissing, TermsRefused, TermUnknown
from fieldcast.kit.errors import Sentence

MOST_FEN = 1_000_000  # ¥10,000 for a unit or a pack: more is a slip of the pen
FAR = (
    10**12
)  # a number beyond this is not worth repeating, and past what a float holds cannot be said in percent


class Unit(StrEnum):
    """What a term's value is: basis points, whole fen, seconds, yes or no, or fen for a unit of each product."""

    PART = "part"
    FEN = "fen"
    SECONDS = "seconds"
    FLAG = "flag"
    PRICES = "prices"


_SAID: Mapping[Unit, Callable[[int], str]] = {
    Unit.PART: words.percent,
    Unit.FEN: words.money,
    Unit.PRICES: words.money,
    Unit.SECONDS: words.seconds,
}


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term by name, with bounds. Without a `default` it must be filled in.

    `limit` lowers `most` by what other terms say; it is given those that are known. A form asks for it under the name
    `asked_as` (its own where it is empty) by `label` and `help_text`, begins with `initial`, and says `wrong` where the
    field alone cannot know that a value is impossible.
    """

    name: str
    unit: Unit
    asked_as: str = ""
    label: Sentence = ""
    help_text: Sentence = ""
    least: int = 0
    most: int = MOST_FEN
    default: Any = None
    initial: Any = None
    limit: Callable[[Mapping[str, Any]], int] | None = None
    wrong: Sentence = ""

    def most_beside(self, values: Mapping[str, Any]) -> int:
        """The most it can be beside the other terms."""
        return self.most if self.limit is None else self.limit(values)

    def taken(self, value: Any, *, values: Mapping[str, Any], clause: int, title: Sentence) -> Any:
        """The value as it is kept. Raises `TermMissing`, `TermUnknown` or `TermsRefused`, naming the clause."""

        def refuse(said: str, allowed: str) -> NoReturn:
            raise TermsRefused(clause=clause, title=title, term=self.name, value=said, allowed=allowed)

        if self.unit == Unit.FLAG:
            return value if isinstance(value, bool) else refuse(str(value), "true, false")
        if self.unit != Unit.PRICES:
            return self._whole(value, self.most_beside(values), refuse)
        if not isinstance(value, Mapping) or not value:
            raise TermMissing(clause=clause, title=title, term=self.name)
        for product, fen in value.items():
            if not isinstance(product, str) or not product:
                raise TermUnknown(term=str(product), known=self.name)
            self._whole(fen, self.most, refuse, of=f"{product} ")
        return dict(value)  # the caller's mapping may change later

    def _whole(self, value: Any, most: int, refuse: Callable[[str, str], NoReturn], of: str = "") -> int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and self.least <= value <= most:
            return int(value)
        say = _SAID[self.unit]
        said = "…" if whole and abs(value) > FAR else say(value) if whole else str(value)
        return refuse(of + said, f"{say(self.least)}–{say(most)}")
