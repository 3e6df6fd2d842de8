"""What holds for every line and all terms, not only for the example."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldcast.agreements.calculation import (
    LineFacts,
    Share,
    UnknownFormula,
    combine,
    explain,
    recompute,
    shares_of,
    unexplained_fen,
    where_it_goes,
)
from fieldcast.agreements.terms import Terms
from tests.agreements.sharing import EXAMPLE_TERMS, earned, lines, make_line, terms

EVERY = settings(deadline=None, max_examples=300)
NEGATIVE_KINDS = {"cold_chain", "guarantee_shortfall"}


def for_the_goods(shares: tuple[Share, ...]) -> int:
    return sum(share.amount_fen for share in shares if share.kind in {"guarantee", "rebate"})


@EVERY
@given(line=lines(), agreed=terms())
def test_not_a_fen_appears_or_vanishes(line: LineFacts, agreed: Terms) -> None:
    shares = shares_of(line=line, terms=agreed)
    assert sum(share.amount_fen for share in shares) == line.paid_fen - line.refunded_fen


@EVERY
@given(line=lines(), agreed=terms())
def test_only_the_cold_chain_share_and_a_covered_guarantee_take_money(line: LineFacts, agreed: Terms) -> None:
    shares = shares_of(line=line, terms=agreed)
    assert {share.kind for share in shares if share.amount_fen < 0} <= NEGATIVE_KINDS
    assert all(earned(shares, role) >= 0 for role in ("farmer", "carrier", "host", "platform"))


@EVERY
@given(line=lines(), agreed=terms())
def test_every_share_can_be_worked_out_again_from_formula_and_inputs(line: LineFacts, agreed: Terms) -> None:
    shares = shares_of(line=line, terms=agreed)
    assert [recompute(share) for share in shares] == [share.amount_fen for share in shares]
    assert unexplained_fen(shares) == 0


@EVERY
@given(line=lines(), agreed=terms(), pick=st.integers(0, 20), off=st.integers(-500, 500))
def test_an_amount_that_was_changed_is_unexplained_by_just_as_much(
    line: LineFacts, agreed: Terms, pick: int, off: int
) -> None:
    shares = list(shares_of(line=line, terms=agreed))
    pick %= len(shares)
    shares[pick] = replace(shares[pick], amount_fen=shares[pick].amount_fen + off)
    assert unexplained_fen(shares) == abs(off)


def _numbers(share: Share) -> list[str]:
    return [
        name for name, value in share.inputs.items() if isinstance(value, int) and name != "cold_chain_cap_bp"
    ]


def test_an_input_that_was_changed_leaves_the_amount_unexplained() -> None:
    for share in shares_of(line=make_line(), terms=EXAMPLE_TERMS.changed(public_benefit=False, host_bp=300)):
        for name in _numbers(share):
            if share.kind == "cold_chain" and name in {"delivery_fen", "guarantee_fen"}:
                continue  # limits that did not bind
            if name == "packs" and share.formula in {"rebate", "cooperative_rest"}:
                continue  # said in the sentence; the amount comes from the sums
            changed = replace(share, inputs={**share.inputs, name: int(share.inputs[name]) + 1000})
            assert unexplained_fen([changed]) > 0, (share.formula, name)


@pytest.mark.parametrize(
    "broken",
    [
        {"formula": "because"},
        {"inputs": {}},
        {"inputs": {"product": "peach", "packs": "70", "units_per_pack": 5, "guarantee_unit_fen": 380}},
        {"inputs": {"product": "peach", "packs": 70.0, "units_per_pack": 5, "guarantee_unit_fen": 380}},
        {"inputs": {"product": "peach", "packs": True, "units_per_pack": 5, "guarantee_unit_fen": 380}},
    ],
)
def test_what_no_formula_explains_is_unexplained_whole(broken: dict[str, object]) -> None:
    share = shares_of(line=make_line(), terms=EXAMPLE_TERMS)[0]
    changed = replace(share, **broken)  # type: ignore[arg-type]  # broken on purpose
    with pytest.raises(UnknownFormula):
        recompute(changed)
    assert unexplained_fen([changed]) == 133_000


@EVERY
@given(line=lines(refunds=False), agreed=terms(), more=st.integers(1, 5000))
def test_a_higher_price_never_lowers_what_the_farmer_gets_for_the_goods(
    line: LineFacts, agreed: Terms, more: int
) -> None:
    before = for_the_goods(shares_of(line=line, terms=agreed))
    after = for_the_goods(shares_of(line=replace(line, price_fen=line.price_fen + more), terms=agreed))
    assert after >= before - 1  # one fen, where commission and host pay round up together


@EVERY
@given(line=lines(), agreed=terms(), more=st.integers(1, 5000))
def test_with_a_refund_too(line: LineFacts, agreed: Terms, more: int) -> None:
    before = for_the_goods(shares_of(line=line, terms=agreed))
    after = for_the_goods(shares_of(line=replace(line, price_fen=line.price_fen + more), terms=agreed))
    assert after >= before - 2


@EVERY
@given(line=lines(refunds=False), agreed=terms(), more=st.integers(1, 5000))
def test_where_the_rebate_outweighs_the_cold_chain_a_higher_price_never_lowers_what_is_paid_out(
    line: LineFacts, agreed: Terms, more: int
) -> None:
    commission_bp = 0 if agreed["public_benefit"] else agreed["commission_bp"]
    left_bp = 10_000 - commission_bp - agreed["host_bp"]
    most_bp = (
        agreed["rebate_bp"] * left_bp // 10_000
    )  # more cold chain than this the rebate does not outweigh
    agreed = agreed.changed(cold_chain_bp=min(agreed["cold_chain_bp"], most_bp))
    least = 2 * agreed["guarantee_fen"]["peach"] * line.units_per_pack  # few such lines are short
    line = replace(line, price_fen=max(line.price_fen, least))
    before = shares_of(line=line, terms=agreed)
    assume(not any(share.kind == "guarantee_shortfall" for share in before))
    after = shares_of(line=replace(line, price_fen=line.price_fen + more), terms=agreed)
    assert earned(after, "farmer") >= earned(before, "farmer") - 2


@EVERY
@given(line=lines(), agreed=terms())
def test_the_farmer_gets_the_guarantee_less_at_most_the_cap_of_sales(line: LineFacts, agreed: Terms) -> None:
    shares = shares_of(line=line, terms=agreed)
    guarantee_fen = agreed["guarantee_fen"]["peach"] * line.units_per_pack * line.packs
    cap_fen = (line.net_fen * agreed["cold_chain_cap_bp"] + 5_000) // 10_000
    assert earned(shares, "farmer") >= guarantee_fen - cap_fen


@EVERY
@given(line=lines(), agreed=terms())
def test_a_public_benefit_session_pays_no_commission_and_says_so(line: LineFacts, agreed: Terms) -> None:
    shares = shares_of(line=line, terms=agreed.changed(public_benefit=True))
    commissions = [share for share in shares if share.kind == "commission"]
    assert {share.role for share in commissions} == {"farmer", "platform"}
    assert all(share.amount_fen == 0 for share in commissions)


@EVERY
@given(bought=st.lists(lines(), min_size=1, max_size=5), agreed=terms())
def test_where_each_yuan_goes_is_all_of_it(bought: list[LineFacts], agreed: Terms) -> None:
    shares = [share for line in bought for share in shares_of(line=line, terms=agreed)]
    slices = where_it_goes(shares)
    assert sum(one.basis_points for one in slices) == 10_000
    assert sum(one.amount_fen for one in slices) == sum(line.net_fen for line in bought)
    assert all(one.basis_points == 0 for one in slices if one.amount_fen <= 0)


def test_of_nothing_there_is_no_picture() -> None:
    assert where_it_goes([]) == ()


@EVERY
@given(bought=st.lists(lines(), min_size=1, max_size=5), agreed=terms())
def test_adding_lines_up_changes_no_partys_sum(bought: list[LineFacts], agreed: Terms) -> None:
    shares = [share for line in bought for share in shares_of(line=line, terms=agreed)]
    together = combine(shares)
    for kind in {share.kind for share in shares}:
        assert sum(s.amount_fen for s in together if s.kind == kind) == sum(
            s.amount_fen for s in shares if s.kind == kind
        )
    assert unexplained_fen(together) <= len(shares)  # rounded line by line: half a fen for each, at most
    assert len(together) <= len(shares)


@EVERY
@given(
    bought=st.lists(lines(), min_size=1, max_size=3),
    agreed=terms(),
    language=st.sampled_from(["zh-hans", "en"]),
)
def test_every_share_is_explained_in_words(bought: list[LineFacts], agreed: Terms, language: str) -> None:
    for share in combine(share for line in bought for share in shares_of(line=line, terms=agreed)):
        words = explain(share, language)
        assert words.endswith(f"第 {share.clause} 条" if language == "zh-hans" else f"clause {share.clause}")
        assert "%(" not in words


def test_an_explanation_follows_the_reader_unless_told() -> None:
    share = shares_of(line=make_line(packs=1), terms=EXAMPLE_TERMS)[0]
    with translation.override("en"):
        assert explain(share) == "1 box × ¥19.00 · clause 2"
        assert explain(share, "zh-hans") == "1 箱 × ¥19.00 · 第 2 条"
    with translation.override("zh-hans"):
        assert explain(share) == "1 箱 × ¥19.00 · 第 2 条"
