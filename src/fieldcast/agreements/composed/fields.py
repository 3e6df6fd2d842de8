"""Reads the fields of a clause from JSON and refuses what cannot be, naming the clause, the value and what would do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NoReturn

from django.utils.translation import gettext

from fieldcast.agreements.composed.shapes import POOL
from fieldcast.agreements.problems import TermMissing, TermsRefused, TermUnknown
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS

MOST_FEN: Final = 10**9  # ¥10 million
MOST_COUNT: Final = 10**9
LONGEST_KEY: Final = 60
LONGEST_WORDS: Final = 200
PAIR: Final = 2
POOL_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,18}")  # it stands in the book as `pool:12.service`
FAR: Final = 10**12  # a number beyond this is not worth repeating


@dataclass
class Fields:
    """The fields of one clause as they were sent; `done` says that each of them was asked for."""

    number: int
    title: Sentence
    data: Mapping[str, Any]
    roles: frozenset[str]
    _asked: set[str] = field(default_factory=lambda: {"kind"})

    def has(self, name: str) -> bool:
        """Is it there?"""
        return name in self.data

    def whole(self, name: str, *, least: int = 0, most: int = MOST_FEN, default: int | None = None) -> int:
        """A whole number between bounds."""
        return self._whole(self._take(name, default), name, least, most)

    def rate(self, name: str = "rate_bp", *, least: int = 0, most: int = BASIS) -> int:
        """Basis points."""
        return self.whole(name, least=least, most=most)

    def end(self, name: str, *, most: int) -> int | None:
        """A whole number above zero, or null for no end; it must be said which."""
        self._asked.add(name)
        return None if name in self.data and self.data[name] is None else self.whole(name, least=1, most=most)

    def flag(self, name: str) -> bool:
        """True or false; false where nothing is said."""
        value = self._take(name, False)
        return value if isinstance(value, bool) else self.refuse(name, value, "true, false")

    def role(self, name: str, *, pools: bool = False) -> str:
        """A role of a party; with `pools` also `pool:NAME`."""
        return self._role(self._take(name), name, pools=pools)

    def pool(self, name: str) -> str:
        """The name of a pool."""
        value = self._take(name)
        if isinstance(value, str) and POOL_NAME.fullmatch(value):
            return value
        return self.refuse(name, value, gettext("the name of a pool, such as service or dividend"))

    def words(self, name: str) -> str:
        """A sentence of somebody's own."""
        value = self._take(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_WORDS and value.isprintable():
            return value.strip()
        return self.refuse(name, value, gettext("words, %(most)s letters at most") % {"most": LONGEST_WORDS})

    def day(self, name: str) -> date:
        """A day as `2026-12-01`."""
        value = self._take(name)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return self.refuse(name, value, "2026-12-01")

    def weights(self, name: str) -> dict[str, int]:
        """Role → whole number, one of them above zero, in the order in which they are written; or pairs of the two,
        as terms are kept: the database does not keep the order of an object's names.
        """
        said = self._take(name)
        if isinstance(said, list):
            said = self._paired(said, name)
        found = {
            self._role(role, name): self._whole(weight, f"{name}.{role}", 0, MOST_COUNT)
            for role, weight in self._mapped(said, name).items()
        }
        if not any(found.values()):
            self.refuse(name, "0", gettext("a weight above zero for one of them"))
        return found

    def prices(self, name: str) -> dict[str, int]:
        """Grade → fen for a unit."""
        return {
            self._key(grade, name): self._whole(fen, f"{name}.{grade}", 0, MOST_FEN)
            for grade, fen in self._mapping(name).items()
        }

    def graded(self, name: str) -> dict[str, dict[str, int]]:
        """Product → grade → fen for a unit; a price without grades stands under the empty grade."""
        found: dict[str, dict[str, int]] = {}
        for product, said in self._mapping(name).items():
            key = self._key(product, name)
            if isinstance(said, Mapping) and said:
                found[key] = {
                    self._key(grade, name): self._whole(fen, f"{name}.{product}.{grade}", 1, MOST_FEN)
                    for grade, fen in said.items()
                }
            else:
                found[key] = {"": self._whole(said, f"{name}.{product}", 1, MOST_FEN)}
        return found

    def listed(self, name: str) -> list[Any]:
        """A list with something in it."""
        value = self._take(name)
        if not isinstance(value, list) or not value:
            raise TermMissing(clause=self.number, title=self.title, term=name)
        return value

    def done(self) -> None:
        """Raises `TermUnknown` for a field that no clause of this kind has."""
        for name in self.data:
            if name not in self._asked:
                raise TermUnknown(term=f"{self.number}.{name}", known=", ".join(sorted(self._asked)))

    def refuse(self, name: str, value: object, allowed: str) -> NoReturn:
        """Raises `TermsRefused` for a value of this clause."""
        raise TermsRefused(
            clause=self.number, title=self.title, term=name, value=str(value)[:LONGEST_KEY], allowed=allowed
        )

    def _take(self, name: str, default: Any = None) -> Any:
        self._asked.add(name)
        value = self.data.get(name, default)
        if value is None:
            raise TermMissing(clause=self.number, title=self.title, term=name)
        return value

    def _paired(self, said: list[Any], name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for pair in said:
            if not _is_pair(pair) or pair[0] in found:
                self.refuse(name, pair, gettext("each role once, with its weight"))
            found[pair[0]] = pair[1]
        return found

    def _mapping(self, name: str) -> Mapping[Any, Any]:
        return self._mapped(self._take(name), name)

    def _mapped(self, value: Any, name: str) -> Mapping[Any, Any]:
        if not isinstance(value, Mapping) or not value:
            raise TermMissing(clause=self.number, title=self.title, term=name)
        return value

    def _whole(self, value: object, name: str, least: int, most: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        far = isinstance(value, int) and abs(value) > FAR
        return self.refuse(name, f"{name} = {'…' if far else value}", f"{least:,}–{most:,}")

    def _key(self, value: object, name: str) -> str:
        if isinstance(value, str) and 0 < len(value) <= LONGEST_KEY and value.isprintable():
            return value
        return self.refuse(
            name, value, gettext("a name of at most %(most)s characters") % {"most": LONGEST_KEY}
        )

    def _role(self, value: object, name: str, *, pools: bool = False) -> str:
        if isinstance(value, str) and value in self.roles:
            return value
        named = value.removeprefix(POOL) if pools and isinstance(value, str) else value
        if named != value and POOL_NAME.fullmatch(str(named)):
            return str(value)
        return self.refuse(name, value, _either([*sorted(self.roles), *([f"{POOL}…"] if pools else [])]))


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == PAIR and isinstance(value[0], str)


def _either(names: Iterable[str]) -> str:
    return ", ".join(names)
