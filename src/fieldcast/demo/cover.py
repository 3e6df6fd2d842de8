"""What stands behind the demo county's cooperatives: their deposits, and a fund of the county for guaranteed prices."""

from datetime import datetime, timedelta

from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.demo.county import County
from fieldcast.trade import operations as trade_operations

DEPOSITS_FEN = (2_000_000, 1_500_000, 1_000_000)  # one for each cooperative
FUND = ("县农产品直播保底基金", "County guarantee fund for live sales of produce")
PAID_IN = (  # when after the county began, how much, from whom
    (timedelta(days=20), 8_000_000, "县财政首期"),
    (timedelta(days=215), 4_000_000, "县供销社追加"),
)
LIMITS_FEN = (4_000_000, 3_000_000, 2_500_000)


def stand_behind(county: County) -> None:
    """Write down deposits, found the fund, pay into it and let it stand behind every cooperative."""
    officer, began = county.officers[0], county.founded
    for number, (cooperative, amount_fen) in enumerate(
        zip(county.cooperatives, DEPOSITS_FEN, strict=True), start=1
    ):
        cover_operations.receive_deposit(
            by=officer,
            cooperative_id=cooperative.id,
            amount_fen=amount_fen,
            slip=_slip(began + timedelta(days=3 + number), number),
            note="首期保证金",
            now=began + timedelta(days=3 + number),
        )
    name, name_en = FUND
    fund = cover_operations.found_fund(
        by=officer, county_id=county.id, name=name, name_en=name_en, now=began + timedelta(days=18)
    )
    for number, (after, amount_fen, note) in enumerate(PAID_IN, start=len(DEPOSITS_FEN) + 1):
        at = began + after
        cover_operations.receive_for_fund(
            by=officer, fund_id=fund.id, amount_fen=amount_fen, slip=_slip(at, number), note=note, now=at
        )
    for cooperative, limit_fen in zip(county.cooperatives, LIMITS_FEN, strict=True):
        trade_operations.set_backing(
            by=officer,
            fund_id=fund.id,
            cooperative_id=cooperative.id,
            limit_fen=limit_fen,
            now=began + timedelta(days=216),
        )


def _slip(at: datetime, number: int) -> str:
    """A bank slip's number as banks write them: the day and a running number."""
    return f"{at:%Y%m%d}-{310_400 + number * 37:06d}"
