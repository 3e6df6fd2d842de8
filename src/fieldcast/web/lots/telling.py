"""A lot's events in plain sentences. What was recorded is never left out: a fact nobody has words for is shown as it
was written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.kit.errors import Sentence
from fieldcast.trace.types import EventKind, EventView, History
from fieldcast.web.shared import words
from fieldcast.web.shared.words import local_name, quantity

Facts = Mapping[str, Any]
ICONS: Final[Mapping[EventKind, str]] = {
    EventKind.PLANTED: "field",
    EventKind.TREATED: "alert",
    EventKind.HARVESTED: "leaf",
    EventKind.GRADED: "scale",
    EventKind.INSPECTED: "shield",
    EventKind.STORED: "cold",
    EventKind.OFFERED: "live",
    EventKind.PACKED: "box",
    EventKind.SHIPPED: "truck",
    EventKind.RECEIVED: "home",
    EventKind.WRITTEN_OFF: "trash",
    EventKind.CORRECTED: "edit",
}
TITLES: Final[Mapping[EventKind, Sentence]] = {
    EventKind.PLANTED: in_context("event", "Planted"),
    EventKind.TREATED: in_context("event", "Treated once"),
    EventKind.HARVESTED: in_context("event", "Picked"),
    EventKind.GRADED: in_context("event", "Sorted and graded"),
    EventKind.INSPECTED: in_context("event", "Tested"),
    EventKind.STORED: in_context("event", "Put into the cold store"),
    EventKind.OFFERED: in_context("event", "Put on sale"),
    EventKind.PACKED: in_context("event", "Packed into parcels"),
    EventKind.SHIPPED: in_context("event", "Handed to the carrier"),
    EventKind.RECEIVED: in_context("event", "Received by buyers"),
    EventKind.WRITTEN_OFF: in_context("event", "Taken off as lost"),
    EventKind.CORRECTED: in_context("event", "Record corrected"),
}
CAUTION: Final = (EventKind.TREATED, EventKind.WRITTEN_OFF, EventKind.CORRECTED)
PASSED: Final = frozenset({"pass", "passed", "ok", "合格"})
FAILED: Final = frozenset({"fail", "failed", "不合格"})
# Words that records use for the same thing again and again.
VALUES: Final[Mapping[str, Sentence]] = {
    "pass": in_context("fact", "passed"),
    "fail": in_context("fact", "failed"),
    "not detected": in_context("fact", "none found"),
    "detected": in_context("fact", "found"),
    "township cold store": in_context("fact", "the township's cold store"),
}
NAMES: Final[Mapping[str, Sentence]] = {
    "agent": in_context("fact", "what was used"),
    "area_mu": in_context("fact", "area in mu"),
    "celsius": in_context("fact", "degrees Celsius"),
    "day": in_context("fact", "day"),
    "days_since": in_context("fact", "days since"),
    "dose": in_context("fact", "dose"),
    "from": in_context("fact", "since"),
    "grade": in_context("fact", "grade"),
    "interval_days": in_context("fact", "days to wait before picking"),
    "note": in_context("fact", "note"),
    "pack_units": in_context("fact", "in a pack"),
    "packs": in_context("fact", "packs"),
    "parcels": in_context("fact", "parcels"),
    "plot": in_context("fact", "plot"),
    "quantity": in_context("fact", "quantity"),
    "reason": in_context("fact", "reason"),
    "received": in_context("fact", "came in"),
    "report": in_context("fact", "report"),
    "residue": in_context("fact", "pesticide residue"),
    "result": in_context("fact", "result"),
    "sorted_out": in_context("fact", "sorted out"),
    "store": in_context("fact", "store"),
    "title": in_context("fact", "title"),
    "units": in_context("fact", "units"),
    "variety": in_context("fact", "variety"),
}
HIDDEN: Final = frozenset({"unit", "session"})  # the first is said with its figures, the second is an address


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
    """A history's events, the latest first, the one that does not fit marked. `unit` is what the lot is counted in."""
    numbers = {event.id: event.sequence for event in history.events}
    told = [_told(event, unit, numbers, now) for event in reversed(history.events)]
    return tuple(_marked(one) if one.number == history.broken_at else one for one in told)


def failed(event: EventView) -> bool:
    """Is it a test that was not passed?"""
    return event.kind == EventKind.INSPECTED and str(event.facts.get("result", "")).lower() in FAILED


def passed(event: EventView) -> bool:
    """Is it a test that was passed?"""
    return event.kind == EventKind.INSPECTED and str(event.facts.get("result", "")).lower() in PASSED


def _told(event: EventView, unit: str, numbers: Mapping[int, int], now: datetime) -> Told:
    title = str(TITLES[event.kind])
    if event.kind == EventKind.INSPECTED:
        title = _("Test passed") if passed(event) else _("Test not passed") if failed(event) else title
    parts = [local_name(event, "actor"), *_sentences(event, unit)]
    if event.corrects is not None and event.corrects in numbers:
        parts.append(_("corrects record %(number)s") % {"number": numbers[event.corrects]})
    return Told(
        title=title,
        when=_moment(event.at, now),
        text=" · ".join(part for part in parts if part),
        tone="persimmon" if failed(event) else "wheat" if event.kind in CAUTION else "paddy",
        icon=ICONS[event.kind],
        number=event.sequence,
    )


def _marked(told: Told) -> Told:
    return replace(
        told, tone="persimmon", icon="warn", text=" · ".join([_("Does not fit what was sealed"), told.text])
    )


