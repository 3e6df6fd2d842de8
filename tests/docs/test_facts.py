"""The page of facts says what the dataclasses say."""

import re

import pytest

from fieldcast.trace import facts
from fieldcast.trace.facts.base import Choice, Day, Fact, Field, Fraction, Moment, Text, Whole, fields, needed
from fieldcast.trace.types import EventKind
from tests.docs import pages
from tests.factories.trace import SAID

PAGE = (pages.DOCS / "reference/facts.md").read_text(encoding="utf-8")
WHEN = {
    "any": "at any time",
    "until harvest": "up to the day the lot was picked",
    "since harvest": "since the day the lot was picked",
}
WHO = {"seller": "the lot's cooperative", "platform": "the platform alone"}
UNITS = {"lot": "the lot's unit"}


def says(field: Field) -> str:
    """What a field takes, as the page says it."""
    match field:
        case Text(most=most):
            return f"text, at most {most} letters"
        case Whole(least=least, most=most):
            bounds = (
                f"whole number, {least:,} to {most:,}"
                if most <= 10_000_000
                else f"whole number, from {least}"
            )
        case Fraction(least=least, most=most, places=places):
            bounds = f"text: a number, {least:,} to {most:,}, at most {places} decimal places"
        case Choice(of=of):
            return "one of " + ", ".join(f"`{value}`" for value in of)
        case Day():
            return "text: a day, `2026-11-22`"
        case Moment():
            return "text: a time with its zone, `2026-11-22T13:30:00+08:00`"
        case _:
            raise AssertionError(field)
    return f"{bounds}, in {UNITS.get(field.unit, field.unit)}" if field.unit else bounds


def rows_of(cls: type[Fact]) -> list[str]:
    """The rows of a kind's table."""
    return [
        f"| `{field.key or name}` | {says(field)} | {'needed' if needed(cls, name) else ''} |"
        for name, field in fields(cls).items()
    ]


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_is_documented_with_its_fields_and_units(kind: EventKind) -> None:
    cls = facts.KINDS[kind]
    section = pages.section(PAGE, f"`{kind}`")
    assert re.findall(r"^\| `.*$", section, re.MULTILINE) == rows_of(cls)
    assert f"Said by {WHO[cls.said_by]}, {WHEN[cls.when]}." in section
    if cls.biz_step:
        disposition = facts.from_json(kind=kind, facts=SAID[kind]).disposition
        assert f"EPCIS: `{cls.biz_step}`, `{disposition}`" in section


def test_no_kind_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^## `(\w+)`$", PAGE, re.MULTILINE)) == set(EventKind)
