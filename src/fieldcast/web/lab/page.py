"""What the templates of the laboratory are given: the dials with what was typed, and the answer where there is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldcast.web.lab import papers
from fieldcast.web.lab.advice import advice_of, verdict_of
from fieldcast.web.lab.answer import answer_of
from fieldcast.web.lab.dials import CONTRACT, DIALS, FIRST, FOLDED, PRICES, TARGET, WATCHED, Dial
from fieldcast.web.lab.sheets import SHEETS, Kind, Sheet
from fieldcast.web.lab.state import DEFAULT, PRESETS, Preset, Reading
from fieldcast.web.lab.words import exact


@dataclass(frozen=True)
class Shown:
    """A dial with what stands in it, where its slider is, and what is wrong with it."""

    dial: Dial
    typed: str
    value: str
    top: int
    step: str
    error: str


@dataclass(frozen=True)
class Card:
    """A picture in its card; without a sheet where the conditions cannot be solved."""

    kind: Kind
    sheet: Sheet | None


@dataclass(frozen=True)
class Choice:
    """A preset as a link, and whether the page shows it now."""

    preset: Preset
    query: str
    current: bool


def page_of(reading: Reading) -> dict[str, Any]:
    """The context of the whole page: what follows the conditions, and what the paper says whatever they are."""
    return parts_of(reading) | {"pairs": papers.pairs(), "errata": papers.errata()}


def parts_of(reading: Reading) -> dict[str, Any]:
    """The context of the parts that follow the conditions."""
    state = reading.state
    here = state.preset if state is not None else ""
    return {
        "every_dial": _shown(DIALS, reading),
        "dials": _shown(FIRST, reading),
        "folded": _shown(FOLDED, reading),
        "target": _shown((TARGET,), reading)[0],
        "terms": _shown(CONTRACT, reading),
        "wishes": _shown((WATCHED, *PRICES), reading),
        "open": {
            "folded": any(dial.name in reading.errors for dial in FOLDED),
            "terms": any(dial.name in reading.errors for dial in CONTRACT),
            "wishes": any(dial.name in reading.errors for dial in (WATCHED, *PRICES)),
        },
        "typed": reading.typed,
        "errors": reading.errors,
        "state": state,
        "answer": answer_of(state) if state is not None else None,
        "advice": advice_of(state) if state is not None else None,
        "verdict": verdict_of(state) if state is not None else None,
        "choices": [
            Choice(one, (state or DEFAULT).under(one.slug).query, one.slug == here) for one in PRESETS
        ],
        "cards": {
            kind.slug: Card(kind, kind.make(state) if state is not None else None) for kind in SHEETS.values()
        },
    }


def _shown(dials: Iterable[Dial], reading: Reading) -> list[Shown]:
    """Sliders stand at the values; where none can be read, at the usual ones."""
    values = (reading.state or DEFAULT).values
    return [
        Shown(
            dial=dial,
            typed=reading.typed[dial.name],
            value=exact(values.get(dial.name, 0)),
            top=dial.top(values.get(dial.name, 0)),
            step=f"{dial.step(values.get(dial.name, 0)):g}",
            error=reading.errors.get(dial.name, ""),
        )
        for dial in dials
    ]
