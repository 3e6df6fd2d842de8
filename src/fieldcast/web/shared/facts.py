"""A lot's events in plain sentences, one wording for every page. What was recorded is never left out: a fact nobody has
words for is shown by name, as it was written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.kit.errors import Sentence
from fieldcast.trace import facts
from fieldcast.trace.facts.base import Fact
from fieldcast.trace.facts.graded import WRITTEN_OFF, Graded
from fieldcast.trace.facts.harvested import Harvested
from fieldcast.trace.facts.inspected import Inspected, Residue, Result
from fieldcast.trace.facts.lost import WrittenOff
from fieldcast.trace.facts.moved import Moved
from fieldcast.trace.facts.offered import Offered
from fieldcast.trace.facts.split import Split
from fieldcast.trace.facts.stopped import TEST_NOT_PASSED, Resumed, Stopped
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.facts.treated import Treated
from fieldcast.trace.types import EventKind, EventView, History
from fieldcast.trace.verdict import Outcome, outcome_of
from fieldcast.trade.types import SORTED_OUT
from fieldcast.web.shared import words
from fieldcast.web.shared.words import local_name, quantity

ICONS: Final[Mapping[EventKind, str]] = {
    EventKind.PLANTED: "field",
    EventKind.TREATED: "alert",
    EventKind.HARVESTED: "leaf",
    EventKind.SPLIT: "scale",
    EventKind.GRADED: "scale",
    EventKind.INSPECTED: "shield",
    EventKind.STORED: "cold",
    EventKind.OFFERED: "live",
    EventKind.PACKED: "box",
    EventKind.SHIPPED: "truck",
    EventKind.RECEIVED: "home",
    EventKind.WRITTEN_OFF: "trash",
    EventKind.STOPPED: "stop",
    EventKind.RESUMED: "check",
    EventKind.CORRECTED: "edit",
}
TITLES: Final[Mapping[EventKind, Sentence]] = {
    EventKind.PLANTED: in_context("event", "Planted"),
    EventKind.TREATED: in_context("event", "Treated"),
    EventKind.HARVESTED: in_context("event", "Picked"),
    EventKind.SPLIT: in_context("event", "Sorted out of another lot"),
    EventKind.GRADED: in_context("event", "Sorted and graded"),
    EventKind.INSPECTED: in_context("event", "Tested"),
    EventKind.STORED: in_context("event", "Put into the cold store"),
    EventKind.OFFERED: in_context("event", "Put on sale"),
    EventKind.PACKED: in_context("event", "Packed into parcels"),
    EventKind.SHIPPED: in_context("event", "Handed to the carrier"),
    EventKind.RECEIVED: in_context("event", "Received by buyers"),
    EventKind.WRITTEN_OFF: in_context("event", "Taken off as lost"),
    EventKind.STOPPED: in_context("event", "Sale stopped"),
    EventKind.RESUMED: in_context("event", "On sale again"),
    EventKind.CORRECTED: in_context("event", "Record corrected"),
}
CAUTION: Final = (EventKind.TREATED, EventKind.WRITTEN_OFF, EventKind.CORRECTED)
# Words that records use for the same thing again and again.
VALUES: Final[Mapping[str, Sentence]] = {
    Result.PASS.value: in_context("fact", "passed"),
    Result.FAIL.value: in_context("fact", "failed"),
    Residue.NOT_DETECTED.value: in_context("fact", "none found"),
    Residue.WITHIN_LIMITS.value: in_context("fact", "within the limits"),
    Residue.ABOVE_LIMITS.value: in_context("fact", "above the limits"),
    "detected": in_context("fact", "found"),
    "township cold store": in_context("fact", "the township's cold store"),
    TEST_NOT_PASSED: in_context("fact", "the latest test was not passed"),
    WRITTEN_OFF: in_context("fact", "written off"),
    SORTED_OUT: in_context("fact", "sorted out"),
}
# Fields told by name: those of a record that is no fact of its kind, those that a correction changes, and those that
# only old records have.
NAMES: Final[Mapping[str, Sentence]] = {
    "amount": in_context("fact", "dose"),
    "area_mu": in_context("fact", "area in mu"),
    "becomes": in_context("fact", "what became of it"),
    "celsius": in_context("fact", "degrees Celsius"),
    "day": in_context("fact", "day"),
    "days_since": in_context("fact", "days since"),
    "from": in_context("fact", "since"),
    "grade": in_context("fact", "grade"),
    "into": in_context("fact", "the lot it became"),
    "interval_days": in_context("fact", "days to wait before picking"),
    "note": in_context("fact", "note"),
    "origin": in_context("fact", "sorted out of lot"),
    "pack_units": in_context("fact", "in a pack"),
    "packs": in_context("fact", "packs"),
    "parcels": in_context("fact", "parcels"),
    "plot": in_context("fact", "plot"),
    "product": in_context("fact", "what was used"),
    "quantity": in_context("fact", "quantity"),
    "reason": in_context("fact", "reason"),
    "received": in_context("fact", "came in"),
    "report": in_context("fact", "report"),
    "residue": in_context("fact", "pesticide residue"),
    "result": in_context("fact", "result"),
    "session": in_context("fact", "session"),
    "sorted_out": in_context("fact", "sorted out"),
    "station": in_context("fact", "tested by"),
    "store": in_context("fact", "store"),
    "title": in_context("fact", "title"),
    "unit": in_context("fact", "counted in"),
    "units": in_context("fact", "units"),
    "variety": in_context("fact", "variety"),
}
# Said with their figures, by the event's own time, or no more than an address.
SILENT: Final = frozenset({"unit", "session", "from"})
OF_THE_LOT: Final = frozenset({"quantity", "received", "sorted_out", "units", "pack_units"})


@dataclass(frozen=True)
class Told:
    """An event as the timeline shows it; see the component `timeline`. `number` is its place in the chain."""

    title: str
    when: str
    text: str
    tone: str
    icon: str
    number: int


def tell(history: History, *, unit: str, now: datetime) -> tuple[Told, ...]:
    """A history's events by their times, the latest first, whenever they were written down; the one that does not fit
    the chain marked. `unit` is what the lot is counted in."""
    numbers = {event.id: event.sequence for event in history.events}
    by_time = sorted(history.events, key=lambda event: (event.at, event.sequence), reverse=True)
    told = [_told(event, unit, numbers, now) for event in by_time]
    return tuple(_marked(one) if one.number == history.broken_at else one for one in told)


def choices(of: type[StrEnum]) -> list[tuple[str, str]]:
    """The values of an enumeration with the words a form shows, in the language active now."""
    return [(one.value, capfirst(str(VALUES[one.value]))) for one in of]


def value_words(value: Any) -> str:
    """A value in the reader's language, or as it was written."""
    return str(VALUES.get(str(value), value))


