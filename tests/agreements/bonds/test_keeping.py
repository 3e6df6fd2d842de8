"""What is kept of payouts, worked out: never more than is left, debts before bonds, the oldest debt first."""

from hypothesis import given
from hypothesis import strategies as st

from fieldcast.agreements.bonds.keeping import Account, plan
from fieldcast.agreements.bonds.types import BondKey, Debt, Earned

HOST, CARRIER = BondKey(1, 10), BondKey(1, 11)
fen = st.integers(0, 5_000)


def test_debts_come_first_then_the_part_for_the_bond_up_to_its_sum() -> None:
    accounts = {HOST: Account(room_fen=150, debts=[Debt(1, 20, 300), Debt(2, 21, 200)])}
    earned = [Earned("J-1", "host", HOST, 400), Earned("J-2", "host", HOST, 1_000)]
    found = plan(
        left_fen={"J-1": 400, "J-2": 900}, earned=earned, accounts=accounts, rates={(1, "host"): 2000}
    )
    assert [(one.reference, debt.penalty_id, debt.owed_fen) for one, debt in found.paid] == [
        ("J-1", 1, 300),
        ("J-1", 2, 100),
        ("J-2", 2, 100),
    ]
    assert dict(found.filled) == {("J-2", HOST): 150}
    assert dict(found.fen) == {"J-1": 400, "J-2": 250}


@given(
    payouts=st.lists(st.tuples(st.sampled_from([HOST, CARRIER]), fen, fen), max_size=8),
    debts=st.lists(st.integers(1, 3_000), max_size=4),
    room=st.integers(-2_000, 6_000),
    rate=st.integers(0, 10_000),
)
def test_no_more_is_kept_than_is_left_owed_or_agreed(
    payouts: list[tuple[BondKey, int, int]], debts: list[int], room: int, rate: int
) -> None:
    accounts = {
        HOST: Account(room, [Debt(number, 20, owed) for number, owed in enumerate(debts)]),
        CARRIER: Account(room, []),
    }
    earned = [Earned(f"J-{n}", "host", key, part) for n, (key, part, _left) in enumerate(payouts)]
    left = {f"J-{n}": left for n, (_key, _part, left) in enumerate(payouts)}
    found = plan(left_fen=left, earned=earned, accounts=accounts, rates={(1, "host"): rate})
    for one in earned:
        assert 0 <= found.fen[one.reference] <= min(one.fen, left[one.reference])
    paid = sum(debt.owed_fen for _one, debt in found.paid)
    assert paid <= sum(debts)
    filled = {key: sum(fen for (_ref, of), fen in found.filled.items() if of == key) for key in accounts}
    assert all(0 <= fen <= max(0, room) for fen in filled.values())
    assert paid + sum(filled.values()) == sum(found.fen.values())
    assert not filled[HOST] or paid == sum(debts)
