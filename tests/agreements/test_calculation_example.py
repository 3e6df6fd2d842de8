"""The worked example of the model's docstring, to the fen and to the word; and the cases beside it."""

from dataclasses import replace

import pytest

from fieldcast.agreements.calculation import (
    Parties,
    Share,
    Slice,
    combine,
    explain,
    kind_title,
    role_title,
    shares_of,
    unexplained_fen,
    where_it_goes,
)
from fieldcast.agreements.problems import ProductNotAgreed
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.waterfalls import guarantee_rebate
from tests.agreements.sharing import EXAMPLE_TERMS, PARTIES, earned, make_line


def of(shares: tuple[Share, ...], kind: str) -> Share:
    (found,) = [share for share in shares if share.kind == kind and share.role != "platform"]
    return found


def test_the_farmers_statement_reads_as_the_example_says() -> None:
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS)
    said = [
        (kind_title(share.kind), explain(share, "zh-hans"), share.amount_fen)
        for share in shares
        if share.role == "farmer"
    ]
    assert said == [
        ("保底收购", "70 箱 × ¥19.00 · 第 2 条", 133_000),
        ("二次返利", "（¥22.80 − ¥19.00）× 35% × 70 · 第 4 条", 9_310),
        ("冷链分摊", "¥2,786.00 的 5.0%，上限 8% · 第 6 条", -13_930),
        ("平台服务费", "公益场，免收 · 第 1 条", 0),
    ]
    assert earned(shares, "farmer") == 128_380


def test_everyone_elses_statement_reads_as_the_example_says() -> None:
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS)
    said = [
        (share.role, explain(share, "en"), share.amount_fen) for share in shares if share.role != "farmer"
    ]
    assert said == [
        ("carrier", "70 boxes × ¥8.60 · clause 5", 60_200),
        ("host", "70 boxes × ¥5.90 · clause 3", 41_300),
        ("cooperative", "70 boxes × ¥4.49 · clause 7", 31_430),
        (
            "cooperative",
            "¥1,596.00 left after costs − ¥1,330.00 guaranteed − ¥93.10 rebate · clause 8",
            17_290,
        ),
        ("platform", "Public-benefit session, no charge · clause 1", 0),
    ]


def test_where_each_yuan_went_adds_up_to_the_whole_price() -> None:
    slices = where_it_goes(shares_of(line=make_line(), terms=EXAMPLE_TERMS))
    assert slices == (
        Slice("farmer", 128_380, 4608),
        Slice("carrier", 60_200, 2161),
        Slice("host", 41_300, 1482),
        Slice("cooperative", 48_720, 1749),
        Slice("platform", 0, 0),
    )
    per_box = [one.amount_fen / 70 for one in slices]
    assert per_box == [1834, 860, 590, 696, 0]  # the ¥39.80 of a box
    assert [role_title(one.role) for one in slices] == ["农户", "冷链快递", "主播", "合作社", "平台"]


def test_the_docstring_names_the_numbers_that_are_tested_here() -> None:
    for number in ("¥1,283.80", "¥93.10", "¥139.30", "¥22.80", "¥487.20", "¥462.70", "¥18.34"):
        assert number in str(guarantee_rebate.__doc__)


def test_seventy_orders_of_one_box_read_as_one_line_of_seventy() -> None:
    one_by_one = [
        share
        for number in range(70)
        for share in shares_of(line=make_line(packs=1, number=number), terms=EXAMPLE_TERMS)
    ]
    assert combine(one_by_one) == shares_of(line=make_line(), terms=EXAMPLE_TERMS)


def test_rounding_of_many_lines_is_said_where_it_shows() -> None:
    terms = EXAMPLE_TERMS.changed(public_benefit=False, commission_bp=333)
    many = [share for _ in range(100) for share in shares_of(line=make_line(packs=1), terms=terms)]
    (commission,) = [share for share in combine(many) if share.kind == "commission"]
    assert commission.amount_fen == 100 * 133  # 3.33% of ¥39.80 is ¥1.32534
    assert explain(commission, "en") == "3.33% of ¥3,980.00, rounded order by order +0.47 · clause 1"
    assert explain(commission, "zh-hans") == "¥3,980.00 的 3.33%，逐单四舍五入 +0.47 · 第 1 条"


def test_an_ordinary_session_pays_the_platform_from_sales() -> None:
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS.changed(public_benefit=False))
    assert earned(shares, "platform") == 13_930  # 5% of ¥2,786.00
    assert [share.kind for share in shares if share.role == "farmer"] == ["guarantee", "rebate", "cold_chain"]
    assert of(shares, "rebate").amount_fen == 4_435  # 35% of ¥126.70 is ¥44.345, half a fen up


def test_a_host_may_be_paid_a_part_of_sales_and_so_much_a_box() -> None:
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS.changed(host_bp=800))
    host = [(explain(share, "zh-hans"), share.amount_fen) for share in shares if share.role == "host"]
    assert host == [("¥2,786.00 的 8% · 第 3 条", 22_288), ("70 箱 × ¥5.90 · 第 3 条", 41_300)]


