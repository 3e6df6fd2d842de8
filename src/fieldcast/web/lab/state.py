"""The state of the laboratory, read from a query string and written back as one.

What is read is never trusted: each value is a plain number within its bounds or is refused beside its field, with the
range it may have; a refused state is not solved at all, so no figure is shown that was not asked for.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.science.errors import BadParameter
from fieldcast.science.games import paper
from fieldcast.science.games.supervision import PARAMETERS, SupervisionGame
from fieldcast.web.lab.dials import BY_NAME, DIALS, Dial, Number, plain, whole

PLAIN: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,4})?")
LONGEST: Final = 40  # characters of a value that are looked at and shown again
SCENARIO: Final = (*PARAMETERS, "collect", "deposit")  # what a preset decides
MOTIONS: Final = ("fixed", "dynamic")


@dataclass(frozen=True)
class Preset:
    """A scenario of the paper, one touch away."""

    slug: str
    title: Sentence
    tone: str
    game: SupervisionGame


PRESETS: Final = (
    Preset("poverty", _("Poverty baseline"), "wheat", paper.POVERTY),
    Preset("ordinary", _("Ordinary commerce"), "", paper.ORDINARY),
    Preset("combined", _("Combined policy"), "", paper.COMBINED),
)
BY_SLUG: Final = {preset.slug: preset for preset in PRESETS}


@dataclass(frozen=True)
class State:
    """Every condition by the name of its dial, where the arrow on the map begins, and how the fine moves.

    A price that is not in `values` belongs to what is not to be had. `start` is the slug of a preset, a (fine, cost)
    pair, or None.
    """

    values: Mapping[str, Number]
    start: str | tuple[Number, Number] | None = None
    motion: str = MOTIONS[0]

    @cached_property
    def game(self) -> SupervisionGame:
        """The game with the fine as it is really collected. Raises `BadParameter`."""
        return SupervisionGame(**{name: self.values[name] for name in PARAMETERS} | {"F": self.fine})

    @property
    def fine(self) -> Number:
        """What a host who is caught pays on average: the deposit's part for certain, of the rest what is collected.

        Exactly, so that a fine that only just deters is known for what it is.
        """
        held = min(Fraction(self.values["deposit"]), Fraction(self.values["F"]))
        return whole(held + (Fraction(self.values["F"]) - held) * Fraction(self.values["collect"]) / 100)

    def part(self, name: str) -> float:
        """A percentage as a share of 1."""
        return float(self.values[name]) / 100

    @property
    def tail(self) -> tuple[float, float] | None:
        """Where the arrow on the map begins: (fine, cost)."""
        if isinstance(self.start, str):
            game = BY_SLUG[self.start].game
            return float(game.F), float(game.C)
        return None if self.start is None else (float(self.start[0]), float(self.start[1]))

    @property
    def query(self) -> str:
        """This state as a query string, the same for the same state."""
        told = [(dial, plain(self.values[dial.name]) if dial.name in self.values else "") for dial in DIALS]
        found = [(dial.name, value) for dial, value in told if value != dial.usual]
        if self.start is not None:
            pair = self.start if isinstance(self.start, str) else ",".join(map(plain, self.start))
            found.append(("from", pair))
        if self.motion != MOTIONS[0]:
            found.append(("motion", self.motion))
        return urlencode(found, safe=",")

    @property
    def preset(self) -> str:
        """The slug of the preset whose conditions these are, else nothing."""
        for one in PRESETS:
            values = of_preset(one.slug).values
            if all(values[name] == self.values[name] for name in SCENARIO):
                return one.slug
        return ""

    def under(self, slug: str) -> "State":
        """The preset's conditions with the wishes and prices of this state."""
        there = of_preset(slug)
        scenario = {name: there.values[name] for name in SCENARIO}
        return replace(self, values={**self.values, **scenario}, start=there.start)

    def pinned(self) -> "State":
        """The same state with the arrow beginning here."""
        return replace(self, start=(self.fine, self.values["C"]))


@dataclass(frozen=True)
class Reading:
    """What a query string said: what was typed, and either a state or what is wrong, by the name of the field."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    state: State | None


def of_preset(slug: str) -> State:
    """The state a preset stands for; an arrow leads to it from the poverty baseline."""
    game = BY_SLUG[slug].game
    values: dict[str, Number] = {name: whole(Fraction(getattr(game, name))) for name in PARAMETERS}
    values |= {"collect": 100, "target": 80}
    values |= {dial.name: whole(Fraction(dial.usual)) for dial in DIALS if dial.usual}
    return State(values, start=None if slug == "poverty" else "poverty")


DEFAULT: Final = of_preset("combined")


def read(asked: Mapping[str, str]) -> Reading:
    """The state of a query string; what it does not name is as in the combined policy."""
    typed = {dial.name: asked.get(dial.name, _usual(dial))[:LONGEST] for dial in DIALS}
    values: dict[str, Number] = {}
    errors: dict[str, str] = {}
    for dial in DIALS:
        found = _number(typed[dial.name])
        if dial.optional and not typed[dial.name].strip():
            continue
        if found is None or not dial.least <= found <= dial.most:
            errors[dial.name] = _range_of(dial)
        else:
            values[dial.name] = found
    start = asked.get("from", "" if asked else str(DEFAULT.start))[:LONGEST]
    motion = asked.get("motion", MOTIONS[0])[:LONGEST]
    tail = _start(start)
    if start and tail is None:
        errors["from"] = gettext("The arrow begins at a preset or at a fine and a cost, such as 10,30.")
    if motion not in MOTIONS:
        errors["motion"] = gettext("The fine is fixed or follows dishonesty.")
    typed |= {"from": start, "motion": motion}
    state = None if errors else State(values, start=tail, motion=motion)
    if state is not None:
        try:
            _game = state.game
        except BadParameter as bad:
            return Reading(typed, {bad.parameter: bad.text.in_(get_language() or "")}, None)
    return Reading(typed, errors, state)


def _usual(dial: Dial) -> str:
    return plain(DEFAULT.values[dial.name]) if dial.usual is None else dial.usual


def _number(text: str) -> Number | None:
    """What people type on any keyboard: 24, ２４, 1,000, 0.5; else None."""
    said = unicodedata.normalize("NFKC", text).strip().replace(",", "").removesuffix("%")
    return whole(Fraction(said)) if said.isascii() and PLAIN.fullmatch(said) else None


def _start(text: str) -> str | tuple[Number, Number] | None:
    if text in BY_SLUG:
        return text
    pair = [_number(part) for part in text.split(",")]
    if len(pair) != 2 or any(part is None or not 0 <= part <= BY_NAME["F"].most for part in pair):
        return None
    first, second = pair
    return None if first is None or second is None else (first, second)


def _range_of(dial: Dial) -> str:
    places = {"least": f"{dial.least:,}", "most": f"{dial.most:,}", "unit": dial.unit}
    if dial.optional:
        return (
            gettext("Write a number from %(least)s to %(most)s, or nothing where it is not to be had.")
            % places
        )
    return gettext("Write a number from %(least)s to %(most)s%(unit)s, at most four decimals.") % places
