"""Terms of agreements."""

from fieldcast.agreements.terms import Terms


def make_terms(*, product_code: str = "peach", **changes: int | bool) -> Terms:
    """A guarantee of ¥3.80 a jin, 35% rebate, 3% commission, 8% host pay, ¥8.60 delivery, a window of a minute."""
    values: dict[str, int | bool] = {
        "rebate_bp": 3500,
        "commission_bp": 300,
        "host_bp": 800,
        "logistics_fen_per_pack": 860,
        "cold_chain_bp": 500,
        "after_sale_seconds": 60,
        **changes,
    }
    return Terms.from_json({"guarantee_fen": {product_code: 380}, **values})
