"""Files that take long are begun first, and those that wait are run together, beside the others."""

from tests.order import HERE, LONGEST_FIRST, WAITING, belongs_to


def test_every_file_of_the_order_is_there_and_named_once() -> None:
    assert [name for name in LONGEST_FIRST if not (HERE / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)


def test_what_waits_looks_at_no_demo_county() -> None:
    """A platform with the county in it would be started for the one process that has none."""
    assert [name for name in WAITING if 'server: "Platform"' in (HERE / name).read_text("utf-8")] == []


def test_what_waits_is_run_together_and_every_other_file_by_itself() -> None:
    assert len({belongs_to(f"tests/{name}::test_it") for name in WAITING}) == 1
    others = {belongs_to(f"tests/{name}::test_it[1]") for name in LONGEST_FIRST if name not in WAITING}
    assert others == {f"tests/{name}" for name in LONGEST_FIRST if name not in WAITING}
