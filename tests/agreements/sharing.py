"""What the tests of the calculation work on: the worked example, and any terms and lines that can exist."""

from hypothesis import strategies as st

from fieldcast.agreements.calculation import LineFacts, Parties, Share
from fieldcast.agreements.terms import Terms

PARTIES = Parties(farmer="org:1", cooperative="org:2", host="org:3", carrier="org:4")
EXAMPLE_TERMS = Terms(
    guarantee_fen={"peach": 380},
    rebate_bp=3500,
    commission_bp=500,
    public_benefit=True,
    host_fixed_fen_per_pack=590,
    logistics_fen_per_pack=860,
    handling_fen_per_pack=449,
    cold_chain_bp=500,
)


def make_line(*, packs: int = 70, price_fen: int = 3980, refunded_fen: int = 0, number: int = 1) -> LineFacts:
    """Packs of 5 jin of peaches."""
    return LineFacts(
        order_line_id=number,
        product_code="peach",
        packs=packs,
        units_per_pack=5,
        price_fen=price_fen,
        refunded_fen=refunded_fen,
        parties=PARTIES,
    )


def earned(shares: tuple[Share, ...], role: str) -> int:
    """What a role gets in all, in fen."""
    return sum(share.amount_fen for share in shares if share.role == role)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Any terms that are valid."""
    commission_bp = draw(st.integers(0, 10_000))
    cap_bp = draw(st.integers(500, 800))
    fee = st.one_of(st.just(0), st.integers(0, 3000))
    return Terms(
        guarantee_fen={"peach": draw(st.integers(1, 3000))},
        rebate_bp=draw(st.integers(0, 10_000)),
        commission_bp=commission_bp,
        host_bp=draw(st.integers(0, 10_000 - commission_bp)),
        host_fixed_fen_per_pack=draw(fee),
        logistics_fen_per_pack=draw(fee),
        handling_fen_per_pack=draw(fee),
        cold_chain_bp=draw(st.integers(0, cap_bp)),
        cold_chain_cap_bp=cap_bp,
        public_benefit=draw(st.booleans()),
    )


@st.composite
def lines(draw: st.DrawFn, *, refunds: bool = True) -> LineFacts:
    """Any finished line of peaches."""
    packs, price_fen = draw(st.integers(1, 500)), draw(st.integers(1, 100_000))
    return LineFacts(
        order_line_id=draw(st.integers(1, 10**9)),
        product_code="peach",
        packs=packs,
        units_per_pack=draw(st.integers(1, 60)),
        price_fen=price_fen,
        refunded_fen=draw(st.integers(0, packs * price_fen)) if refunds else 0,
        parties=PARTIES,
    )
