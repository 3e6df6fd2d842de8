"""What each stage has of what the consumer pays: a gap stays a gap, and the farmer's part is that of `what-if`."""

from hypothesis import given
from hypothesis import strategies as st

from fieldcast.agreements.chain.types import ChainStageView
from fieldcast.agreements.chain.working import worked
from fieldcast.agreements.composed.what_if import chain_share_bp


def stage(name: str, fen: int | None = None, added_bp: int | None = None) -> ChainStageView:
    return ChainStageView(name=name, fen=fen, added_bp=added_bp)


CHAIN = (stage("农户", 200), stage("收购商", 50), stage("批发", added_bp=2000), stage("零售", added_bp=5000))


def test_five_hundred_grams_of_peaches_from_the_field_to_the_shop() -> None:
    # 2.00; +0.50 = 2.50; +20% = 3.00; +50% = 4.50
    found = worked(CHAIN, consumer_fen=None)
    assert [(one.fen, one.price_fen) for one in found] == [(200, 200), (50, 250), (50, 300), (150, 450)]
    assert [one.part_bp for one in found] == [4444, 1111, 1111, 3333]


def test_behind_a_gap_no_price_is_known_but_sums_in_yuan_are() -> None:
    broken = (CHAIN[0], stage("收购商"), CHAIN[2], stage("零售", 100))
    found = worked(broken, consumer_fen=450)
    assert [one.fen for one in found] == [200, None, None, 100]
    assert [one.part_bp for one in found] == [4444, None, None, 2222]
    assert [one.price_fen for one in found] == [200, None, None, None]
    assert all(one.part_bp is None for one in worked(broken, consumer_fen=None))


stages = st.builds(
    stage,
    st.just("某"),
    st.none() | st.integers(0, 10**6),
) | st.builds(stage, st.just("某"), st.none(), st.integers(0, 10_000))


@given(st.integers(1, 10**6), st.lists(stages, max_size=6), st.none() | st.integers(1, 10**7))
def test_the_first_stage_has_what_what_if_says(
    first: int, more: list[ChainStageView], paid: int | None
) -> None:
    chain = (stage("农户", first), *more)
    gap = any(not one.known for one in more)
    expected = chain_share_bp([one.stage for one in chain], consumer_fen=paid)
    found = worked(chain, consumer_fen=paid)
    if not gap:
        assert found[0].part_bp == expected
        assert sum(one.fen or 0 for one in found) == found[-1].price_fen
    else:
        assert expected is None
