"""The page for a household with a pocket calculator: its keys give what it says, and so does the calculation."""

import json
import re
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest

from fieldcast.agreements.calculation import LineFacts, Parties, combine, explain, shares_of
from fieldcast.agreements.calculation.rounding import of_lines
from fieldcast.agreements.composed.rounding import part_of, split
from fieldcast.agreements.terms import Terms
from fieldcast.settlement.dues.keeping import keep
from fieldcast.settlement.dues.types import HOUSEHOLD_MOST_BP, Cause, DueView
from tests.docs import pages

FEN = Decimal("0.01")
ROW = re.compile(r"^\| (\d+) \| .+ \| `([^`]+)` \| ([\d,]+\.\d\d) \|$", re.MULTILINE)
KEY = re.compile(r"[\d,.]+%?|[()×÷+−]")
PARTIES = Parties(farmer="me", cooperative="coop", host="host", carrier="carrier", platform="platform")


def typed(keys: str) -> Decimal:
    """What a pocket calculator shows. Nothing but figures and its keys is taken."""
    found = KEY.findall(keys)
    assert "".join(found) == keys.replace(" ", "")
    signs = {"×": "*", "÷": "/", "−": "-"}
    said = [
        f"Decimal('{key.replace(',', '')}')" if key[0].isdigit() else signs.get(key, key) for key in found
    ]
    said = [re.sub(r"%'\)$", "')/100", one) for one in said]
    return Decimal(
        eval("".join(said), {"Decimal": Decimal, "__builtins__": {}})
    )  # nothing but keys: checked above


def fen(said: str) -> int:
    return int(Decimal(said.replace(",", "")) * 100)


@pytest.mark.parametrize("name", ["check-your-money.md", "check-your-money.zh-CN.md"])
def test_the_calculator_the_page_and_the_platform_say_the_same(name: str) -> None:
    text = (pages.DOCS / "how-to" / name).read_text(encoding="utf-8")
    tables = [rows for part in text.split("\n## ") if (rows := ROW.findall(part))]
    for step, keys, gives in (row for rows in tables for row in rows):
        down = rows_are_kept(keys)
        shown = typed(keys).quantize(FEN, rounding=ROUND_FLOOR if down else ROUND_HALF_UP)
        assert shown == Decimal(gives.replace(",", "")), (step, keys)
    sale, rounded, month, owed = ([fen(gives) for _step, _keys, gives in rows] for rows in tables)

    example = json.loads(re.search(r"```json\n(.*?)\n```", text, flags=re.DOTALL)[1])  # type: ignore[index]
    terms = Terms.from_json(example["terms"])
    mine = [one for one in shares_of(line=line_of(**example["line"]), terms=terms) if one.party == "me"]
    shares = {one.kind: one.amount_fen for one in mine if one.amount_fen}
    assert shares == {"guarantee": sale[1], "rebate": sale[9], "cold_chain": -sale[3]}
    assert sum(shares.values()) == sale[10]

    one = shares_of(line=line_of(packs=1, units_per_pack=5, price_fen=3990), terms=terms)
    [borne] = [share for share in one if share.kind == "cold_chain" and share.party == "me"]
    [together] = combine([borne] * 3)
    assert (-together.amount_fen, of_lines(together)) == (rounded[1], rounded[2] - rounded[1])

    said = explain(together, "zh-hans" if "zh" in name else "en")
    [rounding] = re.findall(r"\w[\w ]+−0\.01", said)
    assert f"*{rounding}*" in text, "as the page says it"

    delivered = part_of(15_900, 6000)
    assert [delivered, split(delivered, {"me": 480, "others": 720})["me"]] == month
    due = DueView(1, "me", "fund", 90_000, 90_000, Cause.REFUND, "", HOUSEHOLD_MOST_BP, 1, datetime.now(UTC))
    assert keep(43_028, [due]).amount_fen == owed[0]


def rows_are_kept(keys: str) -> bool:
    """What is kept of a payout is cut, not rounded."""
    return keys.endswith("30%")


def line_of(*, packs: int, units_per_pack: int, price_fen: int) -> LineFacts:
    return LineFacts(
        order_line_id=1,
        product_code="peach",
        grade="一级",
        packs=packs,
        units_per_pack=units_per_pack,
        price_fen=price_fen,
        refunded_fen=0,
        parties=PARTIES,
    )