def _told(event: EventView, unit: str, numbers: Mapping[int, int], now: datetime) -> Told:
    outcome = outcome_of(event.facts) if event.kind == EventKind.INSPECTED else Outcome.UNCLEAR
    parts = [local_name(event, "actor"), *_sentences(event, unit, outcome)]
    if event.corrects is not None and event.corrects in numbers:
        parts.append(_("corrects record %(number)s") % {"number": numbers[event.corrects]})
    alarm = outcome == Outcome.FAILED or event.kind == EventKind.STOPPED
    return Told(
        title=_title(event.kind, outcome),
        when=_moment(event, now),
        text=" · ".join(part for part in parts if part),
        tone="persimmon" if alarm else "wheat" if event.kind in CAUTION else "paddy",
        icon=ICONS[event.kind],
        number=event.sequence,
    )


def _title(kind: EventKind, outcome: Outcome) -> str:
    if outcome == Outcome.PASSED:
        return _("Test passed")
    return _("Test not passed") if outcome == Outcome.FAILED else str(TITLES[kind])


def _marked(told: Told) -> Told:
    return replace(
        told, tone="persimmon", icon="warn", text=" · ".join([_("Does not fit what was sealed"), told.text])
    )


def _sentences(event: EventView, unit: str, outcome: Outcome) -> list[str]:
    """What an event says: in sentences where it is a fact of its kind, the rest by name."""
    reading = facts.read(kind=event.kind, facts=event.facts)
    said = _say(reading.fact, event, unit) if reading.fact else []
    hidden = SILENT | ({"result"} if outcome in (Outcome.PASSED, Outcome.FAILED) else set())
    return said + _by_name({name: value for name, value in reading.rest.items() if name not in hidden}, unit)


def _say(fact: Fact, event: EventView, unit: str) -> list[str]:
    """The sentences of a fact; those of a kind without any are its fields by name."""
    said = next((say for kind, say in SENTENCES if isinstance(fact, kind)), None)
    return said(fact, event, unit) if said else _by_name(fact.to_json(), unit)


def _by_name(values: Mapping[str, Any], unit: str) -> list[str]:
    order = sorted(values.items(), key=lambda one: (one[0] not in NAMES, one[0]))
    return [
        _("%(name)s: %(value)s") % {"name": NAMES.get(name, name), "value": _value(name, value, unit)}
        for name, value in order
        if value not in ("", None)
    ]


def _value(name: str, value: Any, unit: str) -> str:
    if name == "grade":
        return words.grade_name(str(value))
    if name == "unit":
        return words.unit_name(value)
    if name in OF_THE_LOT and isinstance(value, int):
        return quantity(value, unit)
    return value_words(value)


