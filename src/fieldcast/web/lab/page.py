"""What the templates of the laboratory are given: the dials with what was typed, and the answer where there is one."""

from dataclasses import dataclass
from typing import Any

from fieldcast.web.lab import papers
from fieldcast.web.lab.answer import answer_of
from fieldcast.web.lab.dials import FIRST, FOLDED, TARGET, Dial
from fieldcast.web.lab.sheets import SHEETS, Kind, Sheet
from fieldcast.web.lab.state import DEFAULT, PRESETS, Preset, Reading, of_preset
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
        "dials": [_shown(dial, reading) for dial in FIRST],
        "folded": [_shown(dial, reading) for dial in FOLDED],
        "target": _shown(TARGET, reading),
        "folded_open": any(dial.name in reading.errors for dial in FOLDED),
        "typed": reading.typed,
        "errors": reading.errors,
        "state": state,
        "answer": answer_of(state) if state is not None else None,
        "choices": [Choice(one, of_preset(one.slug).query, one.slug == here) for one in PRESETS],
        "cards": {
            kind.slug: Card(kind, kind.make(state) if state is not None else None) for kind in SHEETS.values()
        },
    }


def _shown(dial: Dial, reading: Reading) -> Shown:
    """A slider stands at the value; where none can be read, at the usual one."""
    value = (reading.state or DEFAULT).values[dial.name]
    return Shown(
        dial=dial,
        typed=reading.typed[dial.name],
        value=exact(value),
        top=dial.top(value),
        step=f"{dial.step(value):g}",
        error=reading.errors.get(dial.name, ""),
    )
