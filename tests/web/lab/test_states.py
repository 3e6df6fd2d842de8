"""Every state of the laboratory is an address; what an address may not say is refused beside its field."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.web.lab.state import DEFAULT, read
from tests.web.lab.asking import BASE, big_numbers, english, error_beside, lab, typed
from tests.web.shared.reading import text_of

pytestmark = pytest.mark.django_db
RANGE = "Write a number from 0 to 1,000,000, at most four decimals."
amounts = st.decimals(0, 1_000_000, places=4, allow_nan=False).map(lambda value: f"{value:f}")


@given(
    C=amounts, F=amounts, L=amounts, collect=st.integers(0, 100), motion=st.sampled_from(["fixed", "dynamic"])
)
@settings(max_examples=50, deadline=None)
def test_a_state_comes_back_from_its_own_address(C: str, F: str, L: str, collect: int, motion: str) -> None:
    from django.http import QueryDict

    asked = BASE | {"C": C, "F": F, "L": L, "collect": str(collect), "motion": motion, "from": "10,30.5"}
    state = read(asked).state
    assert state is not None
    assert state.values["C"] == Fraction(C)
    assert read(QueryDict(state.query).dict()).state == state


def test_nothing_asked_is_the_combined_policy() -> None:
    assert read({}).state == DEFAULT


@pytest.mark.parametrize("name", ["C", "F", "L", "H1", "H2", "R1", "R2", "G"])
@pytest.mark.parametrize(
    "value", ["", "many", "-1", "1000001", "nan", "inf", "1e3", "1.00001", "<script>", "9" * 400]
)
def test_a_bad_amount_is_refused_beside_its_field_with_its_range(name: str, value: str) -> None:
    page = english(**(BASE | {name: value}))
    assert page.status_code == 422
    assert error_beside(page, name) == RANGE
    assert big_numbers(page) == ["—", "—"]
    assert typed(page, name) == value[:40]
    assert 'value="<script>"' not in page.content.decode()
    assert page.content.decode().count('aria-invalid="true"') == 1


@pytest.mark.parametrize(("name", "least", "most"), [("collect", 0, 100), ("target", 1, 99)])
@pytest.mark.parametrize("value", ["-1", "101", "x"])
def test_a_bad_percentage_is_refused_with_its_range(name: str, least: int, most: int, value: str) -> None:
    page = english(**BASE, **{name: value})
    assert error_beside(page, name) == f"Write a number from {least} to {most}%, at most four decimals."


@pytest.mark.parametrize(("field", "changes"), [("R2", {"R2": "140"}), ("H2", {"H2": "20"})])
def test_a_broken_assumption_of_the_paper_is_said_beside_its_field(
    field: str, changes: dict[str, str]
) -> None:
    page = english(**(BASE | changes))
    assert page.status_code == 422
    assert f"{field} must be below" in error_beside(page, field)
    assert f"{field} 必须小于" in error_beside(lab(**(BASE | changes)), field)


@pytest.mark.parametrize("start", ["nowhere", "1", "1,2,3", "-1,2", "1,x", "'\"<b>", "1" * 90])
def test_an_arrow_from_nowhere_is_refused(start: str) -> None:
    page = english(**BASE, from_=start)
    assert page.status_code == 422
    assert "The arrow begins at a preset" in text_of(page.content.decode())


def test_an_unknown_motion_is_refused() -> None:
    page = english(**BASE, motion="sideways")
    assert page.status_code == 422
    assert "The fine is fixed or follows dishonesty." in text_of(page.content.decode())


def test_two_wrong_fields_are_both_marked() -> None:
    page = english(**(BASE | {"C": "x", "F": "y"}))
    assert error_beside(page, "C") == error_beside(page, "F") == RANGE
    assert error_beside(page, "L") == ""


def test_an_unknown_name_in_the_address_changes_nothing() -> None:
    assert big_numbers(lab(**BASE, utm_source="x", C_="7")) == big_numbers(lab(**(BASE | {"C": "7"})))


@pytest.mark.parametrize("value", ["２４", " 24 ", "24.0", "0,024"])
def test_numbers_are_read_as_people_type_them(value: str) -> None:
    assert big_numbers(lab(**(BASE | {"C": value}))) == ["4%", "80%"]


def test_a_refused_question_of_a_slider_tells_only_what_is_wrong() -> None:
    part = english("answer", **(BASE | {"C": "x"}))
    assert part.status_code == 422
    assert error_beside(part, "C") == RANGE
    assert "<svg xmlns" not in part.content.decode()