def _sentences(event: EventView, unit: str) -> list[str]:
    """What the facts say: in a sentence where there is one for this kind, the rest by name."""
    facts = dict(event.facts)
    unit = str(facts.get("unit") or unit)
    if facts.get("day") == timezone.localdate(event.at).isoformat():
        del facts["day"]  # the event's own time says it
    said: list[str] = []
    for needed, sentence in SENTENCES.get(event.kind, ()):
        if needed <= set(facts):
            said.append(sentence(facts, unit))
            facts = {name: value for name, value in facts.items() if name not in needed}
    said += [
        _("%(name)s: %(value)s") % {"name": NAMES.get(name, name), "value": _value(value)}
        for name, value in sorted(facts.items(), key=lambda fact: (fact[0] not in NAMES, fact[0]))
        if name not in HIDDEN and value not in ("", None)
    ]
    return said


def _value(value: Any) -> str:
    return str(VALUES.get(str(value), value))


def _moment(at: datetime, now: datetime) -> str:
    """The day as people say it with its hour: a lot's life is told in hours."""
    local = timezone.localtime(at)
    day = words.when(local.date(), now=now)
    return f"{day} {local:%H:%M}"


def _harvest(facts: Facts, unit: str) -> str:
    return _("%(amount)s from %(plot)s") % {
        "amount": quantity(facts["quantity"], unit),
        "plot": facts["plot"],
    }


def _harvest_day(facts: Facts, unit: str) -> str:
    try:
        day = date.fromisoformat(str(facts["day"]))
    except ValueError:
        return str(facts["day"])
    return _("picked on %(day)s") % {"day": f"{day:%Y-%m-%d}"}


def _area(facts: Facts, unit: str) -> str:
    return _("%(area)s mu") % {"area": _plain(facts["area_mu"])}


def _graded(facts: Facts, unit: str) -> str:
    came, lost = facts["received"], facts["sorted_out"]
    kept = came - lost if isinstance(came, int) and isinstance(lost, int) else None
    return _("%(came)s came in, %(kept)s kept, %(lost)s sorted out") % {
        "came": quantity(came, unit),
        "kept": quantity(kept, unit),
        "lost": quantity(lost, unit),
    }


def _grade(facts: Facts, unit: str) -> str:
    return _("grade: %(grade)s") % {"grade": words.grade_name(str(facts["grade"]))}


def _residue(facts: Facts, unit: str) -> str:
    return _("pesticide residue: %(found)s") % {"found": _value(facts["residue"])}


def _report(facts: Facts, unit: str) -> str:
    return _("report %(number)s") % {"number": facts["report"]}


def _stored(facts: Facts, unit: str) -> str:
    return _("%(store)s, %(degrees)s ℃") % {"store": _value(facts["store"]), "degrees": facts["celsius"]}


def _offered(facts: Facts, unit: str) -> str:
    return _("%(packs)s packs of %(amount)s in “%(title)s”") % {
        "packs": facts["packs"],
        "amount": quantity(facts["pack_units"], unit),
        "title": facts["title"],
    }


def _parcels(facts: Facts, unit: str) -> str:
    return _("%(parcels)s parcels, %(amount)s") % {
        "parcels": facts["parcels"],
        "amount": quantity(facts["units"], unit),
    }


def _lost(facts: Facts, unit: str) -> str:
    return _("%(amount)s: %(reason)s") % {
        "amount": quantity(facts["units"], unit),
        "reason": facts["reason"],
    }


def _waited(facts: Facts, unit: str) -> str:
    return _("%(agent)s, to be picked %(days)s days later at the earliest") % {
        "agent": facts["agent"],
        "days": facts["interval_days"],
    }


def _silent(facts: Facts, unit: str) -> str:
    return ""


def _plain(number: Any) -> str:
    """`10.00` as 10: figures travel as text so that their hash never changes."""
    text = str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


Teller = tuple[frozenset[str], Callable[[Facts, str], str]]
_PARCELS: Final[tuple[Teller, ...]] = (
    (frozenset({"parcels", "units"}), _parcels),
    (frozenset({"from"}), _silent),  # the event's own time is when its last parcel went
)
# For each kind, the facts a sentence needs and the sentence.
SENTENCES: Final[Mapping[EventKind, tuple[Teller, ...]]] = {
    EventKind.TREATED: ((frozenset({"agent", "interval_days"}), _waited),),
    EventKind.HARVESTED: (
        (frozenset({"quantity", "plot"}), _harvest),
        (frozenset({"area_mu"}), _area),
        (frozenset({"grade"}), _grade),
        (frozenset({"day"}), _harvest_day),
    ),
    EventKind.GRADED: (
        (frozenset({"received", "sorted_out"}), _graded),
        (frozenset({"grade"}), _grade),
    ),
    EventKind.INSPECTED: (
        (frozenset({"result"}), _silent),  # the title says it
        (frozenset({"residue"}), _residue),
        (frozenset({"report"}), _report),
    ),
    EventKind.STORED: ((frozenset({"store", "celsius"}), _stored),),
    EventKind.OFFERED: ((frozenset({"title", "packs", "pack_units"}), _offered),),
    EventKind.PACKED: _PARCELS,
    EventKind.SHIPPED: _PARCELS,
    EventKind.RECEIVED: _PARCELS,
    EventKind.WRITTEN_OFF: ((frozenset({"units", "reason"}), _lost),),
}
