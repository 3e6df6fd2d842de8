"""Who gets the fen that rounding leaves: the cooperative; and where else it shows."""

from fieldcast.agreements.calculation import combine, explain, recompute, rounding, shares_of
from fieldcast.agreements.terms import Terms
from tests.agreements.sharing import earned, make_line

# a third of ¥10.01 is 333.6333 fen: platform and host are each rounded up
THIRDS = Terms(guarantee_fen={"peach": 1}, rebate_bp=0, commission_bp=3333, host_bp=3333)
PRICE_FEN = 1001


def test_every_amount_is_rounded_by_itself_and_the_cooperative_takes_what_that_leaves() -> None:
    shares = shares_of(line=make_line(packs=1, price_fen=PRICE_FEN), terms=THIRDS)
    assert (earned(shares, "platform"), earned(shares, "host"), earned(shares, "farmer")) == (334, 334, 5)
    assert (
        earned(shares, "cooperative") == PRICE_FEN - 334 - 334 - 5
    )  # of 328.7334 fen, less the two rounded up


def test_a_sum_of_lines_says_by_how_much_their_rounding_shows() -> None:
    lines = [make_line(packs=1, price_fen=PRICE_FEN, number=number) for number in range(3)]
    summed = combine(share for line in lines for share in shares_of(line=line, terms=THIRDS))
    (one,) = (share for share in summed if share.role == "platform")
    assert (one.amount_fen, recompute(one)) == (3 * 334, 1001)
    assert rounding.of_lines(one) == 1
    assert "+0.01" in explain(one, "en")


def test_a_larger_order_may_need_a_fen_more_than_its_packs_one_by_one() -> None:
    def left_of_packs(packs: int) -> int:
        """Each pack leaves a third of a fen too little, which is a whole fen from the third on."""
        return -(packs // 3)

    assert rounding.of_larger_orders(left_of_packs=left_of_packs, most_packs=1, rounded=3) == 0
    assert rounding.of_larger_orders(left_of_packs=left_of_packs, most_packs=3, rounded=3) == 1
    assert rounding.of_larger_orders(left_of_packs=lambda packs: 2 * packs, most_packs=50, rounded=3) == 0