def _moment(event: EventView, now: datetime) -> str:
    """The day as people say it with its hour, for a lot's life is told in hours; of a harvest maybe the day alone."""
    local = timezone.localtime(event.at)
    day = words.when(local.date(), now=now)
    known = event.kind != EventKind.HARVESTED or local.time() != time.min
    return f"{day} {local:%H:%M}" if known else day


def _treated(fact: Treated, event: EventView, unit: str) -> list[str]:
    used = f"{fact.product} {fact.amount}".strip()
    places = {"agent": used, "days": fact.interval_days}
    said = ngettext(
        "%(agent)s, to be picked %(days)s day later at the earliest",
        "%(agent)s, to be picked %(days)s days later at the earliest",
        fact.interval_days,
    )
    return [said % places]


def _harvested(fact: Harvested, event: EventView, unit: str) -> list[str]:
    said = [
        _("%(amount)s from %(plot)s")
        % {"amount": quantity(fact.quantity, fact.unit.value), "plot": fact.plot},
        _("%(area)s mu") % {"area": _plain(fact.area_mu)},
        _grade(fact.grade),
    ]
    if fact.day != timezone.localdate(event.at):  # else the event's own time says it
        said.append(_("picked on %(day)s") % {"day": fact.day.isoformat()})
    return said


def _graded(fact: Graded, event: EventView, unit: str) -> list[str]:
    unit = fact.unit.value if fact.unit else unit
    places = {
        "came": quantity(fact.received, unit),
        "kept": quantity(fact.received - fact.sorted_out, unit),
        "lost": quantity(fact.sorted_out, unit),
    }
    said = [_("%(came)s came in, %(kept)s kept, %(lost)s sorted out") % places, _grade(fact.grade)]
    if fact.becomes == WRITTEN_OFF:
        said.append(_("what was sorted out is written off"))
    elif fact.becomes:
        grade = words.grade_name(fact.becomes)
        said.append(_("what was sorted out is lot %(lot)s, %(grade)s") % {"lot": fact.into, "grade": grade})
    return said


def _split(fact: Split, event: EventView, unit: str) -> list[str]:
    amount = quantity(fact.quantity, fact.unit.value)
    return [_("%(amount)s out of lot %(lot)s") % {"amount": amount, "lot": fact.origin}, _grade(fact.grade)]


def _grade(grade: str) -> str:
    return _("grade: %(grade)s") % {"grade": words.grade_name(grade)}


def _inspected(fact: Inspected, event: EventView, unit: str) -> list[str]:
    """Its title says whether it was passed."""
    return [
        _("pesticide residue: %(found)s") % {"found": value_words(fact.residue)},
        _("report %(number)s") % {"number": fact.report} if fact.report else "",
        _("tested by %(station)s") % {"station": fact.station} if fact.station else "",
    ]


def _stored(fact: Stored, event: EventView, unit: str) -> list[str]:
    store = value_words(fact.store)
    if fact.celsius is None:
        return [store]
    return [_("%(store)s, %(degrees)s ℃") % {"store": store, "degrees": _plain(fact.celsius)}]


def _offered(fact: Offered, event: EventView, unit: str) -> list[str]:
    places = {"packs": fact.packs, "amount": quantity(fact.pack_units, unit), "title": fact.title}
    said = ngettext(
        "%(packs)s pack of %(amount)s in “%(title)s”",
        "%(packs)s packs of %(amount)s in “%(title)s”",
        fact.packs,
    )
    return [said % places]


def _moved(fact: Moved, event: EventView, unit: str) -> list[str]:
    """When the first of its parcels went is not said: the event's own time is when the last did."""
    said = ngettext("%(parcels)s parcel, %(amount)s", "%(parcels)s parcels, %(amount)s", fact.parcels)
    return [said % {"parcels": fact.parcels, "amount": quantity(fact.units, unit)}]


def _lost(fact: WrittenOff, event: EventView, unit: str) -> list[str]:
    return [_("%(amount)s: %(reason)s") % {"amount": quantity(fact.units, unit), "reason": fact.reason}]


def _why(fact: Stopped | Resumed, event: EventView, unit: str) -> list[str]:
    return [value_words(fact.reason)]


def _plain(number: Any) -> str:
    """`10.00` as 10: figures travel as text so that their hash never changes."""
    text = str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


Teller = Callable[[Any, EventView, str], list[str]]
SENTENCES: Final[tuple[tuple[type[Fact], Teller], ...]] = (
    (Treated, _treated),
    (Harvested, _harvested),
    (Split, _split),
    (Graded, _graded),
    (Inspected, _inspected),
    (Stored, _stored),
    (Offered, _offered),
    (Moved, _moved),
    (WrittenOff, _lost),
    (Stopped, _why),
    (Resumed, _why),
)