def test_when_the_price_does_not_reach_the_guarantee_the_cooperative_covers_it() -> None:
    shares = shares_of(line=make_line(price_fen=3000), terms=EXAMPLE_TERMS)
    assert of(shares, "guarantee").amount_fen == 133_000
    assert of(shares, "rebate").amount_fen == 0
    # 2,100.00 − 413.00 host − (602.00 − 105.00) delivery − 314.30 sorting = 875.70
    assert of(shares, "guarantee_shortfall").amount_fen == 87_570 - 133_000
    assert explain(of(shares, "rebate"), "zh-hans") == "扣掉费用剩 ¥875.70，没有超过保底 ¥1,330.00 · 第 4 条"
    assert (
        explain(of(shares, "guarantee_shortfall"), "zh-hans")
        == "扣掉费用剩 ¥875.70，不够保底 ¥1,330.00，差的由合作社补上 · 第 8 条"
    )
    slices = where_it_goes(shares)
    assert [one.role for one in slices if one.amount_fen < 0] == ["cooperative"]
    assert sum(one.basis_points for one in slices) == 10_000


def test_a_line_refunded_after_it_was_sent_still_pays_for_what_was_done() -> None:
    line = make_line(packs=1, refunded_fen=3980)
    shares = shares_of(line=line, terms=EXAMPLE_TERMS.changed(public_benefit=False, host_bp=800))
    assert {share.kind: share.amount_fen for share in shares if share.role == "farmer"} == {
        "guarantee": 1900,
        "rebate": 0,
        "cold_chain": 0,
    }
    assert (earned(shares, "carrier"), earned(shares, "host"), earned(shares, "platform")) == (860, 0, 0)
    assert earned(shares, "cooperative") == -1900 - 860
    assert unexplained_fen(shares) == 0


def test_a_part_refund_takes_its_part_of_the_hosts_pay() -> None:
    shares = shares_of(line=make_line(refunded_fen=69_650), terms=EXAMPLE_TERMS)  # a quarter
    assert of(shares, "host_pay").amount_fen == 30_975
    assert (
        explain(of(shares, "host_pay"), "en")
        == "¥5.90 for each ¥39.80 of the ¥2,089.50 that stayed paid · clause 3"
    )


@pytest.mark.parametrize(
    ("changes", "amount_fen", "sentence"),
    [
        ({"logistics_fen_per_pack": 100}, -7_000, "¥2,786.00 的 5.0%，但不超过快递费 ¥70.00 · 第 6 条"),
        ({"guarantee_fen": {"peach": 1}}, -350, "¥2,786.00 的 5.0%，但不超过保底款 ¥3.50 · 第 6 条"),
    ],
)
def test_the_farmer_never_bears_more_than_the_delivery_or_the_guarantee(
    changes: dict[str, object], amount_fen: int, sentence: str
) -> None:
    terms = Terms.from_json({**EXAMPLE_TERMS.to_json(), **changes})
    share = of(shares_of(line=make_line(), terms=terms), "cold_chain")
    assert (share.amount_fen, explain(share, "zh-hans")) == (amount_fen, sentence)


def test_a_rebate_that_does_not_come_out_a_box_is_reckoned_on_the_sums() -> None:
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS.changed(host_bp=123))
    assert explain(of(shares, "rebate"), "en") == "(¥1,561.73 − ¥1,330.00) × 35% · clause 4"


def test_a_clause_that_gives_nothing_has_no_line() -> None:
    bare = Terms(guarantee_fen={"peach": 380}, rebate_bp=0)
    shares = shares_of(line=make_line(), terms=bare)
    assert [(share.role, share.kind) for share in shares] == [
        ("farmer", "guarantee"),
        ("cooperative", "cooperative_rest"),
    ]


def test_a_product_without_a_guaranteed_price_is_not_sold_under_the_agreement() -> None:
    with pytest.raises(ProductNotAgreed) as refused:
        shares_of(line=replace(make_line(), product_code="tea"), terms=EXAMPLE_TERMS)
    assert "tea" in refused.value.message


@pytest.mark.parametrize(
    "wrong",
    [{"packs": 0}, {"price_fen": 0}, {"units_per_pack": 0}, {"refunded_fen": -1}, {"refunded_fen": 278_601}],
)
def test_a_line_that_cannot_exist_is_a_mistake(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="line 1"):
        replace(make_line(), **wrong)  # type: ignore[arg-type]  # the values under test are all numbers


def test_one_party_may_have_two_roles() -> None:
    alone = Parties(**{**PARTIES.by_role, "host": "org:2"})  # a cooperative that broadcasts itself
    shares = shares_of(line=replace(make_line(), parties=alone), terms=EXAMPLE_TERMS)
    assert sum(share.amount_fen for share in shares if share.party == "org:2") == 41_300 + 48_720
