"""What a fact of each kind may say: its units, its bounds, its JSON, its name in EPCIS."""

from collections.abc import Mapping
from typing import Any

import pytest

from fieldcast.kit.errors import Problem
from fieldcast.trace import facts
from fieldcast.trace.facts.base import Speaker, fields
from fieldcast.trace.facts.inspected import Inspected, Residue, Result
from fieldcast.trace.facts.treated import Treated
from fieldcast.trace.types import EventKind
from tests.factories.trace import SAID

# Names of the Core Business Vocabulary 2.0 that fit a harvested lot.
BIZ_STEPS = {
    "commissioning",
    "holding",
    "inspecting",
    "other",
    "packing",
    "receiving",
    "shipping",
    "stocking",
    "storing",
}
DISPOSITIONS = {
    "active",
    "conformant",
    "in_progress",
    "in_transit",
    "non_conformant",
    "non_sellable_other",
    "retail_sold",
    "sellable_accessible",
    "sellable_not_accessible",
}
# Of each kind: a value in another unit, or of no unit, and the code of the refusal.
WRONG_UNITS: Mapping[EventKind, tuple[str, Any, str]] = {
    EventKind.PLANTED: ("unit", "mu", "unknown_fact"),
    EventKind.TREATED: ("interval_days", "2 weeks", "bad_fact"),
    EventKind.HARVESTED: ("unit", "kg", "bad_fact"),
    EventKind.SPLIT: ("unit", "kg", "bad_fact"),
    EventKind.GRADED: ("unit", "kg", "bad_fact"),
    EventKind.INSPECTED: ("residue", "0.02 mg/kg", "bad_fact"),
    EventKind.STORED: ("celsius", "36 F", "bad_fact"),
    EventKind.OFFERED: ("pack_units", "5 kg", "bad_fact"),
    EventKind.PACKED: ("unit", "kg", "unknown_fact"),
    EventKind.SHIPPED: ("units", "155 kg", "bad_fact"),
    EventKind.RECEIVED: ("units", "155 kg", "bad_fact"),
    EventKind.WRITTEN_OFF: ("units", "12 kg", "bad_fact"),
    EventKind.STOPPED: ("unit", "jin", "unknown_fact"),
    EventKind.RESUMED: ("unit", "jin", "unknown_fact"),
    EventKind.CORRECTED: ("celsius", 2.5, "bad_fact"),
}
OF_A_LOT = [kind for kind in EventKind if kind != EventKind.CORRECTED]


def refusal(kind: EventKind, said: Mapping[str, Any]) -> Problem:
    """Why these facts are none of the kind."""
    with pytest.raises(Problem) as refused:
        facts.from_json(kind=kind, facts=said)
    return refused.value


def test_there_is_a_dataclass_for_every_kind() -> None:
    assert set(facts.KINDS) == set(SAID) == set(WRONG_UNITS) == set(EventKind)
    assert all(cls.kind == kind for kind, cls in facts.KINDS.items())


@pytest.mark.parametrize("kind", EventKind)
def test_what_is_written_is_read_again(kind: EventKind) -> None:
    fact = facts.from_json(kind=kind, facts=SAID[kind])
    assert fact.to_json() == SAID[kind]
    assert facts.read(kind=kind, facts=SAID[kind]) == facts.Reading(fact=fact, rest={})


@pytest.mark.parametrize("kind", EventKind)
def test_a_wrong_unit_is_refused(kind: EventKind) -> None:
    name, value, code = WRONG_UNITS[kind]
    problem = refusal(kind, {**SAID[kind], name: value})
    assert (problem.code, problem.facts["field"]) == (code, name)


@pytest.mark.parametrize("kind", OF_A_LOT)
def test_a_field_that_a_kind_does_not_have_is_refused_by_its_name(kind: EventKind) -> None:
    problem = refusal(kind, {**SAID[kind], "海拔": "620 米"})
    assert (problem.code, problem.facts["field"]) == ("unknown_fact", "海拔")
    for name in SAID[kind]:
        assert name in problem.advice


