"""What the cooperative's pages call things: grades, events of a lot and their figures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.trace.types import EventKind, EventView
from fieldcast.web.shared.words import grade_name, unit_name

EVENTS: Mapping[EventKind, Sentence] = {
    EventKind.PLANTED: _("Planted"),
    EventKind.TREATED: _("Treated"),
    EventKind.HARVESTED: _("Harvested"),
    EventKind.GRADED: _("Sorted and graded"),
    EventKind.INSPECTED: _("Inspected"),
    EventKind.STORED: _("Put into the cold store"),
    EventKind.OFFERED: _("Offered in a session"),
    EventKind.PACKED: _("Packed"),
    EventKind.SHIPPED: _("Sent off"),
    EventKind.RECEIVED: _("Received"),
    EventKind.WRITTEN_OFF: _("Written off"),
    EventKind.CORRECTED: _("Corrected"),
}
RESULTS: Mapping[str, Sentence] = {"pass": _("Passed"), "fail": _("Not passed")}
RESIDUES: Mapping[str, Sentence] = {
    "not detected": _("No residues found"),
    "within limits": _("Residues within the limits"),
    "above limits": _("Residues above the limits"),
}
PLACES: Mapping[str, Sentence] = {"township cold store": _("Township cold store")}


def event_line(event: EventView, unit: str = "") -> str:
    """The figures of an event in one line, in the reader's language; `unit` is the lot's, for events that say none."""
    return " · ".join(part for part in _parts(event.kind, {"unit": unit, **event.facts}) if part)


def event_tone(event: EventView) -> str:
    """The colour of an event: caution for what was sprayed or lost, alarm for a failed test."""
    if event.facts.get("result") == "fail":
        return "persimmon"
    return (
        "wheat" if event.kind in (EventKind.TREATED, EventKind.WRITTEN_OFF, EventKind.CORRECTED) else "paddy"
    )


def _parts(kind: EventKind, facts: Mapping[str, Any]) -> list[str]:
    said = _SAY.get(kind)
    return said(facts) if said else [str(facts.get("note", ""))]


def _amount(number: Any, unit: Any) -> str:
    return f"{number:,} {unit_name(unit)}".strip() if isinstance(number, int) else ""


def _harvested(facts: Mapping[str, Any]) -> list[str]:
    return [
        _amount(facts.get("quantity"), facts.get("unit")),
        grade_name(str(facts.get("grade", ""))),
        _text(facts, "plot"),
    ]


def _treated(facts: Mapping[str, Any]) -> list[str]:
    days = facts.get("interval_days")
    wait = gettext("wait %(days)s days before harvest") % {"days": days} if days is not None else ""
    return [_text(facts, "product"), _text(facts, "amount"), wait]


def _graded(facts: Mapping[str, Any]) -> list[str]:
    unit = facts.get("unit")
    parts = [grade_name(str(facts.get("grade", "")))]
    if received := _amount(facts.get("received"), unit):
        parts.append(gettext("%(amount)s came in") % {"amount": received})
    if lost := _amount(facts.get("sorted_out"), unit):
        parts.append(gettext("%(amount)s sorted out") % {"amount": lost})
    return parts


def _inspected(facts: Mapping[str, Any]) -> list[str]:
    result, residue = str(facts.get("result", "")), str(facts.get("residue", ""))
    report = facts.get("report")
    return [
        str(RESULTS.get(result, result)),
        str(RESIDUES.get(residue, residue)),
        gettext("report %(number)s") % {"number": report} if report else "",
        _text(facts, "station"),
    ]


def _stored(facts: Mapping[str, Any]) -> list[str]:
    store, celsius = str(facts.get("store", "")), facts.get("celsius")
    return [str(PLACES.get(store, store)), f"{celsius} ℃" if celsius else ""]


def _offered(facts: Mapping[str, Any]) -> list[str]:
    places = {"packs": facts.get("packs"), "each": _amount(facts.get("pack_units"), facts.get("unit"))}
    return [_text(facts, "title"), gettext("%(packs)s boxes of %(each)s") % places]


def _parcels(facts: Mapping[str, Any]) -> list[str]:
    count = gettext("%(count)s parcels") % {"count": facts.get("parcels", "")}
    return [count, _amount(facts.get("units"), facts.get("unit"))]


def _lost(facts: Mapping[str, Any]) -> list[str]:
    amount = _amount(facts.get("units"), facts.get("unit"))
    return [gettext("%(units)s taken out") % {"units": amount}, _text(facts, "reason")]


def _text(facts: Mapping[str, Any], name: str) -> str:
    return str(facts.get(name, ""))


_SAY = {
    EventKind.HARVESTED: _harvested,
    EventKind.TREATED: _treated,
    EventKind.GRADED: _graded,
    EventKind.INSPECTED: _inspected,
    EventKind.STORED: _stored,
    EventKind.OFFERED: _offered,
    EventKind.PACKED: _parcels,
    EventKind.SHIPPED: _parcels,
    EventKind.RECEIVED: _parcels,
    EventKind.WRITTEN_OFF: _lost,
}