@pytest.mark.parametrize("kind", EventKind)
def test_a_fact_of_nothing_is_refused(kind: EventKind) -> None:
    assert refusal(kind, {}).code == "missing_fact"


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (EventKind.TREATED, "product", ""),
        (EventKind.TREATED, "product", "x" * 61),
        (EventKind.TREATED, "product", "a\x07b"),
        (EventKind.TREATED, "product", "\u200b\u3164"),
        (EventKind.TREATED, "product", 7),
        (EventKind.TREATED, "interval_days", -1),
        (EventKind.TREATED, "interval_days", 366),
        (EventKind.TREATED, "interval_days", True),
        (EventKind.STORED, "celsius", "41"),
        (EventKind.STORED, "celsius", "2.15"),
        (EventKind.STORED, "celsius", "NaN"),
        (EventKind.STORED, "celsius", "1e1"),
        (EventKind.STORED, "celsius", True),
        (EventKind.GRADED, "received", 0),
        (EventKind.GRADED, "received", 10**9),
        (EventKind.INSPECTED, "result", "passed"),
        (EventKind.INSPECTED, "residue", "detected"),
        (EventKind.HARVESTED, "day", "22.11.2026"),
        (EventKind.PACKED, "from", "2026-11-22T10:00:00"),
        (EventKind.PACKED, "from", 5),
    ],
)
def test_a_value_out_of_its_bounds_is_refused_by_its_name(kind: EventKind, name: str, value: Any) -> None:
    problem = refusal(kind, {**SAID[kind], name: value})
    assert (problem.code, problem.facts["field"]) == ("bad_fact", name)


def test_more_is_not_sorted_out_than_came_in() -> None:
    problem = refusal(EventKind.GRADED, {**SAID[EventKind.GRADED], "sorted_out": 821})
    assert (problem.code, problem.facts["field"]) == ("more_than_came_in", "sorted_out")


def test_nothing_passes_with_residues_above_the_limits() -> None:
    above = {**SAID[EventKind.INSPECTED], "residue": "above limits"}
    problem = refusal(EventKind.INSPECTED, above)
    assert (problem.code, problem.facts["field"]) == ("residues_above_limits", "result")
    assert facts.from_json(kind=EventKind.INSPECTED, facts={**above, "result": "fail"})


@pytest.mark.parametrize("kind", OF_A_LOT)
def test_every_kind_has_its_names_in_epcis(kind: EventKind) -> None:
    fact = facts.from_json(kind=kind, facts=SAID[kind])
    assert fact.biz_step in BIZ_STEPS
    assert fact.disposition in DISPOSITIONS


def test_a_test_says_whether_the_lot_conforms() -> None:
    assert Inspected(result=Result.PASS, residue=Residue.NOT_DETECTED).disposition == "conformant"
    assert Inspected(result=Result.FAIL, residue=Residue.ABOVE_LIMITS).disposition == "non_conformant"


def test_the_platform_alone_says_what_happens_on_it() -> None:
    people = {kind for kind, cls in facts.KINDS.items() if cls.said_by == Speaker.SELLER}
    assert people == {
        EventKind.PLANTED,
        EventKind.TREATED,
        EventKind.GRADED,
        EventKind.INSPECTED,
        EventKind.STORED,
        EventKind.CORRECTED,
    }


# --- what was written before -----------------------------------------------------------------------------------------
def test_the_old_names_of_a_treatment_are_read() -> None:
    reading = facts.read(
        kind=EventKind.TREATED, facts={"agent": "吡虫啉", "dose": "20 毫升", "interval_days": 14, "x": 1}
    )
    assert reading.fact == Treated(product="吡虫啉", amount="20 毫升", interval_days=14)
    assert reading.rest == {"x": 1}


def test_a_record_that_has_both_names_keeps_both() -> None:
    said = {"agent": "甲", "product": "乙", "interval_days": 3}
    reading = facts.read(kind=EventKind.TREATED, facts=said)
    assert reading.fact == Treated(product="乙", interval_days=3)
    assert reading.rest == {"agent": "甲"}


@pytest.mark.parametrize("old", ["passed", "OK", "合格"])
def test_the_old_words_of_a_result_are_read(old: str) -> None:
    reading = facts.read(kind=EventKind.INSPECTED, facts={"result": old, "residue": "not detected"})
    assert reading.fact == Inspected(result=Result.PASS, residue=Residue.NOT_DETECTED)


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize(
    "said", [{}, {"jin": 796}, {"result": "fail", "residue": "detected"}, {"units": "x"}]
)
def test_nothing_that_was_written_is_lost_when_it_is_read(kind: EventKind, said: Mapping[str, Any]) -> None:
    reading = facts.read(kind=kind, facts=said)
    kept = reading.fact.to_json() if reading.fact else {}
    assert {**kept, **reading.rest} == said


@pytest.mark.parametrize("kind", OF_A_LOT)
def test_every_field_has_a_label(kind: EventKind) -> None:
    assert all(str(field.label) for field in fields(facts.KINDS[kind]).values())
